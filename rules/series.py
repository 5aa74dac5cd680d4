"""A slot with its dated changes and its pause as calendars know it: one series of RFC 5545.

What `recurrence.occurrences` tells date by date, the series tells as a first date, a rule, dates taken out
and dates told differently; a calendar that unfolds it comes to the same meetings. Dates that the rule does
not have stand apart, as events of their own: several calendar programs leave out RDATE, and some take a
date put in for the regular one of the same day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from .listing import DatedChange, Deviation, Slot
from .recurrence import Kind, Occurrence, Quiet, added_by, instant, regular_dates, rrule
from .zones import zone as zone_named

_FAR = date(9000, 1, 1)
# The rarest rhythm, every 52nd week, has a date in each of these.
_LONGEST_STEP = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Telling:
    """One date told differently. `instead_of` is the wall time that the series has for it."""

    instead_of: datetime
    occurrence: Occurrence


@dataclass(frozen=True, slots=True)
class Series:
    """`start` and `without` are wall times with their zone, `until` (in `rule`) an instant.

    `start` is a date of the rule, though it may be among those `without`; no later date is left out.
    """

    start: datetime
    minutes: int
    rule: str
    without: tuple[datetime, ...] = ()
    told: tuple[Telling, ...] = ()
    apart: tuple[Occurrence, ...] = ()


def series(
    slot: Slot, zone_name: str, changes: Sequence[DatedChange], since: date, *, quiet: Quiet | None = None
) -> Series | None:
    """The meetings from `since` on, and some before it; None where a pause leaves nothing."""
    return _Weaver(slot, zone_named(zone_name), changes, since, quiet).series()


class _Weaver:
    """Works out one series."""

    def __init__(
        self, slot: Slot, zone: ZoneInfo, changes: Sequence[DatedChange], since: date, quiet: Quiet | None
    ) -> None:
        self.slot, self.zone, self.changes = slot, zone, changes
        self.since: datetime | None
        self.until: datetime | None
        self.since, self.until = quiet or (None, None)
        if self.until and self.until.date() >= _FAR:
            self.until = None
        self.gone = {change.on for change in changes if change.kind != Deviation.EXTRA}
        if self.until and self._in_pause(self._at(since)):
            since = self.until.astimezone(zone).date()
        # A date before all that is told: so every date put in comes after it.
        *_, self.first = regular_dates(slot, since - _LONGEST_STEP, since)

    def series(self) -> Series | None:
        start = self._at(self.first)
        if self.until is None and self._in_pause(start):
            return None
        free = {on for on in self.gone if self._is_regular(on) and not self._in_pause(self._at(on))}
        told, apart = self._put_in(free)
        kept = {one.instead_of for one in told}
        without = {self._wall(on) for on in free} | {self._wall(on) for on in self._paused()}
        return Series(
            start=self._wall(self.first),
            minutes=self.slot.minutes,
            rule=self._rule(),
            without=tuple(sorted(without - kept)),
            told=tuple(told),
            apart=tuple(apart),
        )

    def _put_in(self, free: set[date]) -> tuple[list[Telling], list[Occurrence]]:
        """The dates told differently, and those that the rule does not have at all."""
        told: dict[datetime, Occurrence] = {}
        apart: list[Occurrence] = []
        rest: list[tuple[date | None, Occurrence]] = []
        for moved_from, found in self._added():
            own = found.start.astimezone(self.zone).date()
            if self._is_regular(own) and self._at(own) == found.start:
                told[self._wall(own)] = found
            else:
                rest.append((moved_from, found))
        for moved_from, found in rest:
            if moved_from in free and self._wall(moved_from) not in told:
                told[self._wall(moved_from)] = found
            else:
                apart.append(found)
        return [Telling(*one) for one in told.items() if not self._is_plain(*one)], apart

    def _is_plain(self, wall: datetime, found: Occurrence) -> bool:
        """Whether the series says the same of it already."""
        length = timedelta(minutes=self.slot.minutes)
        return (
            found.start == wall.astimezone(found.start.tzinfo)
            and found.end - found.start == length
            and not found.note
            and wall.date() not in self.gone
        )

    def _added(self) -> Iterator[tuple[date | None, Occurrence]]:
        """What the changes add, each start once; with the date it was moved from."""
        seen: set[datetime] = set()
        for change, found in sorted(added_by(self.slot, self.zone, self.changes), key=lambda one: one[1]):
            is_past = found.start < self._at(self.first)
            if not is_past and found.start not in seen and not self._in_pause(found.start):
                seen.add(found.start)
                yield (change.on if found.kind == Kind.MOVED else None), found

    def _paused(self) -> Iterator[date]:
        """The regular dates that a pause with an end takes out."""
        if self.since is None or self.until is None:
            return
        begins = max(self.first, self.since.astimezone(self.zone).date() - timedelta(days=1))
        for on in regular_dates(self.slot, begins, self.until.astimezone(self.zone).date()):
            if self._in_pause(self._at(on)):
                yield on

    def _rule(self) -> str:
        rule = rrule(self.slot)
        if self.since is None or self.until is not None:
            return rule
        return f"{rule};UNTIL={self.since - timedelta(seconds=1):%Y%m%dT%H%M%SZ}"

    def _at(self, on: date) -> datetime:
        return instant(on, self.slot.start, self.zone)

    def _wall(self, on: date) -> datetime:
        return datetime.combine(on, self.slot.start, self.zone)

    def _is_regular(self, on: date) -> bool:
        return on >= self.first and any(regular_dates(self.slot, on, on))

    def _in_pause(self, at: datetime) -> bool:
        return self.since is not None and self.since <= at and (self.until is None or at < self.until)
