"""From a slot on a wall clock to instants: which dates a meeting takes place on, and when exactly.

What happens when clocks change is decided here, once, for the whole product:

- A wall time that a spring change skips is read by the clock of before: where 02:00 becomes 03:00,
  "02:30" is the instant people then call 03:30. That is a week of elapsed time after the last meeting,
  what RFC 5545 asks of calendars, and nobody stands before a door that opened an hour ago.
- A wall time that an autumn change repeats is the first of the two. Who takes it for the second comes
  to a meeting in progress; the other way round people would wait an hour in the dark.
- A duration is elapsed time: 60 minutes are 60 minutes, also over a change of clocks.

The first two are what `fold=0` of PEP 495 says; `instant` is the only place that turns a wall time into
an instant.

Dated changes: `closed` takes a regular date away and does nothing on another date. `moved` takes the
regular date away and adds the new one, which is added even where the old date was none of the regular
ones: people were told to come. A date both closed and moved is closed. `extra` adds a date, and holds
even where a `closed` stands on it. What starts at the same instant is one meeting; then the dated
change's duration and note hold, for somebody wrote them for that very date.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from heapq import merge
from itertools import islice
from operator import attrgetter, itemgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from .listing import DatedChange, Deviation, Slot
from .zones import zone as zone_named

HORIZON = timedelta(days=3 * 366)
"""How far ahead a next date is looked for."""

FIRST_WEEK = date(2000, 1, 2)
"""The Sunday from which "every k weeks" counts where no anchor is known."""

_LAST_DATE = date(9998, 12, 31)
_RFC_DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")

Quiet = tuple[datetime, datetime | None]
"""A pause: what starts from the first instant on and before the second (None: for good) is left out."""


class Kind(StrEnum):
    """How a date came about."""

    REGULAR = "regular"
    MOVED = "moved"
    EXTRA = "extra"


class Occurrence(NamedTuple):
    """A meeting taking place once: two UTC instants. `on` is the local date it takes place on."""

    start: datetime
    end: datetime
    on: date
    kind: Kind = Kind.REGULAR
    note: str = ""


class CalendarDate(NamedTuple):
    """One line of a meeting's calendar: a date as people know it, and what becomes of it.

    `on` is the date before any move. `start` and `end` (UTC) are None when it does not take place.
    `abbreviation` names the zone's offset then ("EST"); `clock_change` says that the offset is not that
    of the line before, so that who joins from another zone comes at another hour.
    """

    on: date
    start: datetime | None
    end: datetime | None
    deviation: Deviation | None
    note: str
    abbreviation: str
    clock_change: bool


def instant(on: date, at: time, zone: ZoneInfo) -> datetime:
    """The UTC instant of a wall time, also of one that is skipped or repeated (see above)."""
    return datetime.combine(on, at.replace(fold=0), zone).astimezone(UTC)


def occurrences(
    slot: Slot,
    zone_name: str,
    changes: Sequence[DatedChange],
    since: datetime,
    until: datetime,
    *,
    quiet: Quiet | None = None,
) -> Iterator[Occurrence]:
    """What ends after `since` and starts before `until`, in order of start. `KeyError`: no such zone."""
    zone = zone_named(zone_name)
    gone, added = _exceptions(slot, zone, changes)
    regular = _regular(slot, zone, gone, since, until)
    last = None
    # On equal starts `merge` gives the dated one first, and the regular one falls away.
    for found in merge(added, regular, key=attrgetter("start")):
        if found.start >= until:
            return
        if found.start != last and found.end > since and not _is_quiet(found.start, quiet):
            yield found
        last = found.start


def next_occurrence(
    slot: Slot,
    zone_name: str,
    changes: Sequence[DatedChange],
    now: datetime,
    *,
    quiet: Quiet | None = None,
) -> Occurrence | None:
    """The first that ends after `now`, so a running one counts; None without any within the horizon."""
    if changes or quiet or slot.recurrence.nth or slot.recurrence.every != 1:
        return next(occurrences(slot, zone_name, changes, now, now + HORIZON, quiet=quiet), None)
    # Nearly all meetings are weekly and undisturbed: some microseconds instead of tens.
    zone = zone_named(zone_name)
    length = timedelta(minutes=slot.minutes)
    first = _earliest(now - length, zone)
    ordinal = first + (slot.weekday - first) % 7
    while True:
        on = date.fromordinal(ordinal)
        start = instant(on, slot.start, zone)
        end = start + length
        if end > now:
            return Occurrence(start, end, on)
        ordinal += 7


def calendar(
    slot: Slot, zone_name: str, changes: Sequence[DatedChange], since_date: date, count: int
) -> list[CalendarDate]:
    """The next `count` lines from `since_date` on, with the dates that were closed, moved or added.

    A line is from `since_date` on if its date is, or the date it was moved to.
    """
    zone = zone_named(zone_name)
    lines: list[CalendarDate] = []
    offset = None
    by_date = itemgetter(0, 1)
    dated = sorted(_dated_lines(slot, zone, changes, since_date), key=by_date)
    planned = merge(dated, _regular_lines(slot, zone, changes, since_date), key=by_date)
    for on, at, end, deviation, note in islice(planned, count):
        local = at.astimezone(zone)
        changed = offset is not None and offset != local.utcoffset()
        offset = local.utcoffset()
        lines.append(
            CalendarDate(on, at if end else None, end, deviation, note, local.tzname() or "", changed)
        )
    return lines


def rrule(slot: Slot) -> str:
    """The recurrence as RFC 5545 writes it. No WKST: DTSTART is a date of the series, so none is needed."""
    day = _RFC_DAYS[slot.weekday]
    rule = slot.recurrence
    if rule.nth:
        return "FREQ=MONTHLY;BYDAY=" + ",".join(f"{nth}{day}" for nth in rule.nth)
    interval = f";INTERVAL={rule.every}" if rule.every > 1 else ""
    return f"FREQ=WEEKLY{interval};BYDAY={day}"


def regular_dates(slot: Slot, first: date, last: date) -> Iterator[date]:
    """The slot's own dates between two dates, both included, ascending."""
    if slot.recurrence.nth:
        return _monthly(slot.weekday, slot.recurrence.nth, first, last)
    return _weekly(slot, first, last)


def _weekly(slot: Slot, first: date, last: date) -> Iterator[date]:
    rule = slot.recurrence
    step = 7 * rule.every
    anchor = (rule.anchor or FIRST_WEEK).toordinal()
    phase = anchor - anchor % 7 + slot.weekday  # ordinal 7 was a Sunday
    start = first.toordinal()
    for ordinal in range(start + (phase - start) % step, last.toordinal() + 1, step):
        yield date.fromordinal(ordinal)


def _monthly(weekday: int, nth: tuple[int, ...], first: date, last: date) -> Iterator[date]:
    for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        days = _days_of_month(month // 12, month % 12 + 1, weekday)
        # The fourth may be the last, and a fifth may be missing.
        named = {days[n - 1 if n > 0 else n] for n in nth if 0 < abs(n) <= len(days)}
        yield from (on for on in sorted(named) if first <= on <= last)


def _days_of_month(year: int, month: int, weekday: int) -> list[date]:
    monday_based, length = monthrange(year, month)
    first = 1 + (weekday - monday_based - 1) % 7
    return [date(year, month, day) for day in range(first, length + 1, 7)]


def _earliest(since: datetime, zone: ZoneInfo) -> int:
    """The ordinal of the first date that can start after `since`.

    A skipped wall time is later by the clock of after, at most by the day that Samoa left out; so one
    date more is tried.
    """
    return since.astimezone(zone).toordinal() - 1


def _regular(
    slot: Slot, zone: ZoneInfo, gone: frozenset[date], since: datetime, until: datetime
) -> Iterator[Occurrence]:
    length = timedelta(minutes=slot.minutes)
    first = date.fromordinal(_earliest(since - length, zone))
    for on in regular_dates(slot, first, until.astimezone(zone).date()):
        if on not in gone:
            start = instant(on, slot.start, zone)
            yield Occurrence(start, start + length, on)


def _exceptions(
    slot: Slot, zone: ZoneInfo, changes: Sequence[DatedChange]
) -> tuple[frozenset[date], list[Occurrence]]:
    """The regular dates that fall away, and what the changes add, in order of start."""
    gone = frozenset(change.on for change in changes if change.kind != Deviation.EXTRA)
    return gone, sorted(found for _change, found in added_by(slot, zone, changes))


def added_by(
    slot: Slot, zone: ZoneInfo, changes: Sequence[DatedChange]
) -> list[tuple[DatedChange, Occurrence]]:
    """What each change adds, without regard to what starts at the same instant."""
    return [(change, _added(slot, zone, change)) for change in _adding(changes)]


def _adding(changes: Sequence[DatedChange]) -> list[DatedChange]:
    """The changes that add a date."""
    closed = {change.on for change in changes if change.kind == Deviation.CLOSED}
    return [
        change
        for change in changes
        if change.kind == Deviation.EXTRA or (change.kind == Deviation.MOVED and change.on not in closed)
    ]


def _added(slot: Slot, zone: ZoneInfo, change: DatedChange) -> Occurrence:
    moved = change.kind == Deviation.MOVED
    on = (change.to_date if moved else None) or change.on
    start = instant(on, slot.start if change.to_start is None else change.to_start, zone)
    end = start + timedelta(minutes=change.minutes or slot.minutes)
    return Occurrence(start, end, on, Kind.MOVED if moved else Kind.EXTRA, change.note)


def _is_quiet(start: datetime, quiet: Quiet | None) -> bool:
    if quiet is None:
        return False
    since, until = quiet
    return since <= start and (until is None or start < until)


# A planned line: the date it stands under, the instant it is planned for, its end unless closed, ...
_Line = tuple[date, datetime, datetime | None, Deviation | None, str]


def _dated_lines(slot: Slot, zone: ZoneInfo, changes: Sequence[DatedChange], since: date) -> Iterator[_Line]:
    for change in _adding(changes):
        added = _added(slot, zone, change)
        if max(change.on, added.on) >= since:
            yield change.on, added.start, added.end, change.kind, change.note
    for change in changes:
        regular = any(regular_dates(slot, change.on, change.on))
        if change.kind == Deviation.CLOSED and regular and change.on >= since:
            yield change.on, instant(change.on, slot.start, zone), None, change.kind, change.note


def _regular_lines(
    slot: Slot, zone: ZoneInfo, changes: Sequence[DatedChange], since: date
) -> Iterator[_Line]:
    gone, added = _exceptions(slot, zone, changes)
    taken = {found.start for found in added}
    length = timedelta(minutes=slot.minutes)
    for on in regular_dates(slot, since, _LAST_DATE):
        start = instant(on, slot.start, zone)
        if on not in gone and start not in taken:
            yield on, start, start + length, None, ""
