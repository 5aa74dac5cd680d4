"""Any slot, any zone and what may befall its dates, for properties of calendars."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from rules.listing import DatedChange, Deviation, Recurrence, Slot

ZONES = ("America/New_York", "Europe/London", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kolkata")
NOW = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)
DAYS = st.dates(date(2026, 10, 1), date(2027, 6, 30))

recurrences = st.one_of(
    st.just(Recurrence()),
    st.builds(Recurrence, every=st.integers(2, 5), anchor=st.none() | DAYS),
    st.builds(
        Recurrence,
        nth=st.lists(st.sampled_from([1, 2, 3, 4, 5, -1]), min_size=1, max_size=3, unique=True).map(tuple),
    ),
)
# Hours at which clocks change are as likely as all others together.
starts = st.builds(time, st.sampled_from([0, 1, 2, 3]) | st.integers(0, 23), st.sampled_from([0, 30, 59]))
slots = st.builds(Slot, st.integers(0, 6), starts, st.sampled_from([30, 60, 90, 300]), recurrences)


@st.composite
def changes(draw: st.DrawFn, slot: Slot) -> tuple[DatedChange, ...]:
    """Some on the slot's own weekday, some not; at most one of a kind a date."""
    found: dict[tuple[date, Deviation], DatedChange] = {}
    for _ in range(draw(st.integers(0, 5))):
        on = draw(DAYS)
        if draw(st.booleans()):
            on += timedelta(days=(slot.weekday - on.isoweekday()) % 7)
        kind = draw(st.sampled_from(list(Deviation)))
        found[on, kind] = DatedChange(
            on,
            kind,
            to_date=draw(st.none() | DAYS) if kind == Deviation.MOVED else None,
            to_start=draw(st.none() | starts) if kind != Deviation.CLOSED else None,
            minutes=draw(st.none() | st.just(45)) if kind != Deviation.CLOSED else None,
            note=draw(st.sampled_from(["", "Hall shut"])),
        )
    return tuple(found.values())


pauses = st.none() | st.tuples(st.none() | DAYS, st.none() | DAYS)
"""(paused from, back on), or no pause."""
