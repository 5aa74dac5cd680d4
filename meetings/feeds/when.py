"""When a row's meeting meets: its slots, one a weekday. What cannot be read is held back, not guessed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from django.utils.translation import gettext as _

from meetings.feeds.reading import Row, excerpt
from rules.clock_words import Clock, read_clock, read_days
from rules.listing import Slot

DEFAULT_MINUTES = 60
DAY = 24 * 60
# Longer ones exist, but more often an end is mistyped.
LONG = 6 * 60


@dataclass(frozen=True, slots=True)
class Slots:
    """The weekdays and the slot's other facts. No days: by appointment.

    `held_back`: the row names a day or a time that cannot be read. Listing it anyway would send people at
    a wrong time, or turn a weekly meeting into one by appointment; so it waits, and what was known stays.
    """

    days: tuple[int, ...] = ()
    start: time = time(0)
    minutes: int = DEFAULT_MINUTES
    several: bool = False
    held_back: bool = False

    def by_suffix(self) -> Iterator[tuple[str, Slot | None]]:
        """Each slot with what its weekday adds to the row's id: "" for a row of one day."""
        if not self.days:
            yield "", None
        for day in self.days:
            yield f"-{day}" if self.several else "", Slot(day, self.start, self.minutes)


def read_slots(row: Row) -> Slots:
    """Day, time and end of a Meeting Guide row."""
    written_day, written_time = row.value("day"), row.value("time", "start_time")
    days = read_days(written_day)
    several = isinstance(written_day, list) or len(days.days) > 1
    if days.unread:
        _hold(row, "unreadable_day", _("Day says “%(text)s”."), days.unread[0], several=several)
        if not days.days:
            return Slots(held_back=True)
    if days.guessed:
        row.guess("day_seven", _("Day 7 was taken as Sunday."))
    if written_time is None or not days.days:
        if (written_time is None) != (not days.days):
            row.problem("half_a_slot", _("Only one of day and time is there. Listed as by appointment."))
        return Slots()
    start = _start(row, written_time, several=several)
    if start is None:
        return Slots(held_back=True)
    return Slots(days.days, start, _minutes(row, start), several)


def _hold(row: Row, code: str, text: str, written: object, *, several: bool) -> None:
    """Tell that a row waits. A row of several days stands for several ids, so it names none of them."""
    source_id, row.source_id = row.source_id, "" if several else row.source_id
    row.problem(code, text % {"text": excerpt(written)} + " " + _("Nothing else in this row is lost."))
    row.source_id = source_id


def _start(row: Row, written: object, *, several: bool) -> time | None:
    clock = read_clock(written)
    if clock is None:
        _hold(row, "unreadable_time", _("Start says “%(text)s”."), written, several=several)
        return None
    _tell_clock(row, clock, written)
    return clock.time


def _tell_clock(row: Row, clock: Clock, written: object) -> None:
    if clock.guessed:
        text = _("“%(text)s” was taken as %(clock)s.")
        row.guess("time_guessed", text % {"text": excerpt(written), "clock": f"{clock.time:%H:%M}"})


def _minutes(row: Row, start: time) -> int:
    """How long it takes. An end before the start lies past midnight."""
    written = row.value("end_time")
    if written is None:
        return DEFAULT_MINUTES
    end = read_clock(written)
    if end is None or end.time == start:
        text = _("End says “%(text)s”. Taken as one hour after the start.")
        row.guess("end_guessed", text % {"text": excerpt(written)})
        return DEFAULT_MINUTES
    minutes = (end.time.hour - start.hour) * 60 + end.time.minute - start.minute
    return checked_length(row, minutes % DAY)


def checked_length(row: Row, minutes: int) -> int:
    """`minutes` as they are, with a remark when they are many."""
    if minutes >= LONG:
        row.guess("long", _("It takes %(hours).1f hours. Is that right?") % {"hours": minutes / 60})
    return minutes
