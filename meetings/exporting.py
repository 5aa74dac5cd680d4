"""Meetings on their way out: what a feed, a print or a calendar needs to know of each, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models.fields.json import KeyTextTransform
from django.urls import get_script_prefix

from meetings import find, notice
from meetings.lexicon import MASKS, Lexicon, Masks, Term, lexicon
from meetings.models import ListingsVersion, Meeting, ServiceBody
from meetings.timekeeping import changes_by_meeting, clock
from rules.batches import batched
from rules.listing import (
    Attendance,
    DatedChange,
    GroupFacts,
    Listing,
    Online,
    PlaceFacts,
    Recurrence,
    Slot,
    Status,
)
from rules.search import Query

BATCH = 500

_OWN = (
    *("pk", "slug", "name", "fellowship_id", "body_id", "attendance", "notes"),
    *("online_url", "online_url_notes", "online_phone", "online_phone_notes"),
    *("timezone", "weekday", "start", "minutes", "every", "anchor", "nth"),
    *("status", "paused_from", "paused_until"),
    *("next_start", "next_end", "confirmed_at", "updated_at"),
)
_PLACE = tuple(f"place__{one.name}" for one in fields(PlaceFacts))
_GROUP = tuple(f"group__{name}" for name in ("name", "notes", "website", "email", "phone"))
_SHARED = ("place_id", *_PLACE, "group_id", "group__source_key", "group__slug", *_GROUP)
_ORIGIN = ("origin__source_id", "origin__key", "said_slug")
_COLUMNS = (*_OWN, *MASKS, *_SHARED, *_ORIGIN)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Published:
    """One listed meeting as the outside may know it.

    `listing` is without `extra`, of which no feed tells. `types` are its types with their names, in the
    order of display. `address` is the address of its page on this site, from the root
    ("/meetings/kitchen-table/"). `invented`: whoever reads of it must be told.
    """

    listing: Listing
    slug: str
    address: str
    types: tuple[Term, ...]
    body: ServiceBody | None
    next_start: datetime | None
    next_end: datetime | None
    confirmed_at: datetime | None
    updated_at: datetime
    invented: bool = False


def every(query: Query, now: datetime, *, limited: bool = False) -> Iterator[Published]:
    """All that answers `query`; in order with `near`, else in the table's. `limited`: only its page."""
    ids = find.every(query, now)
    return of(islice(ids, query.offset, query.offset + query.limit) if limited else ids)


def of(ids: Iterable[int]) -> Iterator[Published]:
    """These meetings in this order, read in batches: no query a row, never the whole list in memory.

    Tuples, not models: a list of a quarter of a million is a matter of tens of seconds this way.
    """
    reader = _Reader(lexicon(ListingsVersion.current()))
    for batch in batched(ids, BATCH):
        yield from reader.read(batch)


@dataclass(slots=True)
class _Reader:
    """Reads batches, and remembers what many meetings have in common."""

    words: Lexicon
    bodies: dict[int, ServiceBody] = field(default_factory=dict)
    types: dict[tuple[int, Masks], tuple[tuple[Term, ...], tuple[str, ...]]] = field(default_factory=dict)
    prefix: str = field(default_factory=get_script_prefix)

    def read(self, batch: list[int]) -> Iterator[Published]:
        found = Meeting.objects.filter(pk__in=batch).annotate(
            said_slug=KeyTextTransform("slug", "origin__said")
        )
        rows = {row[0]: dict(zip(_COLUMNS, row, strict=True)) for row in found.values_list(*_COLUMNS)}
        self._learn_bodies({row["body_id"] for row in rows.values()})
        changes = changes_by_meeting(rows)
        invented = notice.invented({pk: row["origin__source_id"] for pk, row in rows.items()})
        for pk in batch:
            if pk in rows:
                yield self._published(rows[pk], tuple(changes.get(pk, ())), invented=pk in invented)

    def _learn_bodies(self, ids: set[int | None]) -> None:
        unknown = [pk for pk in ids if pk is not None and pk not in self.bodies]
        if unknown:
            self.bodies |= ServiceBody.objects.in_bulk(unknown)

    def _published(self, row: Row, changes: tuple[DatedChange, ...], *, invented: bool) -> Published:
        terms, codes = self._types(row["fellowship_id"], tuple(row[mask] for mask in MASKS))
        body = self.bodies.get(row["body_id"])
        return Published(
            listing=self._listing(row, body, codes, changes),
            slug=row["slug"],
            address=f"{self.prefix}meetings/{row['slug']}/",
            types=terms,
            body=body,
            next_start=row["next_start"],
            next_end=row["next_end"],
            confirmed_at=row["confirmed_at"],
            updated_at=row["updated_at"],
            invented=invented,
        )

    def _types(self, fellowship_id: int, masks: Masks) -> tuple[tuple[Term, ...], tuple[str, ...]]:
        known = self.types.get((fellowship_id, masks))
        if known is None:
            terms = tuple(self.words.of_meeting(fellowship_id, masks))
            known = self.types[fellowship_id, masks] = terms, tuple(sorted(term.code for term in terms))
        return known

    def _listing(
        self, row: Row, body: ServiceBody | None, codes: tuple[str, ...], changes: tuple[DatedChange, ...]
    ) -> Listing:
        source = row["origin__source_id"]
        return Listing(
            source_id=row["origin__key"] if source else row["slug"],
            slug=row["said_slug"] or "" if source else row["slug"],
            name=row["name"],
            fellowship=self.words.fellowships[row["fellowship_id"]].slug,
            attendance=Attendance(row["attendance"]),
            timezone=row["timezone"],
            slot=_slot(row),
            place=PlaceFacts(*(row[name] for name in _PLACE)) if row["place_id"] else None,
            online=Online(
                row["online_url"], row["online_url_notes"], row["online_phone"], row["online_phone_notes"]
            ),
            group=_group(row),
            body_key=_body_key(body, source) if body else "",
            types=codes,
            notes=row["notes"],
            status=Status(row["status"]),
            paused_from=row["paused_from"],
            paused_until=row["paused_until"],
            dated_changes=changes,
            updated_at=row["updated_at"],
        )


def _slot(row: Row) -> Slot | None:
    if row["weekday"] is None or row["start"] is None:
        return None
    nth = tuple(int(week) for week in row["nth"].split(",")) if row["nth"] else ()
    return Slot(
        row["weekday"], clock(row["start"]), row["minutes"], Recurrence(row["every"], row["anchor"], nth)
    )


def _group(row: Row) -> GroupFacts | None:
    if row["group_id"] is None:
        return None
    return GroupFacts(row["group__source_key"] or row["group__slug"], *(row[name] for name in _GROUP))


def _body_key(body: ServiceBody, source_id: int | None) -> str:
    return body.source_key if source_id and body.source_id == source_id else body.slug
