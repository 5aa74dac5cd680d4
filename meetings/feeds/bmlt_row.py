"""The facts of one meeting as BMLT tells them: when, where, which venue, and what is kept as it came."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from meetings.feeds.reading import LONGEST, Raw, Row, excerpt, plain
from meetings.feeds.when import DEFAULT_MINUTES, checked_length
from meetings.feeds.where import coordinates
from rules.addresses import country_code
from rules.clock_words import read_clock, read_minutes
from rules.listing import GroupFacts, PlaceFacts, Slot

# Old servers keep "Prompt#@-@#value" in some fields; the last part is the value.
_PROMPT = "#@-@#"
# People, not meetings: the fields stay, for the feed's shape, and are emptied.
_PERSONAL = ("contact_", "email_contact")
_VENUES = {"1": "in_person", "2": "VM", "3": "HY"}


class BmltRow(Row):
    """A row whose texts may carry the prompt they were asked for with."""

    def text(self, key: str) -> str:
        """One field made plain, without its prompt."""
        return Row.text(self, key).rpartition(_PROMPT)[2].strip()


def name_of(row: Row) -> str:
    """The meeting's name, or the best word for it."""
    name = row.line("meeting_name")
    if not name:
        name = row.line("location_text") or _("Unnamed meeting")
        row.guess("no_name", _("It has no name. Listed as “%(name)s”.") % {"name": name})
    return name


def group_of(row: Row, name: str) -> GroupFacts | None:
    """The group, if the row has its world id; the meeting's name is all that is known of the group's."""
    key = row.line("worldid_mixed")
    return GroupFacts(key, name) if key else None


def slot_of(row: Row) -> tuple[Slot | None, bool]:
    """The slot (None: by appointment), and whether the row is held back because day or time is unreadable."""
    day, clock = row.line("weekday_tinyint"), row.line("start_time")
    if not day or not clock:
        if day or clock:
            row.problem("half_a_slot", _("Only one of day and time is there. Listed as by appointment."))
        return None, False
    start = read_clock(clock)
    if day not in {"1", "2", "3", "4", "5", "6", "7"} or start is None:
        code, written = ("unreadable_time", clock) if start is None else ("unreadable_day", day)
        text = _("“%(text)s” is no day or time we can read. Nothing else in this row is lost.")
        row.problem(code, text % {"text": excerpt(written)})
        return None, True
    return Slot(int(day) - 1, start.time, _minutes(row)), False


def _minutes(row: Row) -> int:
    minutes = read_minutes(row.line("duration_time"))
    if minutes is None:
        row.guess("end_guessed", _("No duration is given. Taken as one hour."))
        return DEFAULT_MINUTES
    return checked_length(row, minutes)


def venue_of(row: Row, by_format: str) -> str:
    """in_person, VM (from afar only), HY (both), or "" when neither venue nor formats say."""
    venue = _VENUES.get(row.line("venue_type"), "")
    if by_format and venue and by_format != venue:
        row.guess("venue_unclear", _("Its venue and its formats disagree. The formats were believed."))
    return by_format or venue


def place_of(row: Row, *, is_base: bool) -> PlaceFacts | None:
    """Where people meet. `is_base`: an online meeting, whose place is only where it comes from."""
    pair = coordinates(row, row.line("latitude"), row.line("longitude"))
    town = row.line("location_city_subsection", "location_municipality", longest=LONGEST["city"])
    neighborhood = row.line("location_neighborhood", longest=LONGEST["city"])
    directions = (row.notes("location_info"), row.notes("bus_lines"), row.notes("train_lines"))
    place = PlaceFacts(
        name=row.line("location_text", longest=LONGEST["place"]),
        street=row.line("location_street", longest=LONGEST["address"]),
        city=town or neighborhood,
        neighborhood=neighborhood if town else "",
        region=row.line("location_province", longest=LONGEST["region"]),
        postal_code=row.line("location_postal_code_1", longest=LONGEST["postal_code"]),
        country=country_code(row.line("location_nation", longest=LONGEST["country"])),
        latitude=pair[0] if pair else None,
        longitude=pair[1] if pair else None,
        approximate=is_base and pair is not None,
        notes="\n".join(dict.fromkeys(filter(None, directions))),
    )
    return place if any((place.name, place.street, place.city, place.region, pair)) else None


def kept(raw: Raw) -> dict[str, Any]:
    """The row as it came, so that a BMLT feed of ours can give it back; but nobody's name or number."""
    return {key: "" if key.startswith(_PERSONAL) and plain(value) else value for key, value in raw.items()}
