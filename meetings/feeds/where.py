"""Where a row's meeting is, and by which clock: coordinates, a guessed pin where there are none, the zone."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any, Protocol

import tzfpy
from django.utils.translation import gettext as _

from meetings.feeds.reading import Row, excerpt
from rules.listing import PlaceFacts
from rules.zone_words import guess_zone, is_plain_zone, same_clock
from rules.zones import is_zone


class Pinned(Protocol):
    """What the gazetteer knows of a place."""

    latitude: float
    longitude: float
    timezone: str
    country: str


Pin = Callable[..., Any]
"""pin(street=, city=, region=, postal_code=, country=) -> Pinned or None."""

# The word that stands for an address where there is none.
NOWHERE = frozenset(
    {"online", "virtual", "zoom", "en linea", "en ligne", "online meeting", "virtual meeting"}
)


def coordinates(row: Row, latitude: object, longitude: object) -> tuple[float, float] | None:
    """A pair of degrees that can be true. 0 in either stands for "unknown"; beyond the globe is a problem."""
    try:
        pair = (float(str(latitude or 0)), float(str(longitude or 0)))
    except ValueError:
        pair = (math.nan, math.nan)
    if not all(map(math.isfinite, pair)) or abs(pair[0]) > 90 or abs(pair[1]) > 180:
        row.problem(
            "bad_coordinates",
            _("%(latitude)s, %(longitude)s is no place on earth.")
            % {"latitude": excerpt(latitude), "longitude": excerpt(longitude)},
        )
        return None
    return pair if pair[0] and pair[1] else None


def settle(
    row: Row, place: PlaceFacts | None, written_zone: str, *, pin: Pin | None, site_zone: str, is_there: bool
) -> tuple[PlaceFacts | None, str]:
    """The place with a pin, if one can be found, and the meeting's zone.

    The zone is the one written; else that of the coordinates; else that of the guessed pin; else what the
    written word may mean; else the site's. A zone that follows from exact coordinates is no guess.
    `is_there`: people meet at this place, so that a zone from elsewhere is worth a remark.
    """
    exact = _zone_at(place)
    place, pinned_zone = _with_pin(row, place, pin)
    if is_plain_zone(written_zone):
        if is_there and exact and not same_clock(written_zone, exact):
            _tell_elsewhere(row, written_zone, exact)
        return place, written_zone
    if exact and not written_zone:
        return place, exact
    zone = exact or pinned_zone or guess_zone(written_zone) or site_zone
    _tell_zone(row, written_zone, zone, from_place=bool(exact or pinned_zone))
    return place, zone


def _zone_at(place: PlaceFacts | None) -> str:
    """The zone of a place whose pin is no guess; "" on the high seas."""
    if place is None or place.latitude is None or place.longitude is None:
        return ""
    return _zone(place.longitude, place.latitude)


@lru_cache(maxsize=4096)
def _zone(longitude: float, latitude: float) -> str:
    name = tzfpy.get_tz(longitude, latitude)
    return name if is_zone(name) and not name.startswith("Etc/") else ""


def _with_pin(row: Row, place: PlaceFacts | None, pin: Pin | None) -> tuple[PlaceFacts | None, str]:
    if place is None or place.latitude is not None or pin is None or not _is_somewhere(place):
        return place, ""
    found: Pinned | None = pin(
        street=place.street,
        city=place.city,
        region=place.region,
        postal_code=place.postal_code,
        country=place.country,
    )
    address = excerpt(place.formatted or ", ".join(filter(None, (place.street, place.city, place.region))))
    if found is None:
        row.problem("no_pin", _("“%(address)s” was not found on the map.") % {"address": address})
        return place, ""
    row.guess("pin_guessed", _("The pin was guessed from “%(address)s”.") % {"address": address})
    place = replace(
        place,
        latitude=found.latitude,
        longitude=found.longitude,
        approximate=True,
        country=place.country or found.country,
    )
    return place, found.timezone if is_zone(found.timezone) else ""


def _is_somewhere(place: PlaceFacts) -> bool:
    return any((place.street, place.city, place.region, place.postal_code))


def _tell_zone(row: Row, written: str, zone: str, *, from_place: bool) -> None:
    if written:
        text = _("“%(written)s” is no time zone we know for sure. Taken as %(zone)s.")
        row.guess("zone_guessed", text % {"written": excerpt(written), "zone": zone})
    elif from_place:
        row.guess(
            "zone_from_pin", _("No time zone is given. The guessed pin lies in %(zone)s.") % {"zone": zone}
        )
    else:
        text = _("No time zone is given, and no place to tell it. Taken as the site’s, %(zone)s.")
        row.guess("zone_of_site", text % {"zone": zone})


def _tell_elsewhere(row: Row, written: str, exact: str) -> None:
    """Often a list's default that nobody changed."""
    text = _("The time zone is %(written)s, but the place lies in %(exact)s. The written one counts.")
    row.problem("zone_elsewhere", text % {"written": written, "exact": exact})
