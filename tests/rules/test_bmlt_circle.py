"""Distances as BMLT servers count them."""

from __future__ import annotations

import math
import random

import pytest

from rules.bmlt_circle import KM_A_DEGREE, LADDER, MILES_A_DEGREE, apart, flat_doubt, rung

DOT = (36.065752051707, -79.793701171875)


@pytest.mark.parametrize(
    ("spot", "km", "miles"),
    [
        ((36.0733691, -79.8240715), "2.85", "1.77"),
        ((36.0869819, -79.9023415), "10.03", "6.23"),
        (DOT, "0.0", "0.0"),
    ],
)
def test_the_portable_numbers(spot, km, miles):
    assert str(apart(*DOT, *spot) * KM_A_DEGREE).startswith(km)
    assert str(apart(*DOT, *spot) * MILES_A_DEGREE).startswith(miles)


def test_the_other_side_of_the_earth():
    assert apart(40, 10, -40, -170) == pytest.approx(180)
    assert apart(0, 179.5, 0, -179.5) == pytest.approx(1)


def test_the_ladder():
    assert len(LADDER) == 58
    assert list(LADDER) == sorted(LADDER)
    assert (rung(0), rung(0.3), rung(5.1), rung(100.5)) == (0.0625, 0.4375, 5.5, 150)
    assert (rung(200), rung(200.1), rung(1000), rung(12000)) == (200, 400, 1600, 12800)


def test_flat_ground_is_no_more_wrong_than_said():
    dice = random.Random(7)
    for _ in range(5000):
        latitude, reach = dice.uniform(-84, 84), dice.choice([0.01, 0.1, 1, 3])
        if math.isinf(flat_doubt(latitude, reach)):
            continue
        narrow = math.cos(math.radians(latitude))
        dy, dx = dice.uniform(-reach, reach), dice.uniform(-reach, reach) / narrow
        far = apart(latitude, 10, latitude + dy, 10 + dx)
        flat = dy * dy + (dx * narrow) ** 2
        if 0 < far <= reach:
            assert abs(far * far - flat) <= flat * flat_doubt(latitude, reach)
