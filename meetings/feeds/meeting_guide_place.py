"""Where a meeting is, as readers of Meeting Guide feeds understand it: one line, and does it lead to a door.

The feed's "approximate" speaks of the address; ours speaks of the pin. So a street whose pin is a guess goes
out as exact, without coordinates.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from rules.addresses import Parts, country_code, cut_cross_street, one_line, read_line
from rules.listing import Attendance, Listing, PlaceFacts

ONLINE = "Online"
"""What stands for an address where there is none."""

ROOM_SHUT = "TC"


@dataclass(frozen=True, slots=True)
class Where:
    """`line` is never empty. `parts` are what the line alone would not tell our own reader."""

    line: str = ONLINE
    is_area: bool = True
    parts: dict[str, str] = field(default_factory=dict)
    pin: tuple[float, float] | None = None
    name: str = ""
    regions: tuple[str, ...] = ()
    notes: str = ""


def is_room_shut(listing: Listing) -> bool:
    """Whether it is online only while its room is closed."""
    street = listing.place.street if listing.place else ""
    return listing.attendance == Attendance.ONLINE and bool(street) and ROOM_SHUT in listing.types


def where(listing: Listing) -> Where:
    """The place of a listing; of an online one the town it comes from, and no street."""
    place = listing.place
    if place is None:
        return Where()
    is_online = listing.attendance == Attendance.ONLINE and not is_room_shut(listing)
    found = _area(place) if is_online else _door(place)
    regions = (place.region, place.city, place.neighborhood)
    return replace(found, regions=tuple(dict.fromkeys(filter(None, regions))))


def _door(place: PlaceFacts) -> Where:
    street, crossing = cut_cross_street(place.street)
    pin = _pin(place)
    told = Parts(street, place.city, place.region, place.postal_code, country_code(place.country))
    if not street and pin and not place.formatted:
        told = replace(told, street=place.name)  # a park
    line = place.formatted or one_line(told) or (f"{pin[0]}, {pin[1]}" if pin else place.name) or ONLINE
    leads_there = bool(street or pin or (not place.approximate and read_line(line).street))
    notes, crossing = place.notes, f"@ {crossing}" if crossing else ""
    if crossing not in notes.split("\n"):
        notes = "\n".join(filter(None, (crossing, notes)))
    return Where(line, not leads_there, _untold(line, told), pin, place.name, notes=notes)


def _area(place: PlaceFacts) -> Where:
    """Town, state, country: it must imply one time zone, so never a country alone."""
    told = Parts(place.neighborhood, place.city, place.region, place.postal_code, country_code(place.country))
    line = "" if place.street else place.formatted
    if not line and any((told.street, told.city, told.region)):
        line = one_line(replace(told, postal_code=""))
    line = line or ONLINE
    return Where(
        line,
        is_area=True,
        parts=_untold(line, told),
        name="" if place.street else place.name,
        notes=place.notes,
    )


def _pin(place: PlaceFacts) -> tuple[float, float] | None:
    """The coordinates where they are known, not guessed. Readers take a 0 for "unknown"."""
    if place.approximate or not place.latitude or not place.longitude:
        return None
    return place.latitude, place.longitude


def _untold(line: str, told: Parts) -> dict[str, str]:
    """The parts that do not follow from the line. Every reader but ours believes the line alone."""
    parts = {
        "address": told.street,
        "city": told.city,
        "state": told.region,
        "postal_code": told.postal_code,
        "country": told.country,
    }
    parts = {key: value for key, value in parts.items() if value}
    read = read_line(line)
    if read == told:
        return {}
    if one_line(told) == line:
        return parts
    gaps = {"city": not read.city, "state": not read.region, "postal_code": not read.postal_code}
    gaps["country"] = line == ONLINE
    return {key: value for key, value in parts.items() if gaps.get(key)}
