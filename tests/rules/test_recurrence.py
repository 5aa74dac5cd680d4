"""When a meeting takes place: against a day-by-day expansion, `dateutil`, and cases from the calendar."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

import pytest
from dateutil.rrule import rrulestr
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rules.listing import DatedChange, Deviation, Recurrence, Slot
from rules.recurrence import (
    HORIZON,
    CalendarDate,
    Occurrence,
    Quiet,
    calendar,
    instant,
    next_occurrence,
    occurrences,
    regular_dates,
    rrule,
)
from rules.zones import zone

from .civil import DAY, ZONES, changes_of_clocks, first_showing, reading, zones_and_moments

WEEK = timedelta(weeks=1)
NEW_YORK = "America/New_York"
TUESDAYS = Slot(2, time(19, 30))


# The plain reckoning


def counts(slot: Slot, on: date) -> bool:
    """Whether a date is one of the slot's own."""
    rule = slot.recurrence
    sunday_based = on.isoweekday() % 7
    if sunday_based != slot.weekday:
        return False
    if rule.nth:
        return (on.day + 6) // 7 in rule.nth or (-1 in rule.nth and (on + WEEK).month != on.month)
    anchor = rule.anchor or date(2000, 1, 2)
    weeks = ((on - sunday_based * DAY) - (anchor - anchor.isoweekday() % 7 * DAY)).days // 7
    return weeks % rule.every == 0


def expand(
    slot: Slot,
    name: str,
    changes: Sequence[DatedChange],
    since: datetime,
    until: datetime,
    quiet: Quiet | None,
) -> list[tuple[datetime, datetime, date, str, str]]:
    """What `occurrences` should give, the slow way."""
    closed = {change.on for change in changes if change.kind == "closed"}
    moved = {change.on for change in changes if change.kind == "moved"}
    found = []
    for change in changes:
        if change.kind == "closed" or (change.kind == "moved" and change.on in closed):
            continue
        on = change.to_date if change.kind == "moved" and change.to_date else change.on
        at = change.to_start if change.to_start is not None else slot.start
        minutes = change.minutes if change.minutes is not None else slot.minutes
        found.append((on, at, minutes, str(change.kind), change.note))
    day = since.date() - timedelta(minutes=slot.minutes) - 3 * DAY
    while day <= until.date() + 3 * DAY:
        if counts(slot, day) and day not in closed | moved:
            found.append((day, slot.start, slot.minutes, "regular", ""))
        day += DAY
    expanded: dict[datetime, tuple[datetime, datetime, date, str, str]] = {}
    whole = []
    for on, at, minutes, kind, note in found:
        start = first_showing(on, at, zone(name))
        whole.append((start, start + timedelta(minutes=minutes), on, kind, note))
    for one in sorted(whole, key=lambda one: (one[0], one[3] == "regular", one)):
        expanded.setdefault(one[0], one)
    return [
        one
        for one in expanded.values()
        if one[1] > since
        and one[0] < until
        and not (quiet and quiet[0] <= one[0] and (quiet[1] is None or one[0] < quiet[1]))
    ]


def plain(found: Occurrence) -> tuple[datetime, datetime, date, str, str]:
    return (found.start, found.end, found.on, str(found.kind), found.note)


times = st.one_of(
    st.sampled_from(
        [time(0), time(0, 30), time(1, 30), time(2), time(2, 15), time(2, 30), time(3), time(23, 45)]
    ),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
rules = st.one_of(
    st.just(Recurrence()),
    st.builds(Recurrence, st.integers(1, 53), st.none() | st.dates(date(2024, 1, 1), date(2030, 1, 1))),
    st.lists(st.sampled_from([1, 2, 3, 4, 5, -1]), min_size=1, max_size=3, unique=True).map(
        lambda nth: Recurrence(nth=tuple(nth))
    ),
)
lengths = st.one_of(st.sampled_from([30, 60, 90]), st.integers(1, 10080))
slots = st.builds(Slot, st.integers(0, 6), times, lengths, rules)


@st.composite
def stories(draw: st.DrawFn) -> tuple[Slot, str, datetime, list[DatedChange], Quiet | None]:
    """A slot, a zone, a moment, what was changed around it and whether there is a pause."""
    name, now = draw(zones_and_moments())
    slot = draw(slots)
    if draw(st.booleans()):  # meet within hours of the moment, which may be a change of clocks
        slot = Slot(reading(now, zone(name)).isoweekday() % 7, slot.start, slot.minutes, slot.recurrence)
    near = now.date() - 10 * DAY
    own = list(regular_dates(slot, near, near + 60 * DAY)) or [near]
    days = st.sampled_from(own) | st.integers(0, 60).map(lambda day: near + day * DAY)
    changes = draw(
        st.lists(
            st.builds(
                DatedChange,
                days,
                st.sampled_from(Deviation),
                st.none() | days,
                st.none() | times,
                st.none() | st.integers(1, 300),
                st.sampled_from(["", "Back room"]),
            ),
            max_size=4,
            unique_by=lambda change: (change.on, change.kind),
        )
    )
    quiet = None
    if draw(st.booleans()) and draw(st.booleans()):
        start = now + draw(st.integers(-40, 20)) * DAY
        quiet = (start, draw(st.none() | st.integers(0, 100).map(lambda days: start + days * DAY)))
    return slot, name, now, changes, quiet


@settings(max_examples=250, deadline=None)
@given(stories(), st.integers(0, 40 * 1440))
def test_occurrences_are_those_of_the_plain_reckoning(
    story: tuple[Slot, str, datetime, list[DatedChange], Quiet | None], minutes: int
) -> None:
    slot, name, now, changes, quiet = story
    until = now + timedelta(minutes=minutes)
    found = [plain(one) for one in occurrences(slot, name, changes, now, until, quiet=quiet)]
    assert found == expand(slot, name, changes, now, until, quiet)


@settings(max_examples=250, deadline=None)
@given(stories())
def test_next_is_the_first_that_has_not_ended(
    story: tuple[Slot, str, datetime, list[DatedChange], Quiet | None],
) -> None:
    slot, name, now, changes, quiet = story
    found = next_occurrence(slot, name, changes, now, quiet=quiet)
    until = found.start + timedelta(minutes=1) if found else now + HORIZON
    assert expand(slot, name, changes, now, until, quiet)[:1] == ([plain(found)] if found else [])


@pytest.mark.parametrize("name", ZONES)
def test_weekly_over_every_change_of_clocks(name: str) -> None:
    """Every quarter of an hour of the day around each change, in each zone."""
    where = zone(name)
    for change in changes_of_clocks(name)[:4]:
        for quarter in range(96):
            local = reading(change, where).date()
            slot = Slot(local.isoweekday() % 7, time(quarter // 4, quarter % 4 * 15), 60)
            start = first_showing(local, slot.start, where)
            on_time = Occurrence(start, start + timedelta(hours=1), local)
            assert next_occurrence(slot, name, (), start) == on_time
            assert next_occurrence(slot, name, (), on_time.end - timedelta(seconds=1)) == on_time
            later = next_occurrence(slot, name, (), on_time.end)
            assert later
            assert later.on == local + WEEK


@settings(max_examples=200, deadline=None)
@given(slots, st.dates(date(2025, 1, 1), date(2028, 12, 31)))
def test_rrule_says_the_same_to_other_calendars(slot: Slot, since: date) -> None:
    own = list(islice(regular_dates(slot, since, date(2050, 1, 1)), 8))
    rule = rrulestr(rrule(slot), dtstart=datetime.combine(own[0], slot.start))
    assert [moment.date() for moment in islice(rule, 8)] == own


# Cases from the calendar


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "on", "at", "expected"),
    [
        ("America/New_York", "2026-03-08", "02:30", "2026-03-08 07:30"),  # skipped: 03:30 EDT
        ("America/New_York", "2026-11-01", "01:30", "2026-11-01 05:30"),  # twice: the first, EDT
        ("Europe/Berlin", "2027-03-28", "02:00", "2027-03-28 01:00"),
        ("Europe/Berlin", "2027-10-31", "02:59", "2027-10-31 00:59"),
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03 15:45"),  # half an hour is skipped
        ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04 14:45"),
        ("Africa/Cairo", "2026-04-24", "00:00", "2026-04-23 22:00"),  # midnight is skipped
        ("America/Havana", "2027-11-07", "00:30", "2027-11-07 04:30"),  # midnight comes twice
        ("America/Santiago", "2026-09-06", "00:30", "2026-09-06 04:30"),
        ("Antarctica/Troll", "2026-03-29", "01:30", "2026-03-29 01:30"),  # two hours are skipped
        ("Pacific/Apia", "2011-12-30", "19:00", "2011-12-31 05:00"),  # a day that never was
        ("Pacific/Kiritimati", "2026-01-01", "00:00", "2025-12-31 10:00"),
    ],
)
def test_skipped_and_repeated_wall_times(name: str, on: str, at: str, expected: str) -> None:
    assert instant(date.fromisoformat(on), time.fromisoformat(at), zone(name)) == utc(expected)


def test_a_meeting_on_the_day_samoa_left_out_is_still_running_on_the_next() -> None:
    found = next_occurrence(Slot(5, time(19), 60), "Pacific/Apia", (), utc("2011-12-31 05:30"))
    assert found == Occurrence(utc("2011-12-31 05:00"), utc("2011-12-31 06:00"), date(2011, 12, 30))


def test_a_duration_is_elapsed_time() -> None:
    night = Slot(0, time(1), 180)
    assert next_occurrence(night, NEW_YORK, (), utc("2026-11-01 04:00")) == Occurrence(
        utc("2026-11-01 05:00"), utc("2026-11-01 08:00"), date(2026, 11, 1)
    )


def test_a_running_one_counts_until_its_last_instant() -> None:
    start, end = utc("2026-11-25 00:30"), utc("2026-11-25 01:30")
    for now in (start - timedelta(minutes=1), start, end - timedelta(minutes=1)):
        assert next_occurrence(TUESDAYS, NEW_YORK, (), now) == Occurrence(start, end, date(2026, 11, 24))
    assert next_occurrence(TUESDAYS, NEW_YORK, (), end) == Occurrence(
        start + WEEK, end + WEEK, date(2026, 12, 1)
    )


def starts(
    slot: Slot, changes: Sequence[DatedChange], *, days: int = 21, quiet: Quiet | None = None
) -> list[str]:
    """Local starts in the three weeks from Sunday, 1 November 2026, in UTC's own zone."""
    since = utc("2026-11-01 00:00")
    found = occurrences(slot, "UTC", changes, since, since + days * DAY, quiet=quiet)
    return [
        f"{one.start:%d %H:%M} {one.end - one.start} {one.kind}{one.note and ' ' + one.note}" for one in found
    ]


THIRD, TENTH = date(2026, 11, 3), date(2026, 11, 10)
REGULAR = ["03 19:30 1:00:00 regular", "10 19:30 1:00:00 regular", "17 19:30 1:00:00 regular"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([], REGULAR),
        ([DatedChange(THIRD, Deviation.CLOSED)], REGULAR[1:]),
        ([DatedChange(date(2026, 11, 4), Deviation.CLOSED)], REGULAR),
        (
            [DatedChange(THIRD, Deviation.MOVED, date(2026, 11, 4), time(18), 90, "Hall B")],
            ["04 18:00 1:30:00 moved Hall B", *REGULAR[1:]],
        ),
        ([DatedChange(THIRD, Deviation.MOVED, to_start=time(0))], ["03 00:00 1:00:00 moved", *REGULAR[1:]]),
        (
            [DatedChange(THIRD, Deviation.MOVED, date(2026, 11, 12))],
            [REGULAR[1], "12 19:30 1:00:00 moved", REGULAR[2]],
        ),
        (
            [DatedChange(date(2026, 11, 4), Deviation.MOVED, date(2026, 11, 5))],
            [REGULAR[0], "05 19:30 1:00:00 moved", *REGULAR[1:]],
        ),
        (
            [DatedChange(THIRD, Deviation.MOVED, date(2026, 11, 4)), DatedChange(THIRD, Deviation.CLOSED)],
            REGULAR[1:],
        ),
        (
            [DatedChange(THIRD, Deviation.MOVED, TENTH, note="Both")],
            ["10 19:30 1:00:00 moved Both", REGULAR[2]],
        ),
        (
            [DatedChange(date(2026, 11, 6), Deviation.EXTRA)],
            [REGULAR[0], "06 19:30 1:00:00 extra", *REGULAR[1:]],
        ),
        ([DatedChange(THIRD, Deviation.EXTRA, minutes=120)], ["03 19:30 2:00:00 extra", *REGULAR[1:]]),
        ([DatedChange(THIRD, Deviation.EXTRA, to_start=time(7))], ["03 07:00 1:00:00 extra", *REGULAR]),
        (
            [DatedChange(THIRD, Deviation.CLOSED), DatedChange(THIRD, Deviation.EXTRA, to_start=time(7))],
            ["03 07:00 1:00:00 extra", *REGULAR[1:]],
        ),
    ],
)
def test_dated_changes(changes: list[DatedChange], expected: list[str]) -> None:
    assert starts(TUESDAYS, changes) == expected


@pytest.mark.parametrize(
    ("quiet", "expected"),
    [
        ((utc("2026-11-03 19:30"), utc("2026-11-17 19:30")), REGULAR[2:]),
        ((utc("2026-11-03 19:31"), utc("2026-11-17 19:29")), [REGULAR[0], REGULAR[2]]),
        ((utc("2026-11-04 00:00"), None), REGULAR[:1]),
        ((utc("2026-10-01 00:00"), utc("2026-10-30 00:00")), REGULAR),
    ],
)
def test_a_pause_leaves_out_what_starts_within(quiet: Quiet, expected: list[str]) -> None:
    assert starts(TUESDAYS, [], quiet=quiet) == expected


def test_a_pause_ends_no_running_meeting() -> None:
    quiet = (utc("2026-11-03 20:00"), None)
    found = next_occurrence(TUESDAYS, "UTC", (), utc("2026-11-03 20:15"), quiet=quiet)
    assert found
    assert found.start == utc("2026-11-03 19:30")
    assert next_occurrence(TUESDAYS, "UTC", (), utc("2026-11-03 20:30"), quiet=quiet) is None


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Recurrence(2, date(2026, 11, 7)), "03 17 01 15 29"),  # Saturday's week began on the 1st
        (Recurrence(2, date(2026, 11, 8)), "10 24 08 22"),
        (Recurrence(3, date(2027, 5, 4)), "17 08 29"),  # a later anchor counts backwards too
        (Recurrence(2), "03 17 01 15 29"),  # the week of 2 January 2000, and every other since
        (Recurrence(nth=(1, 3)), "03 17 01 15"),
        (Recurrence(nth=(-1,)), "24 29"),
        (Recurrence(nth=(4, -1)), "24 22 29"),
        (Recurrence(nth=(5,)), "29"),
        (Recurrence(nth=(-1, 1)), "03 24 01 29"),
        (Recurrence(nth=(0, 6, -9)), ""),  # no week of any month
    ],
)
def test_recurrences(rule: Recurrence, expected: str) -> None:
    slot = Slot(2, time(19, 30), 60, rule)
    dates = regular_dates(slot, date(2026, 11, 1), date(2026, 12, 31))
    assert " ".join(f"{on:%d}" for on in dates) == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Recurrence(), "FREQ=WEEKLY;BYDAY=TU"),
        (Recurrence(2, date(2026, 1, 1)), "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        (Recurrence(nth=(1, -1)), "FREQ=MONTHLY;BYDAY=1TU,-1TU"),
    ],
)
def test_rrule(rule: Recurrence, expected: str) -> None:
    assert rrule(Slot(2, time(19, 30), 60, rule)) == expected


def test_looks_past_long_runs_of_closures_and_rare_dates() -> None:
    now = utc("2026-11-23 12:00")
    closed = [DatedChange(date(2026, 11, 24) + week * WEEK, Deviation.CLOSED) for week in range(120)]
    found = next_occurrence(TUESDAYS, NEW_YORK, closed, now)
    assert found
    assert found.on == date(2026, 11, 24) + 120 * WEEK
    rare = Slot(2, time(19, 30), 60, Recurrence(53, date(2026, 11, 17)))
    found = next_occurrence(rare, NEW_YORK, (), now)
    assert found
    assert found.on == date(2026, 11, 17) + 53 * WEEK


def test_none_within_the_horizon() -> None:
    assert (
        next_occurrence(TUESDAYS, "UTC", (), utc("2026-11-23 12:00"), quiet=(utc("1970-01-01"), None)) is None
    )


def test_an_unknown_zone_is_an_error() -> None:
    with pytest.raises(KeyError):
        next_occurrence(TUESDAYS, "Mars/Olympus", (), utc("2026-11-23 12:00"))
    with pytest.raises(KeyError):
        calendar(TUESDAYS, "Mars/Olympus", (), THIRD, 1)


# The calendar on a meeting's page


def test_calendar_shows_what_becomes_of_each_date() -> None:
    changes = [
        DatedChange(TENTH, Deviation.CLOSED, note="Holiday"),
        DatedChange(TENTH, Deviation.EXTRA, to_start=time(8)),
        DatedChange(date(2026, 11, 17), Deviation.MOVED, date(2026, 11, 18), time(18), 90, "Hall B"),
        DatedChange(date(2026, 11, 24), Deviation.EXTRA, note="Birthday"),
        DatedChange(date(2026, 11, 11), Deviation.CLOSED, note="Not one of ours"),
        DatedChange(date(2026, 10, 13), Deviation.CLOSED),
        DatedChange(date(2026, 10, 13), Deviation.EXTRA),
    ]
    assert calendar(TUESDAYS, NEW_YORK, changes, date(2026, 10, 20), 8) == [
        CalendarDate(
            date(2026, 10, 20), utc("2026-10-20 23:30"), utc("2026-10-21 00:30"), None, "", "EDT", False
        ),
        CalendarDate(
            date(2026, 10, 27), utc("2026-10-27 23:30"), utc("2026-10-28 00:30"), None, "", "EDT", False
        ),
        CalendarDate(THIRD, utc("2026-11-04 00:30"), utc("2026-11-04 01:30"), None, "", "EST", True),
        CalendarDate(
            TENTH, utc("2026-11-10 13:00"), utc("2026-11-10 14:00"), Deviation.EXTRA, "", "EST", False
        ),
        CalendarDate(TENTH, None, None, Deviation.CLOSED, "Holiday", "EST", False),
        CalendarDate(
            date(2026, 11, 17),
            utc("2026-11-18 23:00"),
            utc("2026-11-19 00:30"),
            Deviation.MOVED,
            "Hall B",
            "EST",
            False,
        ),
        CalendarDate(
            date(2026, 11, 24),
            utc("2026-11-25 00:30"),
            utc("2026-11-25 01:30"),
            Deviation.EXTRA,
            "Birthday",
            "EST",
            False,
        ),
        CalendarDate(
            date(2026, 12, 1), utc("2026-12-02 00:30"), utc("2026-12-02 01:30"), None, "", "EST", False
        ),
    ]


def test_calendar_keeps_a_date_that_was_moved_ahead_of_today() -> None:
    moved = [DatedChange(THIRD, Deviation.MOVED, date(2026, 11, 5))]
    lines = calendar(TUESDAYS, "UTC", moved, date(2026, 11, 4), 2)
    assert [(line.on, line.start) for line in lines] == [
        (THIRD, utc("2026-11-05 19:30")),
        (TENTH, utc("2026-11-10 19:30")),
    ]


def test_calendar_takes_a_closed_and_an_extra_at_the_same_hour() -> None:
    both = [DatedChange(THIRD, kind) for kind in (Deviation.CLOSED, Deviation.EXTRA)]
    lines = calendar(TUESDAYS, "UTC", both, THIRD, 3)
    assert [line.deviation for line in lines] == [Deviation.EXTRA, Deviation.CLOSED, None]


def test_calendar_ends_with_the_calendar() -> None:
    lines = calendar(TUESDAYS, "UTC", (), date(9998, 12, 20), 5)
    assert [line.on for line in lines] == [date(9998, 12, 22), date(9998, 12, 29)]


@settings(max_examples=150, deadline=None)
@given(stories())
@example((TUESDAYS, "UTC", utc("2026-11-01 00:00"), [DatedChange(THIRD, Deviation.MOVED, THIRD)], None))
def test_calendar_and_occurrences_agree(
    story: tuple[Slot, str, datetime, list[DatedChange], Quiet | None],
) -> None:
    slot, name, now, changes, _ = story
    since = reading(now, zone(name)).date()
    lines = calendar(slot, name, changes, since, 12)
    until = min((line.on for line in lines[-1:]), default=since)
    begin = instant(since, time(), zone(name))
    expected = {
        one.start for one in occurrences(slot, name, changes, begin, instant(until, time(), zone(name)))
    }
    listed = {line.start for line in lines if line.start}
    assert {start for start in expected if start >= begin} <= listed
    assert len(lines) == 12
