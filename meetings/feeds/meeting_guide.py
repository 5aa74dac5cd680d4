"""Reads a Meeting Guide feed: a JSON array of meetings, lenient in what it takes, frank about its guesses.

Source of the format: the README of `code4recovery/spec`, and what its real consumers were seen to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import IO

from django.utils.translation import gettext as _

from meetings.feeds.address_line import read_place
from meetings.feeds.attendance import Clues, decide, read_links
from meetings.feeds.ids import SourceIds
from meetings.feeds.marking import unmarked
from meetings.feeds.plain_json import opened
from meetings.feeds.reading import LONGEST, Raw, Row, Rows, excerpt
from meetings.feeds.sharing import share_facts
from meetings.feeds.type_words import read_types
from meetings.feeds.when import read_slots
from meetings.feeds.where import Pin, settle
from rules.listing import BodyFacts, GroupFacts, Listing, Reading

# People, not meetings: never published, never kept.
_PERSONAL = ("contact_1_", "contact_2_", "contact_3_")


def read(
    stream: IO[bytes], *, fellowship: str = "aa", site_zone: str = "UTC", pin: Pin | None = None
) -> Reading:
    """All listings of a feed. `FeedError` when it cannot be read to its end; then nothing of it counts.

    `pin` finds places without coordinates on the map, `site_zone` is for meetings that tell no zone.
    """
    reader = _Reader(fellowship, site_zone, pin)
    with opened(stream) as document:
        reader.rows.say_encoding(document.reread_as)
        rows = reader.rows.read(document.rows("meetings"))
        listings = [listing for row in rows for listing in reader.listings(row)]
    reader.close()
    return Reading(
        tuple(share_facts(listings)),
        tuple(reader.bodies.values()),
        (),
        tuple(reader.rows.remarks),
        {"invented": True} if reader.invented else {},
    )


@dataclass(slots=True)
class _Reader:
    fellowship: str
    site_zone: str
    pin: Pin | None
    rows: Rows = field(default_factory=Rows)
    ids: SourceIds = field(default_factory=SourceIds)
    bodies: dict[str, BodyFacts] = field(default_factory=dict)
    with_people: int = 0
    invented: bool = False

    def listings(self, row: Row) -> Iterator[Listing]:
        """One listing for each weekday of the row; none for a row whose day or time cannot be read."""
        row.source_id = self.ids.of(row, "slug", "id", "ID")
        slots = read_slots(row)
        if slots.held_back:
            return
        listing = self._listing(row)
        for suffix, slot in slots.by_suffix():
            source_id = self.ids.free(row, row.source_id + suffix)
            if source_id:
                yield replace(listing, source_id=source_id, slug=source_id, slot=slot)

    def _listing(self, row: Row) -> Listing:
        types = read_types(row, self.fellowship)
        links = read_links(
            row,
            row.line("conference_url", longest=1024),
            row.notes("conference_url_notes"),
            row.line("conference_phone"),
            row.notes("conference_phone_notes"),
        )
        place, has_street = read_place(row)
        option = row.line("attendance_option")
        clues = Clues(
            links,
            has_place=place is not None,
            has_street=has_street,
            room_shut="TC" in types.codes,
            only_online=option == "online",
            says_hybrid=option == "hybrid",
            says_online=types.says_online,
            says_inactive=types.says_inactive or option == "inactive",
        )
        attendance, status = decide(row, clues)
        place, zone = settle(
            row,
            place,
            row.line("timezone"),
            pin=self.pin,
            site_zone=self.site_zone,
            is_there=has_street and attendance != "online",
        )
        notes, invented = unmarked(row.notes("notes"))
        self.invented = self.invented or invented
        return Listing(
            source_id=row.source_id,
            name=_name(row),
            fellowship=self.fellowship,
            attendance=attendance,
            timezone=zone,
            place=place,
            online=links.online,
            group=_group(row),
            body_key=self._body(row),
            types=types.codes,
            notes=notes,
            status=status,
            updated_at=_updated(row),
            extra=self._kept(row.raw),
        )

    def _body(self, row: Row) -> str:
        """The key of the service body a row names; the first one of that name tells about it."""
        name = row.line("entity", longest=LONGEST["body_key"])
        if name and name not in self.bodies:
            self.bodies[name] = BodyFacts(
                key=name,
                name=name,
                website=row.line("entity_url", "entity_website_url", longest=512),
                phone=row.line("entity_phone"),
            )
        return name

    def _kept(self, raw: Raw) -> Raw:
        kept = {key: value for key, value in raw.items() if not key.startswith(_PERSONAL)}
        self.with_people += any(raw[key] for key in raw.keys() - kept.keys())
        return kept

    def close(self) -> None:
        """Say what concerns the feed as a whole."""
        if self.with_people:
            text = _("%(count)d rows name people to call. These names and numbers were left out.")
            self.rows.say(0, "guess", "people_left_out", text % {"count": self.with_people})


def _name(row: Row) -> str:
    name = row.line("name", "meeting")
    if name:
        return name
    name = row.line("group", "location", "location_name") or _("Unnamed meeting")
    row.guess("no_name", _("It has no name. Listed as “%(name)s”.") % {"name": name})
    return name


def _group(row: Row) -> GroupFacts | None:
    name = row.line("group")
    if not name:
        return None
    return GroupFacts(
        key=row.line("group_key") or name,
        name=name,
        notes=row.notes("group_notes"),
        website=row.line("website", longest=512),
        email=row.line("email"),
        phone=row.line("phone", longest=64),
    )


def _updated(row: Row) -> datetime | None:
    """When the listing last changed, in UTC by the format's word."""
    text = row.line("updated")
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        row.problem("bad_updated", _("“%(text)s” is no date.") % {"text": excerpt(text)})
        return None
