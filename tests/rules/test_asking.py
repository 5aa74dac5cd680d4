"""Each find parameter: what it takes, and what it refuses rather than bends."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import asking
from rules.search import Order, Point, When

GOOD = [
    (asking.near, "40.7128,-74.006", Point(40.713, -74.006)),
    (asking.near, " +40.7 , -.5 ", Point(40.7, -0.5)),
    (asking.near, "-90,180", Point(-90, 180)),
    (asking.near, "1e1,1E1", Point(10, 10)),
    (asking.near, " Brooklyn, NY ", "Brooklyn, NY"),
    (asking.near, "11215", "11215"),
    (asking.near, "١,٢", "١,٢"),
    (asking.near, "😀 ירושלים", "😀 ירושלים"),
    (asking.words, "x" * 200, "x" * 200),
    (asking.radius_km, "0.1", 0.1),
    (asking.radius_km, "1000", 1000.0),
    (asking.radius_km, "1e-300", 1e-300),
    (asking.radius_mi, "10", pytest.approx(16.09344)),
    (asking.when, "tonight", When.TONIGHT),
    (asking.day, "0", 0),
    (asking.day, "6", 6),
    (asking.clock, "00:00", 0),
    (asking.clock, "23:59", 1439),
    (asking.attendance, "in_person", "in_person"),
    (asking.slug, "al-anon", "al-anon"),
    (asking.type_code, "A", ("", "A")),
    (asking.type_code, "aa:12x12", ("aa", "12x12")),
    (asking.type_code, "L/R", ("", "L/R")),
    (asking.language, "es", "es"),
    (asking.language, "pt-BR", "pt-BR"),
    (asking.order, "soonest", Order.SOONEST),
    (asking.zone, "America/New_York", "America/New_York"),
    (asking.flag, "0", False),
    (asking.flag, "1", True),
    (asking.limit, "1", 1),
    (asking.limit, "500", 500),
    (asking.limit, "50.0", 50),
    (asking.offset, "o50", 50),
]
NONSENSE = [
    "nonsense!",
    "-1",
    "9" * 400,
    "1e999",
    "NaN",
    "a\x00b",
    "\x85",
    "😀",
    "שלום",
    "١",
    "1_0",
    "1\n",
    "\ud800",
]
# Well-formed, though probably nobody's.
NAMES = {"1_0", "1e999", "NaN"}
NAMED = (asking.slug, asking.type_code)
STRICT = [
    asking.radius_km, asking.radius_mi, asking.when, asking.day, asking.clock, asking.attendance,
    asking.slug, asking.type_code, asking.language, asking.order, asking.zone, asking.flag, asking.limit,
    asking.offset,
]  # fmt: skip
BAD = [
    *[(reader, text) for reader in STRICT for text in NONSENSE if not (reader in NAMED and text in NAMES)],
    *[(asking.near, text) for text in ("a\x00b", "\x85", "\n", "\ud800", "x" * 201)],
    *[(asking.words, text) for text in ("a\x00b", "\x85", "\n", "\ud800", "x" * 201)],
    (asking.near, "90.0001,0"),
    (asking.near, "0,-180.0001"),
    (asking.near, "1e400,0"),
    (asking.radius_km, "0"),
    (asking.radius_km, "1000.0001"),
    (asking.radius_mi, "622"),
    (asking.day, "7"),
    (asking.clock, "24:00"),
    (asking.clock, "7:00"),
    (asking.limit, "0"),
    (asking.limit, "501"),
    (asking.limit, "1.5"),
    (asking.slug, "UPPER"),
    (asking.type_code, ":A"),
    (asking.type_code, "aa:"),
    (asking.zone, "america/new_york"),
    (asking.zone, "../../etc/passwd"),
    (asking.offset, "50"),
]  # fmt: skip


@pytest.mark.parametrize(("reader", "text", "value"), GOOD)
def test_what_it_takes(reader, text, value):
    assert reader(text) == value


@pytest.mark.parametrize(("reader", "text"), BAD)
def test_what_it_refuses(reader, text):
    with pytest.raises(ValueError):
        reader(text)


def test_a_cursor_is_read_as_it_was_made():
    assert [asking.offset(asking.cursor(offset)) for offset in (0, 50, 999_999)] == [0, 50, 999_999]


@given(st.text())
def test_any_text_is_taken_or_refused(text):
    for reader in (*STRICT, asking.near, asking.words):
        try:
            reader(text)
        except ValueError:
            continue


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_point_is_kept_to_three_decimals(latitude, longitude):
    point = asking.near(f"{latitude!r},{longitude!r}")
    assert isinstance(point, Point)
    assert math.isclose(point.latitude, latitude, abs_tol=0.0005001)
    assert math.isclose(point.longitude, longitude, abs_tol=0.0005001)
