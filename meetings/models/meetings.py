"""The meeting: one slot, one place, one set of types. The row also carries what a search reads."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rules import listing

from .groups import Fellowship, Group, ServiceBody
from .places import Place

# What filters and facets read of a row.
SEARCHED = (
    "fellowship",
    "attendance",
    "weekday",
    "start",
    "type_bits",
    "format_bits",
    "feature_bits",
    "community_bits",
    "language_bits",
    "body",
    "quiet_from",
    "quiet_until",
    "listed",  # known from the condition, but SQLite would look it up in the row
    "id",
)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """The words in which the rest of the product asks for meetings."""

    def listed(self, now: datetime) -> MeetingQuerySet:
        """Those that are found: not removed, not closed, not in a pause at `now`."""
        return self.filter(listed=True).filter(
            Q(quiet_from__isnull=True) | Q(quiet_from__gt=now) | Q(quiet_until__lte=now)
        )

    def kept(self) -> MeetingQuerySet:
        """All but the removed ones."""
        return self.filter(removed_at__isnull=True)

    def stale(self, now: datetime) -> MeetingQuerySet:
        """Those whose next date has passed since it was worked out."""
        return self.filter(listed=True, next_end__lte=now)

    def with_context(self) -> MeetingQuerySet:
        """With all that a page or a feed shows beside the meeting itself."""
        return self.select_related("fellowship", "group", "body", "place")


class Meeting(models.Model):
    """One meeting of one slot. A slug, once given, is its for ever; a removed meeting keeps its row."""

    class Attendance(models.TextChoices):
        IN_PERSON = listing.Attendance.IN_PERSON.value, _("In person")
        ONLINE = listing.Attendance.ONLINE.value, _("Online")
        HYBRID = listing.Attendance.HYBRID.value, _("In person or online")

    class Status(models.TextChoices):
        ACTIVE = listing.Status.ACTIVE.value, _("Active")
        PAUSED = listing.Status.PAUSED.value, _("Paused")
        CLOSED = listing.Status.CLOSED.value, _("Closed")

    # What it is
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=255)
    fellowship = models.ForeignKey(
        Fellowship, models.PROTECT, related_name="meetings", verbose_name=_("fellowship")
    )
    group = models.ForeignKey(
        Group, models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("group")
    )
    body = models.ForeignKey(
        ServiceBody,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("service body"),
    )
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("place")
    )
    attendance = models.CharField(_("attendance"), max_length=16, choices=Attendance.choices)
    notes = models.TextField(_("notes"), blank=True)
    online_url = models.CharField(_("link"), max_length=1024, blank=True)
    online_url_notes = models.TextField(_("passcode and the like"), blank=True)
    online_phone = models.CharField(_("dial-in"), max_length=255, blank=True)
    online_phone_notes = models.TextField(_("dial-in notes"), blank=True)

    # When: the slot. All empty = by appointment
    timezone = models.CharField(_("time zone"), max_length=64)
    weekday = models.PositiveSmallIntegerField(_("day"), null=True, blank=True, help_text=_("0 is Sunday."))
    start = models.PositiveSmallIntegerField(_("start, in minutes since midnight"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("duration in minutes"), default=60)
    every = models.PositiveSmallIntegerField(_("every so many weeks"), default=1)
    anchor = models.DateField(_("counted from the week of"), null=True, blank=True)
    nth = models.CharField(_("weeks of the month"), max_length=16, blank=True, help_text=_("As 1,3 or -1."))

    # Whether
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.ACTIVE)
    paused_from = models.DateField(_("paused from"), null=True, blank=True)
    paused_until = models.DateField(_("back on"), null=True, blank=True)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("last confirmed"), null=True, blank=True)
    updated_at = models.DateTimeField(_("last changed"))

    # What a search reads. Derived by `editing` and `timekeeping` from the facts above, never typed in
    listed = models.BooleanField(default=True, editable=False)
    quiet_from = models.DateTimeField(null=True, editable=False)
    quiet_until = models.DateTimeField(null=True, editable=False)
    next_start = models.DateTimeField(null=True, editable=False)
    next_end = models.DateTimeField(null=True, editable=False)
    latitude = models.FloatField(null=True, editable=False)
    longitude = models.FloatField(null=True, editable=False)
    band = models.SmallIntegerField(null=True, editable=False)
    type_bits = models.BigIntegerField(default=0, editable=False)
    format_bits = models.BigIntegerField(default=0, editable=False)
    feature_bits = models.BigIntegerField(default=0, editable=False)
    community_bits = models.BigIntegerField(default=0, editable=False)
    language_bits = models.BigIntegerField(default=0, editable=False)
    search_text = models.TextField(default="", editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        # Both hold all that a search filters and counts by, so that it reads nothing else. The first
        # answers "where", strip by strip; the second "when", for questions without a place.
        indexes: ClassVar = [
            models.Index(
                fields=["band", "longitude", "latitude", "next_start", "next_end", *SEARCHED],
                name="meeting_where",
                condition=Q(listed=True),
            ),
            models.Index(
                fields=["next_start", "next_end", *SEARCHED],
                name="meeting_when",
                condition=Q(listed=True),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="slot_whole_or_none",
                condition=Q(weekday__isnull=True, start__isnull=True)
                | Q(weekday__range=(0, 6), start__range=(0, 1439)),
            ),
            models.CheckConstraint(name="duration_a_week_at_most", condition=Q(minutes__range=(1, 10080))),
            models.CheckConstraint(name="every_week_or_rarer", condition=Q(every__range=(1, 52))),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.slug])


class DatedChange(models.Model):
    """An exception on one date of the meeting's own calendar: closed, moved or extra."""

    class Kind(models.TextChoices):
        CLOSED = listing.Deviation.CLOSED.value, _("No meeting")
        MOVED = listing.Deviation.MOVED.value, _("Moved")
        EXTRA = listing.Deviation.EXTRA.value, _("Extra date")

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="dated_changes", verbose_name=_("meeting")
    )
    on = models.DateField(_("date"))
    kind = models.CharField(_("what happens"), max_length=8, choices=Kind.choices)
    to_date = models.DateField(_("new date"), null=True, blank=True)
    to_start = models.PositiveSmallIntegerField(_("new start, minutes since midnight"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("duration in minutes"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("dated change")
        verbose_name_plural = _("dated changes")
        ordering = ("on",)
        # The dates that a change adds: few, so those in a span of days are found at once.
        indexes: ClassVar = [
            models.Index(Coalesce("to_date", "on"), "kind", "meeting", name="change_by_new_date")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "on", "kind"], name="one_change_a_date_and_kind")
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"
