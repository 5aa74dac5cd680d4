"""Text to places: the one door. Offline from the embedded gazetteer; with any geopy service by one setting.

A geocoder's failure never reaches a caller: the gazetteer answers instead, and where there is no gazetteer
either, nothing is known. What people type is never logged; what a service answered is kept for 90 days.
"""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from meetings import geocoder_service
from meetings.gazetteer import pins, suggesting, typed, understand
from meetings.gazetteer.geocoder import Gazetteer
from meetings.gazetteer.place import NOWHERE, GeoPlace, Located
from meetings.gazetteer.sources import zone_at
from meetings.gazetteer.store import NoGazetteer, store
from meetings.geocoder_service import Found, Service, Unanswered
from meetings.models import GeocodeAnswer
from rules.folding import fold

__all__ = ["Gazetteer", "GeoPlace", "Located", "forget", "locate", "nearest_town", "pin", "suggest"]

log = logging.getLogger(__name__)
# After this an answer is asked for anew; `forget` deletes it then.
KEPT = timedelta(days=90)
# GeocodeAnswer.text holds this much; longer texts are asked but not kept.
LONGEST = 200


def locate(text: str, *, now: datetime, near_country: str | None = None) -> Located:
    """The place that a typed text means, and others it may mean. `near_country` (ISO) breaks ties."""
    if (spot := typed.point(text)) or not fold(text):
        return Located(_labelled(*spot)) if spot else NOWHERE
    return _from_service(text, now) or _from_gazetteer(text, near_country)


def suggest(prefix: str, limit: int = 8, near_country: str | None = None) -> list[GeoPlace]:
    """What a name being typed may become, likeliest first; near misses when it is nobody's beginning."""
    try:
        book = store(settings.GAZETTEER_PATH)
    except NoGazetteer:
        return []
    found = suggesting.suggest(book, prefix, limit, near_country)
    if not found and len(prefix.strip()) > 3:
        near = understand.understand(book, prefix, near_country)
        found = [place for place in (near.place, *near.others) if place and place.kind != "point"]
    return found[: max(0, limit)]


def pin(
    street: str, city: str, region: str, postal_code: str, country: str, *, formatted: str = ""
) -> GeoPlace | None:
    """Where a listing without coordinates lies about: its post code, else its town. Never exact.

    `formatted`, the address as one line, is read when the parts tell nothing.
    """
    try:
        book = store(settings.GAZETTEER_PATH)
    except NoGazetteer:
        return None
    return pins.pin(book, city, region, postal_code, country) or pins.of_line(book, formatted)


def nearest_town(latitude: float, longitude: float) -> GeoPlace | None:
    """The town to call a point by; None in the middle of an ocean."""
    try:
        return understand.nearest_town(store(settings.GAZETTEER_PATH), latitude, longitude)
    except NoGazetteer:
        return None


def forget(*, now: datetime) -> int:
    """Delete what services answered more than 90 days ago; how many."""
    return GeocodeAnswer.objects.filter(asked_at__lt=now - KEPT).delete()[0]


def _from_gazetteer(text: str, near_country: str | None) -> Located:
    try:
        return understand.understand(store(settings.GAZETTEER_PATH), text, near_country)
    except NoGazetteer as error:
        log.error("%s", error)
        return NOWHERE


def _labelled(latitude: float, longitude: float) -> GeoPlace:
    try:
        return understand.at(store(settings.GAZETTEER_PATH), latitude, longitude)
    except NoGazetteer:
        label = f"{latitude:.4f}, {longitude:.4f}"
        return GeoPlace(label, latitude, longitude, timezone=zone_at(latitude, longitude))


# The service of the operator's choice


def _from_service(text: str, now: datetime) -> Located | None:
    """None when there is no service, when it fails, and when it knows nothing."""
    try:
        service = geocoder_service.configured()
        answers = _answers(service, text, now) if service else []
    except ImproperlyConfigured as error:
        log.error("%s", error)
        return None
    except Unanswered:
        return None
    places = [_place(found) for found in answers]
    return Located(places[0], tuple(places[1:])) if places else None


def _answers(service: Service, text: str, now: datetime) -> list[Found]:
    """From the last 90 days' answers, else asked."""
    kept = GeocodeAnswer.objects.filter(service=settings.GEOCODER, text=fold(text), asked_at__gte=now - KEPT)
    if (answer := kept.values_list("answer", flat=True).first()) is not None:
        return [Found(*one) for one in answer]
    answers = service.ask(text, now)
    if len(fold(text)) <= LONGEST:
        _keep(text, answers, now)
    return answers


def _keep(text: str, answers: list[Found], now: datetime) -> None:
    """For the next asker. A database that is busy or read-only must not cost this one the answer."""
    try:
        GeocodeAnswer.objects.update_or_create(
            service=settings.GEOCODER,
            text=fold(text),
            defaults={"answer": [list(one) for one in answers], "asked_at": now},
        )
    except DatabaseError as error:
        log.warning("A geocoder's answer could not be kept (%s).", type(error).__name__)


def _place(found: Found) -> GeoPlace:
    """Country, region and zone come from where the coordinates lie."""
    around = _labelled(found.latitude, found.longitude)
    return replace(around, label=found.label, kind="address")
