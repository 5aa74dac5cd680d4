"""The one parser of the find parameters, for the page and the API: an address's query in, a `Query` out."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meetings import geocode
from meetings.geocode import GeoPlace
from rules import asking as form
from rules.search import Order, Point, Query

# Countries whose road signs count in miles.
MILES_COUNTRIES = frozenset({"US", "GB", "LR", "MM", "PR", "VI", "GU", "AS", "MP"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked. `query` is None when something is to mend, or the place is unknown.

    `errors` is {parameter: what would be right}. `zone_from` says whose zone `zone` is: the one "asked"
    for, that of the "place", or the "site"'s. `others` are places that go by the same name.
    """

    query: Query | None
    place: GeoPlace | None = None
    others: list[GeoPlace] = field(default_factory=list)
    near_text: str = ""
    unknown_place: bool = False
    errors: dict[str, str] = field(default_factory=dict)
    zone: str = "UTC"
    zone_from: str = "site"
    miles: bool = False
    offset: int = 0


Reader = Callable[[str], Any]
_SLUG = _("Small letters, digits and hyphens, as in the address of its page.")
_TYPE = _("The code of a type, as O, or with its fellowship, as aa:O.")
_CLOCK = _("A time from 00:00 to 23:59, as 18:30.")

ONE: Mapping[str, tuple[Reader, str | Promise]] = {
    "near": (
        form.near,
        _(
            "A place in words, at most 200 letters, or latitude,longitude as 40.7,-74. "
            "Latitude is within 90, longitude within 180."
        ),
    ),
    "radius_km": (form.radius_km, _("A number above 0, at most 1000.")),
    "radius_mi": (form.radius_mi, _("A number above 0, at most 621.371.")),
    "when": (form.when, _("One of now, today, tonight, tomorrow.")),
    "from": (form.clock, _CLOCK),
    "to": (form.clock, _CLOCK),
    "body": (form.slug, _SLUG),
    "group": (form.slug, _SLUG),
    "facets": (form.flag, _("1 with the counts, 0 without.")),
    "q": (form.words, _("Plain words, at most 200 letters.")),
    "order": (form.order, _("One of distance, soonest.")),
    "tz": (form.zone, _("A time zone as America/New_York.")),
    "limit": (form.limit, _("A whole number from 1 to 500.")),
    "cursor": (form.offset, _("The cursor of an earlier answer's next page, as it was.")),
}
MANY: Mapping[str, tuple[Reader, str | Promise]] = {
    "day": (form.day, _("A day from 0 (Sunday) to 6 (Saturday).")),
    "attendance": (form.attendance, _("One of in_person, online, hybrid.")),
    "fellowship": (form.slug, _SLUG),
    "type": (form.type_code, _TYPE),
    "type_any": (form.type_code, _TYPE),
    "language": (form.language, _("The ISO 639 code of a language, as en or es.")),
}

ALL = {**ONE, **MANY}


def ask(params: QueryDict, *, now: datetime, default_zone: str, language: str = "en") -> Asked:
    """Understand `params`. A region in `language` ("en-US") helps to choose among towns of one name."""
    values, errors = read(params)
    near = values.pop("near", None)
    near_text = params.get("near", "").strip()
    if errors:
        return Asked(None, errors=errors, near_text=near_text, zone=default_zone)
    region = language.partition("-")[2].upper()
    place, others = _locate(near, now, region)
    zone, zone_from = _zone(values.pop("tz", None), place, default_zone)
    miles = _in_miles(values, place, region)
    unknown = bool(near) and place is None
    return Asked(
        query=None if unknown else _query(values, place, zone),
        place=place,
        others=others,
        near_text=near_text,
        unknown_place=unknown,
        zone=zone,
        zone_from=zone_from,
        miles=miles,
        offset=values.get("cursor", 0),
    )


def read(params: QueryDict, only: Container[str] = frozenset(ALL)) -> tuple[dict[str, Any], dict[str, str]]:
    """({parameter: value}, {parameter: what would be right}). An empty value counts as absent."""
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for name in params:
        if name not in only or name not in ALL:
            continue
        reader, right = ALL[name]
        given = params.getlist(name)
        try:
            value = _several(reader, given) if name in MANY else _last(reader, given)
        except ValueError:
            errors[name] = str(right)
        else:
            if value is not None:
                values[name] = value
    return values, errors


def _last(reader: Reader, given: list[str]) -> Any:
    filled = [value for value in given if value]
    return reader(filled[-1]) if filled else None


def _several(reader: Reader, given: list[str]) -> frozenset[Any] | None:
    if len(given) > form.MOST_VALUES:
        raise ValueError("too many")
    return frozenset(reader(value) for value in given if value) or None


def _locate(near: Point | str | None, now: datetime, region: str) -> tuple[GeoPlace | None, list[GeoPlace]]:
    if not near:
        return None, []
    text = f"{near.latitude},{near.longitude}" if isinstance(near, Point) else near
    located = geocode.locate(text, now=now, near_country=region or None)
    return located.place and _rounded(located.place), list(located.others)


def _rounded(place: GeoPlace) -> GeoPlace:
    """Points may be typed in more ways than one ("40.7128° N, 74.006° W"); all are rounded alike."""
    if place.kind != "point":
        return place
    point = form.rounded(place.latitude, place.longitude)
    return replace(place, latitude=point.latitude, longitude=point.longitude)


def _zone(asked: str | None, place: GeoPlace | None, default: str) -> tuple[str, str]:
    if asked:
        return asked, "asked"
    if place and place.timezone:
        return place.timezone, "place"
    return default, "site"


def _in_miles(values: dict[str, Any], place: GeoPlace | None, region: str) -> bool:
    if "radius_mi" in values or "radius_km" in values:
        return "radius_km" not in values
    return (place.country if place else region) in MILES_COUNTRIES


def _radius(values: dict[str, Any]) -> float | None:
    """Each radius is a cut, so of two the smaller one holds."""
    return min((values[name] for name in ("radius_km", "radius_mi") if name in values), default=None)


def _query(values: dict[str, Any], place: GeoPlace | None, zone: str) -> Query:
    return Query(
        near=Point(place.latitude, place.longitude) if place else None,
        radius_km=_radius(values) if place else None,
        when=values.get("when"),
        days=values.get("day", frozenset()),
        starts_from=values.get("from"),
        starts_to=values.get("to"),
        attendance=values.get("attendance", frozenset()),
        fellowships=values.get("fellowship", frozenset()),
        types=values.get("type", frozenset()),
        types_any=values.get("type_any", frozenset()),
        languages=values.get("language", frozenset()),
        body=values.get("body", ""),
        group=values.get("group", ""),
        text=values.get("q", ""),
        order=_order(values.get("order"), place),
        timezone=zone,
        limit=values.get("limit", 50),
        offset=values.get("cursor", 0),
        facets=values.get("facets", True),
    )


def _order(asked: Order | None, place: GeoPlace | None) -> Order:
    """Without a place there is nothing to measure from: then soonest, whatever was asked."""
    if not place:
        return Order.SOONEST
    return asked or Order.DISTANCE
