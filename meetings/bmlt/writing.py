"""A meeting's row as a BMLT meeting: what its BMLT source told, word for word, else our own facts.

Where somebody here has set a fact since (`Origin.held`), ours wins for the fields of that fact. A few
fields are always ours, because clients filter by them or because they name this server.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import orjson
from django.conf import settings
from django.utils.translation import gettext as _

from meetings.bmlt.book import NOBODY, Book, parsed
from meetings.bmlt.fields import PERSONAL, TEMPLATE
from meetings.feeds.bmlt_formats_out import NATIVE

Told = dict[str, str]

MOST_KINDS = 20_000
VENUE_TYPES = {"in_person": "1", "online": "2", "hybrid": "3"}
COLUMNS = """
    m.id, m.fellowship_id, m.name, m.attendance, m.weekday, m.start, m.minutes, m.timezone, m.every, m.nth,
    m.type_bits, m.format_bits, m.feature_bits, m.community_bits, m.language_bits,
    m.notes, m.online_url, m.online_url_notes, m.online_phone, m.online_phone_notes, m.body_id, m.status,
    g.source_id, g.source_key,
    p.name, p.street, p.city, p.neighborhood, p.region, p.postal_code, p.country,
    p.latitude, p.longitude, p.notes,
    o.source_id, o.key, o.extra, o.held, s.kind
"""
TABLES = """
    meetings_meeting m
    LEFT JOIN meetings_group g ON g.id = m.group_id
    LEFT JOIN meetings_place p ON p.id = m.place_id
    LEFT JOIN meetings_origin o ON o.meeting_id = m.id
    LEFT JOIN meetings_source s ON s.id = o.source_id
"""


class MeetingRow(NamedTuple):
    """One row of `COLUMNS`."""

    id: int
    fellowship_id: int
    name: str
    attendance: str
    weekday: int | None
    start: int | None
    minutes: int
    timezone: str
    every: int
    nth: str
    type_bits: int
    format_bits: int
    feature_bits: int
    community_bits: int
    language_bits: int
    notes: str
    online_url: str
    online_url_notes: str
    online_phone: str
    online_phone_notes: str
    body_id: int | None
    status: str
    group_source_id: int | None
    group_key: str | None
    place: str | None
    street: str | None
    city: str | None
    neighborhood: str | None
    region: str | None
    postal_code: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    directions: str | None
    source_id: int | None
    key: str | None
    extra: Any
    held: Any
    source_kind: str | None

    @property
    def masks(self) -> tuple[int, ...]:
        return self.type_bits, self.format_bits, self.feature_bits, self.community_bits, self.language_bits


@lru_cache(maxsize=4096)
def clock(minutes: int) -> str:
    """Minutes as HH:MM:SS."""
    return f"{minutes // 60:02}:{minutes % 60:02}:00"


def decimal(value: float | None) -> str:
    """A number as PHP prints it: as short as it can be, whole numbers without a point. None is 0."""
    return repr(value).removesuffix(".0") if value else "0"


class Writer:
    """Tells rows in one language of formats ("": each source's own), as of one book. `root` is our address.

    `sentence` goes behind the comments of invented meetings.
    """

    def __init__(self, book: Book, *, language: str = "", root: str = "", sentence: str = "") -> None:
        self.book = book
        self.language = language or NATIVE
        self.asked = language
        self.root = root
        self.sentence = sentence
        self._blank = {**dict.fromkeys(PERSONAL, ""), "root_server_uri": root, "published": "1"}

    def tell(self, row: MeetingRow) -> Told:
        """The meeting, every value a text."""
        if row.source_id in self.book.sources:
            told = {**TEMPLATE, **parsed(row.extra)}
            told = {key: value.strip() if type(value) is str else _text(value) for key, value in told.items()}
            if row.held != "[]":
                self._overrule(told, row)
            else:
                self._tell_formats(told, row)
        else:
            told = dict(TEMPLATE)
            for tell in FACTS.values():
                told.update(tell(row))
            told["lang_enum"] = NATIVE
            told["worldid_mixed"] = self._group(row)
            told["format_shared_id_list"], told["formats"] = self._formats_of(row)
            if self.sentence and (row.source_kind == "sample" or settings.INVENTED_DATA_NOTICE == "on"):
                told["comments"] = " ".join(filter(None, (told["comments"], self.sentence)))
        self._tell_ours(told, row)
        return told

    def _tell_ours(self, told: Told, row: MeetingRow) -> None:
        told["id_bigint"] = str(self.book.number_of(row.id, row.source_id, row.key))
        told["shared_group_id_bigint"] = ""
        told["distance_in_km"] = told["distance_in_miles"] = ""
        told["venue_type"] = VENUE_TYPES[row.attendance]
        told["weekday_tinyint"] = "" if row.weekday is None else str(row.weekday + 1)
        told["start_time"] = "" if row.start is None else clock(row.start)
        told["duration_time"] = clock(row.minutes)
        body = self.book.bodies.get(row.body_id or 0)
        told["service_body_bigint"] = body.facts["id"] if body else NOBODY
        told["service_body_name"] = body.facts["name"] if body else ""
        told.update(self._blank)

    def _overrule(self, told: Told, row: MeetingRow) -> None:
        """Put in the facts that were set here."""
        held = set(orjson.loads(row.held))
        for fact in held & FACTS.keys():
            told.update(FACTS[fact](row))
        if "slot" in held:
            told["comments"] = " ".join(filter(None, (told["comments"], rarely(row))))
        if "group" in held:
            told["worldid_mixed"] = self._group(row)
        if held & {"types", "attendance", "status"}:
            numbers = self.book.formats.told_by(row.source_id or 0, told["format_shared_id_list"])
            slug, codes = self.book.fellowships[row.fellowship_id], self._codes(row)
            self._set_formats(told, self.book.formats.amended(numbers, slug, codes, row.attendance))
        else:
            self._tell_formats(told, row)

    def _tell_formats(self, told: Told, row: MeetingRow) -> None:
        """The source's own lists stand, unless another language or another number is wanted."""
        table = self.book.formats
        numbers = table.told_by(row.source_id or 0, told["format_shared_id_list"])
        if not numbers and told["formats"]:
            # A server so old that it told keys alone.
            self._set_formats(told, self._our_formats(row))
            return
        if self.asked and self.asked != (told["lang_enum"] or NATIVE):
            told["formats"] = table.keys(numbers, self.language) or told["formats"]
        if row.source_id in table.renumbered:
            told["format_shared_id_list"] = ",".join(map(str, numbers))

    def _set_formats(self, told: Told, numbers: tuple[int, ...]) -> None:
        told["format_shared_id_list"] = ",".join(map(str, numbers))
        told["formats"] = self.book.formats.keys(numbers, self.language)

    def _formats_of(self, row: MeetingRow) -> tuple[str, str]:
        """The ids and the keys of a row's own types: rows of a kind are many, so worked out once."""
        kind = row.fellowship_id, row.masks, row.attendance, row.status, self.language
        known = self.book.told_kinds.get(kind)
        if known is None:
            told: Told = {}
            self._set_formats(told, self._our_formats(row))
            known = told["format_shared_id_list"], told["formats"]
            if len(self.book.told_kinds) < MOST_KINDS:
                self.book.told_kinds[kind] = known
        return known

    def _our_formats(self, row: MeetingRow) -> tuple[int, ...]:
        slug = self.book.fellowships[row.fellowship_id]
        return self.book.formats.of_types(slug, self._codes(row), row.attendance)

    def _codes(self, row: MeetingRow) -> tuple[str, ...]:
        """The types, and that the room is shut for now, which clients know as a format too."""
        codes = self.book.codes(row.fellowship_id, row.masks)
        return codes if row.status != "paused" or "TC" in codes else (*codes, "TC")

    def _group(self, row: MeetingRow) -> str:
        """The group's number at NA World Services, which BMLT servers tell."""
        return (row.group_key or "") if row.group_source_id in self.book.sources else ""


def _text(value: Any) -> str:
    if value is None or isinstance(value, list | dict):
        return ""
    return (
        str(int(value))
        if isinstance(value, bool)
        else decimal(value)
        if isinstance(value, float)
        else str(value)
    )


# --- Our own facts as BMLT fields -----------------------------------------------------------------


def _name(row: MeetingRow) -> Told:
    return {"meeting_name": row.name}


def _zone(row: MeetingRow) -> Told:
    return {"time_zone": row.timezone}


def _place(row: MeetingRow) -> Told:
    return {
        "location_text": row.place or "",
        "location_street": row.street or "",
        "location_city_subsection": "",
        "location_neighborhood": row.neighborhood or "",
        "location_municipality": row.city or "",
        "location_sub_province": "",
        "location_province": row.region or "",
        "location_postal_code_1": row.postal_code or "",
        "location_nation": row.country or "",
        "location_info": " ".join((row.directions or "").split()),
        "bus_lines": "",
        "train_lines": "",
        "latitude": decimal(row.latitude),
        "longitude": decimal(row.longitude),
    }


def _online(row: MeetingRow) -> Told:
    info = filter(None, (row.online_url_notes, row.online_phone_notes))
    return {
        "virtual_meeting_link": row.online_url,
        "virtual_meeting_additional_info": " ".join(" ".join(info).split()),
        "phone_meeting_number": row.online_phone,
    }


def _comments(row: MeetingRow) -> Told:
    return {"comments": " ".join(filter(None, (" ".join(row.notes.split()), rarely(row))))}


FACTS: Mapping[str, Callable[[MeetingRow], Told]] = {
    "name": _name,
    "timezone": _zone,
    "place": _place,
    "online": _online,
    "notes": _comments,
}
"""Facts of a `Listing` that have fields of their own, by name."""


def rarely(row: MeetingRow) -> str:
    """In words, that a meeting is not held every week: BMLT itself has no field for it."""
    if row.nth:
        weeks = [_week(one) for one in row.nth.split(",")]
        return _("Only the %(weeks)s such day of the month.") % {"weeks": ", ".join(weeks)}
    if row.every > 1:
        return _("Only every %(count)d weeks.") % {"count": row.every}
    return ""


def _week(number: str) -> str:
    return {"1": _("1st"), "2": _("2nd"), "3": _("3rd"), "4": _("4th"), "5": _("5th"), "-1": _("last")}.get(
        number, number
    )
