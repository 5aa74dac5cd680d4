"""Writes meetings as GeoJSON (RFC 7946), for maps: longitude first, no coordinate system to name.

A meeting that nobody can walk to, and one whose pin is unknown, has the geometry null.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from meetings.exporting import Published
from meetings.feeds.site import Site
from rules.listing import Attendance, PlaceFacts, Slot
from rules.recurrence import rrule

Feature = dict[str, Any]


def pieces(meetings: Iterable[Published], site: Site) -> Iterator[bytes]:
    """The collection, a feature at a time. `notice` is a member of ours that other readers skip."""
    notice = b'"notice":' + orjson.dumps(site.notice) + b"," if site.notice else b""
    yield b'{"type":"FeatureCollection",' + notice + b'"features":['
    between = b"\n"
    for one in meetings:
        yield between + orjson.dumps(feature(one, site))
        between = b",\n"
    yield b"\n]}\n"


def feature(one: Published, site: Site) -> Feature:
    """One meeting; its slug is its id."""
    listing, place = one.listing, one.listing.place
    told: Feature = {
        "name": listing.name,
        "fellowship": listing.fellowship,
        "attendance": listing.attendance.value,
        **_when(listing.slot),
        "timezone": listing.timezone,
        "types": [{"code": term.code, "name": term.name("en"), "group": term.group} for term in one.types],
        "languages": sorted({term.language for term in one.types if term.language}),
        "group": listing.group.name if listing.group else None,
        "body": one.body.name if one.body else None,
        "place": _place(place) if place else None,
        "notes": listing.notes,
        "updated_at": one.updated_at.isoformat(),
        "url": site.url(one.address),
    }
    if site.notice and one.invented:
        told["notice"] = site.notice
    is_online = listing.attendance == Attendance.ONLINE
    point = None if is_online or place is None else _point(place)
    return {"type": "Feature", "id": one.slug, "geometry": point, "properties": told}


def _when(slot: Slot | None) -> Feature:
    if slot is None:
        return {"day": None, "time": None, "duration_minutes": None, "recurrence": None}
    return {
        "day": slot.weekday,
        "time": f"{slot.start:%H:%M}",
        "duration_minutes": slot.minutes,
        "recurrence": rrule(slot),
    }


def _point(place: PlaceFacts) -> Feature | None:
    if place.latitude is None or place.longitude is None:
        return None
    return {"type": "Point", "coordinates": [place.longitude, place.latitude]}


def _place(place: PlaceFacts) -> Feature:
    return {
        "name": place.name,
        "address": place.street or place.formatted,
        "city": place.city,
        "region": place.region,
        "postal_code": place.postal_code,
        "country": place.country,
        "approximate": place.approximate,
    }
