"""Meetings on their way out: what a feed, a print or a calendar needs to know of each, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import prefetch_related_objects

from meetings import find, notice
from meetings.lexicon import MASKS, Lexicon, Term, lexicon
from meetings.models import ListingsVersion, Meeting, Origin, ServiceBody
from meetings.storing import listing_of
from rules.batches import batched
from rules.listing import Listing
from rules.search import Query

BATCH = 500


@dataclass(frozen=True, slots=True)
class Published:
    """One listed meeting as the outside may know it.

    `types` are its types with their names, in the order of display. `address` is the address of its page
    on this site, from the root ("/meetings/kitchen-table/"). `invented`: whoever reads of it must be told.
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


def every(query: Query, now: datetime) -> Iterator[Published]:
    """All that answers `query`, whatever its `limit`; in order with `near`, else in the table's order."""
    return of(find.every(query, now))


def of(ids: Iterable[int]) -> Iterator[Published]:
    """These meetings in this order, read in batches: no query a row, never the whole list in memory."""
    words, is_invented = lexicon(ListingsVersion.current()), notice.judge()
    for batch in batched(ids, BATCH):
        rows = Meeting.objects.with_context().in_bulk(batch)
        meetings = [rows[pk] for pk in batch if pk in rows]
        prefetch_related_objects(meetings, "dated_changes")
        origins = {origin.meeting_id: origin for origin in Origin.objects.filter(meeting__in=batch)}
        for meeting in meetings:
            origin = origins.get(meeting.pk)
            yield published(meeting, origin, words, invented=is_invented(origin))


def published(
    meeting: Meeting, origin: Origin | None, words: Lexicon, *, invented: bool = False
) -> Published:
    """One row, read `with_context()` and its dated changes."""
    terms = words.of_meeting(meeting.fellowship_id, tuple(getattr(meeting, mask) for mask in MASKS))
    return Published(
        listing=listing_of(meeting, origin, tuple(sorted(term.code for term in terms))),
        slug=meeting.slug,
        address=meeting.get_absolute_url(),
        types=tuple(terms),
        body=meeting.body,
        next_start=meeting.next_start,
        next_end=meeting.next_end,
        confirmed_at=meeting.confirmed_at,
        updated_at=meeting.updated_at,
        invented=invented,
    )
