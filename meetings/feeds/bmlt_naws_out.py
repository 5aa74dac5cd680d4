"""BMLT meetings as NA World Services takes them in: one CSV row a meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from meetings.feeds.bmlt_formats_out import CLOSED, OPEN

COLUMNS = (
    *("Committee", "CommitteeName", "AddDate", "AreaRegion", "ParentName", "ComemID", "ContactID"),
    *("ContactName", "CompanyName", "ContactAddrID", "ContactAddress1", "ContactAddress2", "ContactCity"),
    *("ContactState", "ContactZip", "ContactCountry", "ContactPhone", "MeetingID", "Room", "Closed"),
    *("WheelChr", "Day", "Time", "Language1", "Language2", "Language3", "LocationId", "Place", "Address"),
    *("City", "LocBorough", "State", "Zip", "Country", "Directions", "Institutional", "Format1", "Format2"),
    *("Format3", "Format4", "Format5", "Delete", "LastChanged", "Longitude", "Latitude", "ContactGP"),
    *("PhoneMeetingNumber", "VirtualMeetingLink", "VirtualMeetingInfo", "TimeZone", "bmlt_id"),
    "unpublished",
)
DAYS = ("", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
WHEELCHAIR, LANGUAGE = "WCHR", "LANG"
# What a visitor has to know goes into the five columns first.
FIRST = ("VM", "TC", "HYBR", "W", "M", "GL")
MOST_FORMATS = 5
MOST_LANGUAGES = 3
NO_WORLD_ID = "WORLD_ID_MISSING"


class NawsFormat(NamedTuple):
    """A format by its name and its code at NA World Services, "" for none."""

    name: str
    world_id: str


def naws_row(
    told: Mapping[str, str],
    formats: Sequence[NawsFormat],
    *,
    area: str,
    parent: str,
    changed: datetime,
    removed: bool,
) -> dict[str, str]:
    """One row. `area` is the service body's world id; a removed meeting goes out once more, marked."""
    codes = [one.world_id for one in formats]
    reported = [code for code in dict.fromkeys(codes) if code and code not in _HAVE_COLUMNS]
    reported.sort(key=lambda code: FIRST.index(code) if code in FIRST else len(FIRST))
    languages = [one.name for one in formats if one.world_id == LANGUAGE][:MOST_LANGUAGES]
    row = dict.fromkeys(COLUMNS, "") | {
        "Committee": told["worldid_mixed"],
        "CommitteeName": told["meeting_name"],
        "AreaRegion": area or NO_WORLD_ID,
        "ParentName": parent,
        "Room": ", ".join(one.name for one in formats if not one.world_id),
        "Closed": OPEN if OPEN in codes and CLOSED not in codes else CLOSED,
        "WheelChr": _truth(WHEELCHAIR in codes),
        "Day": DAYS[int(told["weekday_tinyint"] or 0)],
        "Time": told["start_time"][:5].replace(":", ""),
        "Place": told["location_text"],
        "Address": told["location_street"],
        "City": _city(told),
        "LocBorough": told["location_neighborhood"],
        "State": told["location_province"],
        "Zip": told["location_postal_code_1"],
        "Country": told["location_nation"],
        "Directions": ", ".join(filter(None, (told["location_info"], told["comments"]))),
        "Institutional": _truth(False),
        "Delete": "D" if removed else "",
        "LastChanged": f"{changed.month}/{changed.day}/{changed:%y}",
        "Longitude": told["longitude"],
        "Latitude": told["latitude"],
        "PhoneMeetingNumber": told["phone_meeting_number"],
        "VirtualMeetingLink": told["virtual_meeting_link"],
        "VirtualMeetingInfo": told["virtual_meeting_additional_info"],
        "TimeZone": told["time_zone"],
        "bmlt_id": told["id_bigint"],
    }
    row.update({f"Format{n}": code for n, code in enumerate(reported[:MOST_FORMATS], 1)})
    row.update({f"Language{n}": name for n, name in enumerate(languages, 1)})
    return {key: _safe(value) for key, value in row.items()}


_HAVE_COLUMNS = {OPEN, CLOSED, WHEELCHAIR, LANGUAGE}


def _city(told: Mapping[str, str]) -> str:
    names = ("location_city_subsection", "location_municipality", "location_neighborhood")
    return next((told[name] for name in names if told[name]), "")


def _truth(value: bool) -> str:
    return "TRUE" if value else "FALSE"


def _safe(value: str) -> str:
    """On one line, and no formula for whoever opens the file in a spreadsheet."""
    line = " ".join(value.split())
    return f"'{line}" if line.startswith("=") else line
