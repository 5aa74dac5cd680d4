"""Keeps the moments that stand on a meeting's row: when it meets next, and when it is quiet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time

from django.db import transaction

from meetings.models import DatedChange, Meeting
from rules import listing
from rules.batches import batched
from rules.recurrence import instant, next_occurrence
from rules.zones import zone

FAR = datetime(9999, 1, 1, tzinfo=UTC)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
BATCH = 500

Quiet = tuple[datetime, datetime] | None


def slot_of(meeting: Meeting) -> listing.Slot | None:
    """The meeting's slot in the neutral form; None = by appointment."""
    if meeting.weekday is None or meeting.start is None:
        return None
    nth = tuple(int(week) for week in meeting.nth.split(",")) if meeting.nth else ()
    return listing.Slot(
        weekday=meeting.weekday,
        start=clock(meeting.start),
        minutes=meeting.minutes,
        recurrence=listing.Recurrence(meeting.every, meeting.anchor, nth),
    )


def clock(minutes: int) -> time:
    """Minutes since midnight as a wall-clock time."""
    return time(*divmod(minutes, 60))


def change_of(row: DatedChange) -> listing.DatedChange:
    """A dated change in the neutral form."""
    return listing.DatedChange(
        on=row.on,
        kind=listing.Deviation(row.kind),
        to_date=row.to_date,
        to_start=None if row.to_start is None else clock(row.to_start),
        minutes=row.minutes,
        note=row.note,
    )


def quiet_span(status: str, paused_from: date | None, paused_until: date | None, zone_name: str) -> Quiet:
    """From when until when a paused meeting does not meet; None for one that is not paused.

    Both dates are of the meeting's own calendar, and it is back on `paused_until` itself. Without a
    start the pause has always been, without an end it lasts.
    """
    if status != listing.Status.PAUSED:
        return None
    return (
        instant(paused_from, time(), zone(zone_name)) if paused_from else LONG_AGO,
        instant(paused_until, time(), zone(zone_name)) if paused_until else FAR,
    )


def work_out(meeting: Meeting, changes: Sequence[listing.DatedChange], now: datetime) -> None:
    """Set the row's derived moments as they are at `now`; does not save."""
    quiet = quiet_span(meeting.status, meeting.paused_from, meeting.paused_until, meeting.timezone)
    meeting.quiet_from, meeting.quiet_until = quiet or (None, None)
    slot = slot_of(meeting) if meeting.listed else None
    found = next_occurrence(slot, meeting.timezone, changes, now, quiet=quiet) if slot else None
    meeting.next_start = found.start if found else None
    meeting.next_end = found.end if found else None


def changes_by_meeting(ids: Iterable[int]) -> dict[int, list[listing.DatedChange]]:
    """The dated changes of these meetings, in the neutral form."""
    found: dict[int, list[listing.DatedChange]] = defaultdict(list)
    for row in DatedChange.objects.filter(meeting_id__in=ids):
        found[row.meeting_id].append(change_of(row))
    return found


def roll_forward(now: datetime) -> int:
    """Bring every stale row up to `now`, a batch a transaction; how many were.

    Never needed for a right answer (the finder works stale rows out on the spot), only for a quick one.
    """
    rolled = 0
    stale = list(Meeting.objects.stale(now).values_list("pk", flat=True))
    for ids in batched(stale, BATCH):
        with transaction.atomic():
            rows = list(Meeting.objects.select_for_update(of=("self",)).stale(now).filter(pk__in=ids))
            changes = changes_by_meeting(row.pk for row in rows)
            for row in rows:
                work_out(row, changes.get(row.pk, []), now)
            Meeting.objects.bulk_update(rows, ["next_start", "next_end", "quiet_from", "quiet_until"])
            rolled += len(rows)
    return rolled
