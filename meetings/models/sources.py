"""Where listings come from: sources, what each last said of a meeting, and the log of imports."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .groups import Fellowship
from .meetings import Meeting


class Source(models.Model):
    """A feed, file or server that tells us of meetings. `name` is how an operator calls it."""

    class Kind(models.TextChoices):
        MEETING_GUIDE = "meeting_guide", _("Meeting Guide JSON")
        BMLT = "bmlt", _("BMLT server or its files")
        SAMPLE = "sample", _("invented sample")

    name = models.CharField(_("name"), max_length=255, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    location = models.CharField(_("file or address"), max_length=1024, blank=True)
    fellowship = models.ForeignKey(
        Fellowship, models.PROTECT, related_name="sources", verbose_name=_("fellowship")
    )
    extra = models.JSONField(_("what it tells beside its meetings"), default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.name


class Origin(models.Model):
    """What a source last said of one meeting: the base against which hand edits and new news are told apart.

    `said` is the listing as JSON (`rules.changes.as_json`), `fingerprint` its digest, `extra` what has no
    place of ours, verbatim. `held` names the facts that a person has set since: the source's news about
    them is reported, never taken silently.
    """

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="origin", verbose_name=_("meeting"))
    source = models.ForeignKey(Source, models.PROTECT, related_name="origins", verbose_name=_("source"))
    key = models.CharField(_("id at the source"), max_length=255)
    fingerprint = models.CharField(max_length=32)
    said = models.JSONField()
    extra = models.JSONField(default=dict)
    held = models.JSONField(default=list)

    class Meta:
        verbose_name = _("origin")
        verbose_name_plural = _("origins")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "key"], name="one_origin_a_source_key")
        ]

    def __str__(self) -> str:
        return self.key


class ImportRun(models.Model):
    """One run of an import: what it found, what it did, what it had to say."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="runs", verbose_name=_("source"))
    at = models.DateTimeField(_("at"))
    outcome = models.CharField(_("outcome"), max_length=16)  # applied | refused | failed
    rows = models.PositiveIntegerField(_("rows read"), default=0)
    created = models.PositiveIntegerField(_("created"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    removed = models.PositiveIntegerField(_("removed"), default=0)
    message = models.TextField(_("message"), blank=True)
    remarks = models.JSONField(_("remarks"), default=list)

    class Meta:
        verbose_name = _("import run")
        verbose_name_plural = _("import runs")
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.at} {self.outcome}"
