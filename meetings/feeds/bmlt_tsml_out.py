"""A BMLT meeting as 12-step plugins of the AA world read it (TSML, near to Meeting Guide)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import slugify

VIRTUAL, HYBRID = "2", "3"
ONLINE_TYPE = "ONL"


def tsml(told: Mapping[str, str], codes: Iterable[str]) -> dict[str, Any]:
    """One meeting. `codes` are its types as Meeting Guide readers know them for its fellowship."""
    city = told["location_municipality"] or told["location_city_subsection"]
    address = told["location_street"]
    state, postal_code = told["location_province"], told["location_postal_code_1"]
    country = told["location_nation"]
    online = told["venue_type"] in {VIRTUAL, HYBRID}
    types = [*dict.fromkeys(codes), *([ONLINE_TYPE] if online else ())]
    line = (address, city, f"{state} {postal_code}".strip(), country)
    areas = (state, told["location_sub_province"], city, told["location_neighborhood"])
    return {
        "id": told["id_bigint"],
        "slug": f"{slugify(told['meeting_name'])}-{told['id_bigint']}".lstrip("-"),
        "name": told["meeting_name"],
        "day": int(told["weekday_tinyint"]) - 1 if told["weekday_tinyint"] else None,
        "time": told["start_time"][:5],
        "end_time": _end(told["start_time"], told["duration_time"]),
        "location": told["location_text"],
        "formatted_address": ", ".join(filter(None, line)),
        "address": address,
        "city": city,
        "state": state,
        "postal_code": postal_code,
        "country": country,
        "region": city or told["location_sub_province"],
        "regions": list(filter(None, areas)),
        "types": types,
        "location_notes": told["location_info"],
        "notes": told["comments"],
        "coordinates": _coordinates(told),
        "updated": None,
        "conference_url": told["virtual_meeting_link"],
        "conference_url_notes": told["virtual_meeting_additional_info"],
        "conference_phone": told["phone_meeting_number"],
        "conference_phone_notes": "",
    }


def _end(start: str, duration: str) -> str:
    """HH:MM of the end, on the next day if need be; "" where there is no start."""
    if not start:
        return ""
    minutes = (_minutes(start) + _minutes(duration)) % (24 * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")[:2]
    return int(hours) * 60 + int(minutes)


def _coordinates(told: Mapping[str, str]) -> str | None:
    if told["venue_type"] == VIRTUAL or told["latitude"] in {"", "0"}:
        return None
    return f"{told['latitude']},{told['longitude']}"
