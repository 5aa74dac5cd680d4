"""Invented times: when groups meet, on which dates they do not, and when they rest.

Everything dated lies in the year asked for, so that a sample loaded twice in a year is the same sample.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from rules.listing import DatedChange, Deviation, Recurrence, Slot, Status
from rules.recurrence import regular_dates

from .dice import Dice, Odds
from .words import Words

_DAYS = Odds(
    {
        (): 52,  # any one day
        (1, 3, 5): 13,
        (2, 4): 12,
        (0, 6): 5,
        (1, 2, 3, 4, 5): 8,
        (0, 1, 2, 3, 4, 5, 6): 6,
        (1, 4): 4,
    }
)


def _clock(text: str) -> dict[time, float]:
    pairs = (entry.split("*") for entry in text.split())
    return {time.fromisoformat(clock): float(weight) for clock, weight in pairs}


_WEEKDAY = Odds(
    _clock(
        "06:00*2 06:30*3 07:00*6 07:30*3 08:00*2 09:00*2 09:30*2 10:00*4 11:00*2 12:00*11 12:10*1 12:15*3"
        " 12:30*4 13:00*2 14:00*1 15:00*1 16:00*1 17:00*2 17:30*6 18:00*12 18:15*2 18:30*14 19:00*24 19:15*2"
        " 19:30*20 20:00*18 20:30*5 21:00*4 21:30*1 22:00*2 22:30*1 23:00*0.7 23:30*0.7 00:00*0.4"
    )
)
_WEEKEND = Odds(
    _clock(
        "06:30*1 07:00*4 07:30*2 08:00*6 08:30*5 09:00*10 09:30*8 10:00*14 10:30*6 11:00*7 12:00*6 13:00*2"
        " 14:00*2 15:00*2 16:00*2 17:00*4 18:00*9 18:30*5 19:00*12 19:30*8 20:00*8 21:00*2 22:00*2 23:00*1.5"
        " 00:00*0.5"
    )
)
LENGTHS = Odds({60: 56, 90: 26, 75: 7, 45: 3, 120: 4, 30: 1, 55: 1, 85: 1})
_LATE = Odds({60: 5, 90: 3, 120: 3})  # those that run past midnight are among them

_RECURRENCES = Odds({"weekly": 900, "every": 45, "nth": 55})
_EVERY = Odds({2: 6, 3: 1.5, 4: 3})
_NTH = Odds({(1,): 8, (2,): 4, (3,): 4, (-1,): 6, (1, 3): 7, (2, 4): 5, (1, -1): 1, (5,): 1, (4,): 2})
FIRST_WEEK = date(2024, 1, 7)  # a Sunday; anchors lie in one of the weeks after it


def slots(dice: Dice) -> list[Slot]:
    """The slots of one group: alike but for the day."""
    days = dice.by(_DAYS) or (int(dice.random() * 7),)
    first = int(dice.random() * len(days))
    weekend = days[0] in (0, 6) and len(days) < 3
    start = dice.by(_WEEKEND if weekend else _WEEKDAY)
    minutes = dice.by(_LATE if start.hour >= 22 else LENGTHS)
    rule = recurrence(days[0], dice) if len(days) == 1 else Recurrence()
    return [Slot(day, start, minutes, rule) for day in days[first:] + days[:first]]


def recurrence(weekday: int, dice: Dice) -> Recurrence:
    """Mostly every week."""
    match dice.by(_RECURRENCES):
        case "every":
            every = dice.by(_EVERY)
            return Recurrence(every=every, anchor=anchor(weekday, int(dice.random() * every)))
        case "nth":
            return Recurrence(nth=dice.by(_NTH))
    return Recurrence()


def anchor(weekday: int, weeks: int) -> date:
    """A date of that weekday so many weeks after the first week."""
    return FIRST_WEEK + timedelta(weeks=weeks, days=weekday)


def dated_changes(slot: Slot, year: int, words: Words, dice: Dice) -> tuple[DatedChange, ...]:
    """One to three exceptions on regular dates of the year, by date."""
    dates = list(regular_dates(slot, date(year, 1, 1), date(year, 12, 31)))
    if not dates:
        return ()
    chosen = sorted({dice.one(dates) for _ in range(dice.upto(3))})
    return tuple(dated_change(on, slot, words, dice) for on in chosen)


def dated_change(on: date, slot: Slot, words: Words, dice: Dice) -> DatedChange:
    """One exception about one regular date."""
    throw = dice.random()
    if throw < 0.55:
        return DatedChange(on, Deviation.CLOSED, note=dice.one(words.closed))
    if throw < 0.80:
        later = slot.start.hour < 21
        return DatedChange(
            on,
            Deviation.MOVED,
            to_date=None if later else on + timedelta(days=1),
            to_start=slot.start.replace(hour=slot.start.hour + 1) if later else None,
            note=words.moved[0] if later else words.moved[-1],
        )
    return DatedChange(
        on + timedelta(days=2), Deviation.EXTRA, minutes=slot.minutes + 30, note=dice.one(words.extra)
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a meeting takes place at all, and when it was last written down."""

    status: Status = Status.ACTIVE
    paused_from: date | None = None
    paused_until: date | None = None


_ACTIVE = Standing()


def standing(year: int, dice: Dice) -> Standing:
    """Nearly always active."""
    throw = dice.random()
    if throw < 0.972:
        return _ACTIVE
    if throw < 0.982:
        return Standing(Status.CLOSED)
    since = date(year, 1, 1) + timedelta(days=int(dice.random() * 330))
    if throw < 0.987:
        return Standing(Status.PAUSED, since)
    if throw < 0.989:
        return Standing(Status.PAUSED)
    return Standing(Status.PAUSED, since, since + timedelta(weeks=2 + dice.upto(10)))


def updated(year: int, dice: Dice) -> datetime:
    """When a listing was last changed: some day of the three years before."""
    return datetime(year, 1, 1, tzinfo=UTC) - timedelta(minutes=dice.upto(3 * 365 * 24 * 60))
