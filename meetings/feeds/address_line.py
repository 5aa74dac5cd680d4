"""The place of a Meeting Guide row: one line, or parts, or both, and whether it leads to a door."""

from __future__ import annotations

import re
from dataclasses import replace

from django.utils.translation import gettext as _

from meetings.feeds.reading import LONGEST, Row, plain
from meetings.feeds.where import NOWHERE, coordinates
from rules.addresses import Parts, country_code, country_of_region, cut_cross_street, one_line, take_apart
from rules.folding import fold
from rules.listing import PlaceFacts

_YES_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def read_place(row: Row) -> tuple[PlaceFacts | None, bool]:
    """Where a row's meeting is (None: nowhere), and whether one can find the door.

    The address on one line wins over the parts. "approximate" says that the address is an area; without
    it, an address with a street is taken to lead somewhere.
    """
    line, parts = _address(row)
    is_area = _yes_no(row.raw.get("approximate"))
    pin, pin_is_area = _pin(row)
    cross_street = ""
    if not is_area:
        street, cross_street = cut_cross_street(parts.street)
        parts = replace(parts, street=street)
    if cross_street:
        row.guess("cross_street", _("“@ %(street)s” was moved to the notes.") % {"street": cross_street})
    place = PlaceFacts(
        name=row.line("location", "location_name"),
        street="" if is_area else _fit(parts.street, "address"),
        city=_fit(parts.city, "city"),
        neighborhood=_neighborhood(row, parts, parts.street if is_area else ""),
        region=_fit(parts.region, "region"),
        postal_code=_fit(_postal_code(row, parts), "postal_code"),
        country=_fit(parts.country, "country"),
        formatted=line,
        latitude=pin[0] if pin else None,
        longitude=pin[1] if pin else None,
        approximate=bool(is_area or pin_is_area),
        notes=_notes(row, cross_street),
    )
    if replace(place, notes="", approximate=False) == PlaceFacts():
        return None, False
    return place, not place.approximate and _leads_to_a_door(place, said=is_area is False)


def _leads_to_a_door(place: PlaceFacts, *, said: bool) -> bool:
    """A street does, a named place with a pin does, and what the feed `said` to be no area."""
    named = place.latitude is not None and bool(place.name) and fold(place.name) not in NOWHERE
    return bool(place.street) or named or (said and bool(place.formatted or place.latitude))


def _address(row: Row) -> tuple[str, Parts]:
    """The address on one line, as far as the feed gives one, and in parts."""
    line = row.line("formatted_address", "full_address", longest=512)
    street = row.line("address", longest=512)
    parts = Parts(
        street,
        row.line("city"),
        row.line("state"),
        row.line("postal_code", "zip"),
        country_code(row.line("country")),
    )
    if not line and "," in street and not parts.city:
        line = street  # the whole address stands in "address"
    if line and line != street and one_line(parts) == line:
        return line, parts  # said twice alike: then the parts are known, not guessed
    if line:
        read = take_apart(line)
        parts = Parts(
            read.street,
            read.city or parts.city,
            read.region or parts.region,
            read.postal_code or parts.postal_code,
            read.country or parts.country,
        )
    if fold(parts.street) in NOWHERE:
        parts = replace(parts, street="")
        line = "" if fold(line) in NOWHERE else line
    return line, parts if parts.country else replace(parts, country=country_of_region(parts.region))


def _notes(row: Row, cross_street: str) -> str:
    """What helps to find the door; the cross street first, unless a feed of ours said it already."""
    notes, crossing = row.notes("location_notes"), f"@ {cross_street}" if cross_street else ""
    return notes if crossing in notes.split("\n") else "\n".join(filter(None, (crossing, notes)))


def _fit(text: str, field: str) -> str:
    return text[: LONGEST[field]]


def _postal_code(row: Row, parts: Parts) -> str:
    """A ZIP that lost its zeros on the way through a spreadsheet gets them back."""
    code = parts.postal_code
    if re.fullmatch(r"[0-9]{3,4}", code) and parts.country == "US":
        row.guess(
            "short_zip", _("%(code)s was taken as ZIP %(full)s.") % {"code": code, "full": code.zfill(5)}
        )
        return code.zfill(5)
    return code


def _neighborhood(row: Row, parts: Parts, area: str) -> str:
    """The most specific region, where it says more than town and state do."""
    regions = row.raw.get("regions")
    named = [plain(one) for one in regions] if isinstance(regions, list) else plain(regions).split(">")
    candidates = (area, *reversed(named), row.line("sub_region"), row.line("region"))
    said = {"", fold(parts.city), fold(parts.region)}
    for name in candidates:
        if fold(name):
            return "" if fold(name) in said else _fit(" ".join(name.split()), "city")
    return ""


def _yes_no(value: object) -> bool | None:
    return value if isinstance(value, bool) else _YES_NO.get(plain(value).lower())


def _pin(row: Row) -> tuple[tuple[float, float] | None, bool]:
    """The coordinates, and whether they are but the middle of an area ("south,west,north,east")."""
    latitude, longitude = row.value("latitude"), row.value("longitude")
    numbers = plain(row.raw.get("coordinates")).split(",")
    if latitude is not None or longitude is not None or len(numbers) not in {2, 4}:
        return coordinates(row, latitude, longitude), False
    return coordinates(row, _middle(numbers[0::2]), _middle(numbers[1::2])), len(numbers) == 4


def _middle(numbers: list[str]) -> float | str:
    try:
        return sum(map(float, numbers)) / len(numbers)
    except ValueError:
        return ",".join(numbers)
