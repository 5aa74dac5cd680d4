"""Where people meet, and what a geocoder once answered."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Place(models.Model):
    """A room, a park, a town an online meeting is based in. Shared by all meetings that meet there."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    key = models.CharField(_("key"), max_length=64, unique=True, help_text=_("Equal for equal facts."))
    name = models.CharField(_("name"), max_length=255, blank=True)
    street = models.CharField(_("street"), max_length=255, blank=True)
    city = models.CharField(_("town"), max_length=128, blank=True)
    neighborhood = models.CharField(_("neighbourhood"), max_length=128, blank=True)
    region = models.CharField(_("state or province"), max_length=128, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=32, blank=True)
    country = models.CharField(_("country"), max_length=64, blank=True)
    formatted = models.CharField(_("address as one line"), max_length=512, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    approximate = models.BooleanField(_("the pin is a guess"), default=False)
    notes = models.TextField(_("notes"), blank=True)

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="place_pin_whole_and_on_earth",
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.formatted or self.city

    def get_absolute_url(self) -> str:
        return reverse("place", args=[self.slug])


class GeocodeAnswer(models.Model):
    """What a geocoder answered to a text once; asked again only when it is old."""

    service = models.CharField(max_length=32)
    text = models.CharField(max_length=200, help_text=_("Folded."))
    answer = models.JSONField()
    asked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("geocoder's answer")
        verbose_name_plural = _("geocoder's answers")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "text"], name="one_answer_a_text")
        ]

    def __str__(self) -> str:
        return f"{self.service}: {self.text}"
