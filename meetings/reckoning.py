"""Works out on the spot what the index leaves undecided: the next date of a row, and whether it counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache

from meetings.candidates import Undecided
from meetings.timekeeping import changes_by_meeting, clock
from rules.batches import batched
from rules.listing import DatedChange, Recurrence, Slot
from rules.ranking import Candidate
from rules.recurrence import Quiet, next_occurrence, occurrences
from rules.windows import Window

BATCH = 500


def decide(rows: Iterable[Undecided], now: datetime, window: Window | None) -> Iterator[Candidate]:
    """Those of `rows` that take place when the question says, with their next date; not yet measured."""
    for batch in batched(rows, BATCH):
        changes = changes_by_meeting(row.id for row in batch)
        for row in batch:
            found = _decide(row, changes.get(row.id, ()), now, window)
            if found:
                yield found


def _decide(
    row: Undecided, changes: Sequence[DatedChange], now: datetime, window: Window | None
) -> Candidate | None:
    found = Candidate(row.id, None, None, latitude=row.latitude or 0.0, longitude=row.longitude or 0.0)
    slot = _slot(row)
    if slot is None:
        return None if window else found
    quiet: Quiet | None = (row.quiet_from, row.quiet_until) if row.quiet_from else None
    if window and not any(
        window.holds(one.start, one.end)
        for one in occurrences(slot, row.timezone, changes, now, window.until, quiet=quiet)
    ):
        return None
    coming = next_occurrence(slot, row.timezone, changes, now, quiet=quiet)
    return found._replace(start=coming.start, end=coming.end) if coming else found


def _slot(row: Undecided) -> Slot | None:
    if row.weekday is None or row.start is None:
        return None
    return Slot(
        row.weekday, clock(row.start), row.minutes, Recurrence(row.every, row.anchor, _weeks(row.nth))
    )


@lru_cache(maxsize=256)
def _weeks(nth: str) -> tuple[int, ...]:
    return tuple(int(week) for week in nth.split(",")) if nth else ()
