"""Checks of the public half, run by `manage.py check`: the geocoder can be used, the gazetteer is there."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.core.exceptions import ImproperlyConfigured

from meetings import geocoder_service
from meetings.gazetteer.store import NoGazetteer, store


@register()
def geocoder_is_usable(**_: Any) -> list[CheckMessage]:
    """A geocoder that cannot be made is an error; without the gazetteer only coordinates are understood."""
    found: list[CheckMessage] = []
    try:
        geocoder_service.configured()
    except ImproperlyConfigured as error:
        found.append(
            Error(
                str(error),
                hint="Set GEOCODER=gazetteer for the embedded one, which needs no network and no options.",
                id="homegroup.E010",
            )
        )
    try:
        store(settings.GAZETTEER_PATH)
    except NoGazetteer as error:
        found.append(
            Warning(
                str(error),
                hint="Until then no place that people type is found.",
                id="homegroup.W010",
            )
        )
    return found
