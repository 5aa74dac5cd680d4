"""What comes first: turns, the daily shuffle, and distances that are only estimated."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from math import sin

import pytest
from geopy.distance import geodesic
from hypothesis import example, given
from hypothesis import strategies as st

from rules.ranking import (
    SHUFFLED_SQL,
    Candidate,
    Turn,
    estimate,
    nearest,
    shuffle_of,
    shuffled,
    soonest,
    turn,
)

NOW = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)
latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(0, Turn.AHEAD), (5, Turn.AHEAD), (-10, Turn.AHEAD), (-11, Turn.UNDER_WAY), (None, Turn.UNDATED)],
)
def test_turn(minutes: int | None, expected: Turn) -> None:
    start = None if minutes is None else NOW + timedelta(minutes=minutes)
    assert turn(start, NOW) is expected


def _at(key: int, minutes: int | None) -> Candidate:
    start = None if minutes is None else NOW + timedelta(minutes=minutes)
    return Candidate(key, start, start)


def test_soonest_puts_what_is_well_under_way_after_what_is_to_come_and_the_undated_last() -> None:
    found = soonest([_at(1, None), _at(2, -30), _at(3, 600), _at(4, -10), _at(5, -50), _at(6, 5)], NOW, 7)
    assert [one.key for one in found] == [4, 6, 3, 5, 2, 1]


def test_who_is_first_among_those_of_one_start_changes_by_the_day() -> None:
    firsts = set()
    for day in range(60):
        factor = shuffle_of(date(2026, 1, 1) + timedelta(days=day))
        order = [one.key for one in soonest([_at(key, 30) for key in range(1, 9)], NOW, factor)]
        assert sorted(order) == list(range(1, 9))
        firsts.add(order[0])
    assert len(firsts) == 8


@given(st.integers(1, 2**40), st.dates())
def test_the_shuffle_fits_64_bits_and_is_written_alike_for_databases(key: int, on: date) -> None:
    factor = shuffle_of(on)
    assert factor > 0
    assert key % 999_983 * factor < 2**63
    written = SHUFFLED_SQL.format(key=key, factor=factor).replace("%%", "%")
    with closing(sqlite3.connect(":memory:")) as database:
        [computed] = database.execute(f"SELECT {written}").fetchone()
    assert computed == shuffled(key, factor)


@given(latitudes, longitudes, latitudes, longitudes)
@example(0.0, 0.0, 0.0, 179.9)
@example(40.0, -73.0, 40.01, -73.0)
@example(89.9, 0.0, 89.9, 180.0)
def test_an_estimate_is_right_within_its_error(lat0: float, lon0: float, lat: float, lon: float) -> None:
    km, error = estimate(lat0, lon0, lat, lon)
    # A nanometre of grace: the geodesic itself rounds what is smaller to nothing.
    assert abs(km - geodesic((lat0, lon0), (lat, lon)).km) <= error + 1e-12


@st.composite
def estimated(draw: st.DrawFn) -> tuple[dict[tuple[float, float], float], list[Candidate]]:
    """Meetings at spots along a line, each with an estimate that is off by up to its error."""
    real = {(float(spot), 0.0): draw(st.floats(0, 5)) for spot in range(draw(st.integers(1, 12)))}
    found = []
    for key in range(draw(st.integers(1, 20))):
        spot = draw(st.sampled_from(sorted(real)))
        # The same spot has the same estimate, whichever meeting it is of.
        error = 0.1 + spot[0] / 10
        km = max(real[spot] + error * sin(spot[0] * 7), 0.0)
        start = NOW + timedelta(hours=draw(st.integers(0, 5)))
        found.append(Candidate(key, start, start, km, error + 1e-9, *spot))
    return real, found


@given(estimated(), st.integers(1, 25))
def test_nearest_is_exact_however_rough_the_estimates(
    given_: tuple[dict[tuple[float, float], float], list[Candidate]], count: int
) -> None:
    real, found = given_
    right = sorted(found, key=lambda one: (real[one.latitude, one.longitude], one.start, one.key))
    first = nearest(found, lambda *spot: real[spot], count)
    assert [real[one.latitude, one.longitude] for one in first] == [
        real[one.latitude, one.longitude] for one in right[:count]
    ]
    if len(set(real.values())) == len(real):
        assert [one.key for one in first] == [one.key for one in right[:count]]


def test_a_rough_estimate_is_held_against_all_it_may_be_before() -> None:
    """The third may be first of all, though the second is certainly after the first."""
    real = {(1.0, 0.0): 1.0, (2.0, 0.0): 2.0, (3.0, 0.0): 0.95}
    rough = {(1.0, 0.0): (1.0, 0.1), (2.0, 0.0): (2.0, 0.1), (3.0, 0.0): (3.0, 2.1)}
    found = [Candidate(int(spot[0]), NOW, NOW, *rough[spot], *spot) for spot in real]
    assert [one.key for one in nearest(found, lambda *spot: real[spot], 3)] == [3, 1, 2]


def test_what_the_estimates_decide_is_not_measured() -> None:
    found = [Candidate(key, None, None, float(key), 0.01, float(key), 0.0) for key in range(5)]

    def measure(latitude: float, longitude: float) -> float:
        raise AssertionError("measured in vain")

    assert [one.key for one in nearest(found, measure, 3)] == [0, 1, 2]
