"""Writes meetings as CSV for spreadsheets, with the columns that TSML knows, so that it can be read in again.

A cell that a spreadsheet would take for a formula, or for a number that loses its zeros, begins with an
apostrophe; `told` takes it off again, and so does our own import.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Any

from meetings.exporting import Published
from meetings.feeds.marking import marked
from meetings.feeds.site import Site
from rules.addresses import Parts, one_line
from rules.listing import GroupFacts, Listing, PlaceFacts, Slot
from rules.recurrence import rrule

DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
COLUMNS = (
    *("Name", "Day", "Time", "End Time", "Types", "Notes"),
    *("Conference URL", "Conference URL Notes", "Conference Phone", "Conference Phone Notes"),
    *("Location", "Address", "City", "State", "Postal Code", "Country", "Region", "Sub Region"),
    *("Location Notes", "Timezone", "Group", "Website", "Email", "Phone", "Group Notes", "Slug", "Updated"),
    # What TSML does not know:
    *("Fellowship", "Attendance Option", "Formatted Address", "Approximate", "Latitude", "Longitude"),
    *("Duration Minutes", "Recurrence", "Counted From", "Entity", "Entity URL", "URL"),
)
NUMBERS = frozenset({"Latitude", "Longitude", "Duration Minutes"})

# What starts a formula in one spreadsheet or another, full-width signs among them; digits that would change.
_RISKY = r"[=+\-@\t\r\n＝＋－＠]|0[0-9]+$|[0-9]{16,}$"
_ESCAPED = re.compile(rf"'*(?:{_RISKY})")
_BOM = "\ufeff"

Cells = dict[str, Any]


def safe(text: str) -> str:
    """A text as a cell that stays text in every spreadsheet."""
    return f"'{text}" if _ESCAPED.match(text) else text


def told(cell: str) -> str:
    """The text that `safe` made a cell of; every other cell as it is."""
    return cell[1:] if cell.startswith("'") and _ESCAPED.match(cell) else cell


def pieces(meetings: Iterable[Published], site: Site) -> Iterator[bytes]:
    """The file, a row at a time: UTF-8 with its mark, for which Excel looks, and CRLF."""
    page = io.StringIO(newline="")
    writer = csv.writer(page, lineterminator="\r\n")
    page.write(_BOM)
    writer.writerow(COLUMNS)
    for one in meetings:
        told_row = cells(one, site)
        writer.writerow([_cell(name, told_row.get(name, "")) for name in COLUMNS])
        yield _taken(page)
    yield _taken(page)


def _taken(page: io.StringIO) -> bytes:
    text = page.getvalue()
    page.seek(0)
    page.truncate()
    return text.encode()


def _cell(name: str, value: Any) -> Any:
    return value if name in NUMBERS else safe(str(value))


def cells(one: Published, site: Site) -> Cells:
    """One meeting; what does not apply is not there."""
    listing = one.listing
    return {
        "Name": listing.name,
        **_when(listing.slot),
        "Types": ", ".join(listing.types),
        "Notes": marked(listing.notes) if one.invented else listing.notes,
        "Conference URL": listing.online.url,
        "Conference URL Notes": listing.online.url_notes,
        "Conference Phone": listing.online.phone,
        "Conference Phone Notes": listing.online.phone_notes,
        **(_place(listing.place) if listing.place else {}),
        "Timezone": listing.timezone,
        **(_group(listing.group) if listing.group else {}),
        **_about(one, listing, site),
    }


def _when(slot: Slot | None) -> Cells:
    if slot is None:
        return {}
    end = (slot.start.hour * 60 + slot.start.minute + slot.minutes) % (24 * 60)
    rule = slot.recurrence
    return {
        "Day": DAYS[slot.weekday],
        "Time": f"{slot.start:%H:%M}",
        "End Time": f"{end // 60:02}:{end % 60:02}",
        "Duration Minutes": slot.minutes,
        "Recurrence": rrule(slot) if rule.every != 1 or rule.nth else "",
        "Counted From": rule.anchor.isoformat() if rule.anchor and rule.every != 1 else "",
    }


def _place(place: PlaceFacts) -> Cells:
    parts = Parts(place.street, place.city, place.region, place.postal_code, place.country)
    return {
        "Location": place.name,
        "Address": place.street,
        "City": place.city,
        "State": place.region,
        "Postal Code": place.postal_code,
        "Country": place.country,
        "Region": place.city or place.region,
        "Sub Region": place.neighborhood,
        "Location Notes": place.notes,
        "Formatted Address": place.formatted or one_line(parts),
        "Approximate": "yes" if place.approximate else "no",
        "Latitude": "" if place.latitude is None else place.latitude,
        "Longitude": "" if place.longitude is None else place.longitude,
    }


def _group(group: GroupFacts) -> Cells:
    return {
        "Group": group.name,
        "Website": group.website,
        "Email": group.email,
        "Phone": group.phone,
        "Group Notes": group.notes,
    }


def _about(one: Published, listing: Listing, site: Site) -> Cells:
    return {
        "Slug": one.slug,
        "Updated": f"{one.updated_at.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
        "Fellowship": listing.fellowship,
        "Attendance Option": listing.attendance.value,
        "Entity": one.body.name if one.body else "",
        "Entity URL": one.body.website if one.body else "",
        "URL": site.url(one.address),
    }
