"""The history: every write leaves a revision, and bumps the stamp that caches and ETags live by."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import connection, models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from .sources import Source


class Revision(models.Model):
    """What became of one row, by whom and why. `after` holds the changed facts (all, when created)."""

    class Deed(models.TextChoices):
        CREATED = "created", _("added")
        CHANGED = "changed", _("changed")
        REMOVED = "removed", _("removed")
        RESTORED = "restored", _("restored")
        CONFIRMED = "confirmed", _("confirmed")

    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    source = models.ForeignKey(
        Source, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("source")
    )
    deed = models.CharField(_("deed"), max_length=16, choices=Deed.choices)
    subject = models.CharField(_("what"), max_length=16)  # meeting | group | body | place | type
    subject_id = models.BigIntegerField(_("its id"))
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    reason = models.CharField(_("why"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ("-at", "-pk")
        indexes: ClassVar = [models.Index(fields=["subject", "subject_id", "at"], name="revision_of")]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id} {self.deed}"


class ListingsVersion(models.Model):
    """One row whose stamp grows with every write to the listings, in the same transaction."""

    stamp = models.BigIntegerField(default=1)

    class Meta:
        verbose_name = _("version of the listings")
        verbose_name_plural = _("version of the listings")

    def __str__(self) -> str:
        return str(self.stamp)

    @classmethod
    def bump(cls) -> None:
        """Say that the listings have changed."""
        if not cls.objects.filter(pk=1).update(stamp=F("stamp") + 1):
            cls.objects.create(pk=1, stamp=2)

    @classmethod
    def current(cls) -> int:
        """The stamp now: equal stamps mean equal listings.

        Every public answer asks for it, also those from memory: so in SQL, a tenth of what the ORM takes.
        """
        with connection.cursor() as cursor:
            cursor.execute("SELECT stamp FROM meetings_listingsversion WHERE id = 1")
            row = cursor.fetchone()
        return int(row[0]) if row else 1
