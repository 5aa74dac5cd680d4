"""Who holds meetings: fellowships, their service bodies and groups, and the words they use (types)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Fellowship(models.Model):
    """AA, NA, Al-Anon ...: whose meetings these are."""

    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=128)
    short_name = models.CharField(_("short name"), max_length=32)
    for_families = models.BooleanField(_("for families and friends"), default=False)

    class Meta:
        verbose_name = _("fellowship")
        verbose_name_plural = _("fellowships")
        ordering = ("short_name",)

    def __str__(self) -> str:
        return self.short_name


class ServiceBody(models.Model):
    """An area, region or intergroup: a node of its fellowship's tree."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    fellowship = models.ForeignKey(
        Fellowship, models.PROTECT, related_name="bodies", verbose_name=_("fellowship")
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    name = models.CharField(_("name"), max_length=255)
    kind = models.CharField(_("kind"), max_length=16, blank=True)
    description = models.TextField(_("description"), blank=True)
    website = models.CharField(_("website"), max_length=512, blank=True)
    phone = models.CharField(_("helpline"), max_length=255, blank=True)
    world_id = models.CharField(_("world service number"), max_length=32, blank=True)
    source = models.ForeignKey(
        "meetings.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bodies",
        verbose_name=_("source"),
    )
    source_key = models.CharField(_("key at the source"), max_length=128, blank=True)

    class Meta:
        verbose_name = _("service body")
        verbose_name_plural = _("service bodies")
        ordering = ("name",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "source_key"],
                name="one_body_a_source_key",
                condition=models.Q(source__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Group(models.Model):
    """A group: the people who hold one or several meetings."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    fellowship = models.ForeignKey(
        Fellowship, models.PROTECT, related_name="groups", verbose_name=_("fellowship")
    )
    body = models.ForeignKey(
        ServiceBody,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="groups",
        verbose_name=_("service body"),
    )
    name = models.CharField(_("name"), max_length=255)
    notes = models.TextField(_("notes"), blank=True)
    website = models.CharField(_("website"), max_length=512, blank=True)
    email = models.CharField(_("e-mail of the group"), max_length=255, blank=True)
    phone = models.CharField(_("phone of the group"), max_length=64, blank=True)
    source = models.ForeignKey(
        "meetings.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="groups",
        verbose_name=_("source"),
    )
    source_key = models.CharField(_("key at the source"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ("name",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "source_key"],
                name="one_group_a_source_key",
                condition=models.Q(source__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("group", args=[self.slug])


class Type(models.Model):
    """One of a fellowship's types. A code means something only together with its fellowship.

    `bit` is its place in the meeting row's mask for its `group` (see `Meeting.type_bits` and its
    neighbours), given once and never again to another type of that fellowship and group.
    """

    class Kind(models.TextChoices):
        """The five groups of types; the order is the order of display."""

        TYPE = "type", _("Who may come")
        FORMAT = "format", _("What happens")
        FEATURE = "feature", _("What helps")
        COMMUNITY = "community", _("Who it is for")
        LANGUAGE = "language", _("Language")

    fellowship = models.ForeignKey(
        Fellowship, models.PROTECT, related_name="types", verbose_name=_("fellowship")
    )
    code = models.CharField(_("code"), max_length=32)
    group = models.CharField(_("group"), max_length=16, choices=Kind.choices)
    bit = models.PositiveSmallIntegerField(_("place in the mask"))
    language = models.CharField(_("ISO 639 language"), max_length=8, blank=True)
    names = models.JSONField(_("names by language"), default=dict)
    descriptions = models.JSONField(_("explanations by language"), default=dict, blank=True)

    class Meta:
        verbose_name = _("type")
        verbose_name_plural = _("types")
        ordering = ("fellowship", "group", "bit")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fellowship", "code"], name="one_type_a_code"),
            models.UniqueConstraint(fields=["fellowship", "group", "bit"], name="one_type_a_bit"),
            models.CheckConstraint(name="bit_fits_a_mask", condition=models.Q(bit__lte=62)),
        ]

    def __str__(self) -> str:
        return f"{self.fellowship_id}:{self.code}"
