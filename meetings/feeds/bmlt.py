"""Reads what a BMLT root server answers: meetings, formats, service bodies; every value a text.

Source of the shapes: the semantic API of BMLT 4 (`GetSearchResults`, `GetFormats`, `GetServiceBodies`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import IO

from django.utils.translation import gettext as _

from meetings.feeds import bmlt_server
from meetings.feeds.attendance import Clues, decide, read_links
from meetings.feeds.bmlt_bodies import read_bodies
from meetings.feeds.bmlt_formats import Formats, read_formats
from meetings.feeds.bmlt_row import BmltRow, group_of, kept, name_of, place_of, slot_of, venue_of
from meetings.feeds.fetch import fetch
from meetings.feeds.ids import SourceIds
from meetings.feeds.plain_json import Document, opened
from meetings.feeds.reading import LONGEST, Row, Rows, excerpt
from meetings.feeds.sharing import share_facts
from meetings.feeds.where import Pin, settle
from rules.folding import fold
from rules.listing import BodyFacts, Listing, Reading, Slot


def load(
    location: str,
    *,
    formats: str = "",
    service_bodies: str = "",
    fellowship: str = "na",
    site_zone: str = "UTC",
    pin: Pin | None = None,
    limit: int,
) -> Reading:
    """Read a BMLT server by its address, or its answers as files or addresses; `limit` bytes for each."""
    with ExitStack() as stack:
        if bmlt_server.is_server(location):
            answers = stack.enter_context(bmlt_server.ask(location, limit))
            meetings: IO[bytes] = answers.meetings
            format_rows: IO[bytes] | None = answers.formats
            bodies: IO[bytes] | None = answers.service_bodies
        else:
            meetings = stack.enter_context(fetch(location, limit))
            format_rows = stack.enter_context(fetch(formats, limit)) if formats else None
            bodies = stack.enter_context(fetch(service_bodies, limit)) if service_bodies else None
        return read(
            meetings,
            formats=format_rows,
            service_bodies=bodies,
            fellowship=fellowship,
            site_zone=site_zone,
            pin=pin,
        )


def read(
    meetings: IO[bytes],
    *,
    formats: IO[bytes] | None = None,
    service_bodies: IO[bytes] | None = None,
    fellowship: str = "na",
    site_zone: str = "UTC",
    pin: Pin | None = None,
) -> Reading:
    """All listings of a server's answers. `FeedError` when one cannot be read to its end.

    `meetings` is the bare array, or the object that holds the used formats too. Rows without coordinates
    are found by `pin`, and `site_zone` is for those that tell neither place nor zone.
    """
    with opened(meetings) as document:
        reader = _Reader(fellowship, site_zone, pin, _formats(document, formats, fellowship))
        reader.rows.say_encoding(document.reread_as)
        if service_bodies:
            with opened(service_bodies) as bodies:
                reader.bodies = read_bodies(bodies.rows("service_bodies"), reader.rows)
        rows = reader.rows.read(document.rows("meetings"))
        listings = [listing for row in rows for listing in reader.listings(row)]
    return Reading(
        tuple(share_facts(reader.with_group_names(listings))),
        tuple(reader.bodies.values()),
        tuple(reader.formats.used.values()),
        tuple(reader.rows.remarks),
        {"formats": reader.formats.told} if reader.formats.told else {},
    )


def _formats(document: Document, formats: IO[bytes] | None, fellowship: str) -> Formats:
    if formats:
        with opened(formats) as definitions:
            return read_formats(definitions.rows("formats"), fellowship)
    if "formats" in document.keys():  # noqa: SIM118 -- a Document is no dict
        return read_formats(document.rows("formats"), fellowship)
    return Formats(fellowship)


@dataclass(slots=True)
class _Reader:
    fellowship: str
    site_zone: str
    pin: Pin | None
    formats: Formats
    rows: Rows = field(default_factory=lambda: Rows(BmltRow))
    ids: SourceIds = field(default_factory=SourceIds)
    bodies: dict[str, BodyFacts] = field(default_factory=dict)
    group_names: dict[str, Counter[str]] = field(default_factory=dict)

    def listings(self, row: Row) -> Iterator[Listing]:
        """The row's listing; none for an unpublished one, or one whose day or time cannot be read."""
        row.source_id = self.ids.of(row, "id_bigint")
        if row.line("published") == "0":
            row.guess("unpublished", _("The server has not published it. It was left out."))
            return
        slot, is_held_back = slot_of(row)
        if not is_held_back:
            row.source_id = self.ids.free(row, row.source_id)
            if row.source_id:
                yield self._listing(row, slot)

    def _listing(self, row: Row, slot: Slot | None) -> Listing:
        formats = self.formats.of(row)
        links = read_links(
            row,
            row.line("virtual_meeting_link", longest=LONGEST["url"]),
            row.notes("virtual_meeting_additional_info"),
            row.line("phone_meeting_number"),
            "",
        )
        venue = venue_of(row, formats.venue)
        place = place_of(row, is_base=venue == "VM")
        clues = Clues(
            links,
            has_place=place is not None,
            has_street=bool(place and (place.street or place.name or place.latitude)) and venue != "VM",
            room_shut="TC" in formats.codes,
            only_online=venue == "VM",
            only_in_person=venue == "in_person",
            says_hybrid=venue == "HY",
        )
        attendance, status = decide(row, clues)
        place, zone = settle(
            row,
            place,
            row.line("time_zone"),
            pin=self.pin,
            site_zone=self.site_zone,
            is_there=clues.has_street,
        )
        name = name_of(row)
        group = group_of(row, name)
        if group:
            self.group_names.setdefault(group.key, Counter())[name] += 1
        return Listing(
            source_id=row.source_id,
            name=name,
            fellowship=self.fellowship,
            attendance=attendance,
            timezone=zone,
            slot=slot,
            place=place,
            online=links.online,
            group=group,
            body_key=self._body(row),
            types=formats.codes,
            notes=row.notes("comments"),
            status=status,
            extra=kept(row.raw),
        )

    def _body(self, row: Row) -> str:
        """The key of the row's service body; one that the server did not tell of is made from the row."""
        key = row.line("service_body_bigint", longest=128)
        if key and key not in self.bodies:
            self.bodies[key] = BodyFacts(key, row.line("service_body_name") or key)
        return key

    def with_group_names(self, listings: list[Listing]) -> Iterator[Listing]:
        """The listings, each group under the name that most of its meetings have (of equals, the first)."""
        names = {key: counted.most_common(1)[0][0] for key, counted in self.group_names.items()}
        for key, counted in self.group_names.items():
            if len({fold(name) for name in counted}) > 1:
                text = _("The meetings of group %(key)s have several names: %(names)s. Is it one group?")
                quoted = {"key": excerpt(key), "names": ", ".join(excerpt(name) for name in counted)}
                self.rows.say(0, "guess", "group_names", text % quoted)
        for listing in listings:
            group = listing.group
            yield replace(listing, group=replace(group, name=names[group.key])) if group else listing
