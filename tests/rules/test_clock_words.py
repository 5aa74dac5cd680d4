"""Days and times as people and programs write them."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.clock_words import Days, read_clock, read_days, read_minutes


@pytest.mark.parametrize(
    ("written", "days"),
    [
        (0, (0,)),
        (6, (6,)),
        (3.0, (3,)),
        ("3", (3,)),
        (" 2 ", (2,)),
        ("Monday", (1,)),
        ("MON", (1,)),
        ("Mondays", (1,)),
        ("miércoles", (3,)),
        ("Sábado", (6,)),
        ("jeudi", (4,)),
        ("Dienstag", (2,)),
        ("terça-feira", (2,)),
        ([1, 2], (1, 2)),
        ([2, "Monday", None, "", 2], (1, 2)),
        ([[1], [[5]]], (1, 5)),
        ("Mon, Wed & Fri", (1, 3, 5)),
        ("lunes y jueves", (1, 4)),
        ("mar/jeu", (2, 4)),
        ("daily", (0, 1, 2, 3, 4, 5, 6)),
        ("Weekdays", (1, 2, 3, 4, 5)),
        ("weekends", (0, 6)),
        (None, ()),
        ("", ()),
        (" ", ()),
        ([], ()),
        ([None], ()),
    ],
)
def test_days(written, days):
    assert read_days(written) == Days(days)


def test_seven_is_taken_as_sunday_and_said_to_be():
    assert read_days(7) == read_days("7") == read_days([7]) == Days((0,), (), guessed=True)


@pytest.mark.parametrize(
    "written", [8, "8", -1, 1.5, True, "Funday", "10", {"day": 1}, float("nan"), 10**400]
)
def test_what_names_no_day_is_unread(written):
    assert read_days(written) == Days((), (str(written),))


def test_the_readable_days_of_a_list_count():
    assert read_days(["Monday", "Funday"]) == Days((1,), ("Funday",))


@pytest.mark.parametrize(
    ("written", "hour", "minute"),
    [
        ("18:30", 18, 30),
        ("18:30:00", 18, 30),
        ("18:30:15.250", 18, 30),
        ("0:05", 0, 5),
        ("6:30 PM", 18, 30),
        ("6:30pm", 18, 30),
        ("7:00p", 19, 0),
        ("7 p.m.", 19, 0),
        ("7am", 7, 0),
        ("12:00 AM", 0, 0),
        ("12:30 pm", 12, 30),
        ("19h30", 19, 30),
        ("19h", 19, 0),
        ("19.30", 19, 30),
        ("19:30 Uhr", 19, 30),
        ("Noon", 12, 0),
        ("12 noon", 12, 0),
        ("mediodía", 12, 0),
    ],
)
def test_clock(written, hour, minute):
    clock = read_clock(written)
    assert clock
    assert (clock.time, clock.guessed) == (time(hour, minute), False)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Midnight", time(0)),
        ("1930", time(19, 30)),
        (1930, time(19, 30)),
        (700, time(7)),
        ("18:30 PM", time(18, 30)),
    ],
)
def test_clock_that_allows_another_reading(written, meant):
    clock = read_clock(written)
    assert clock
    assert (clock.time, clock.guessed) == (meant, True)


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "7",
        7,
        "24:00",
        "25:00",
        "19:60",
        "2575",
        2575,
        99,
        "13:00 am",
        "0:30 pm",
        "7.00 om",
        None,
        True,
        [],
    ],
)
def test_no_clock(written):
    assert read_clock(written) is None


@given(
    st.times(),
    st.sampled_from(["{:%H:%M}", "{:%H:%M:%S}", "{:%I:%M %p}", "{:%I:%M%p}", "{:%H.%M}", "{:%Hh%M}"]),
)
def test_every_time_comes_back_from_every_writing(moment, writing):
    clock = read_clock(writing.format(moment))
    assert clock
    assert clock.time == moment.replace(second=0, microsecond=0)


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("01:30:00", 90),
        ("01:30", 90),
        ("24:00:00", 1440),
        ("00:20:00", 20),
        ("00:00:00", None),
        ("25:00:00", None),
        ("", None),
        ("an hour", None),
        (None, None),
        (90, None),
    ],
)
def test_minutes(written, minutes):
    assert read_minutes(written) == minutes
