"""Distances and radii as the NA world's BMLT servers count them, so that clients meet the same numbers.

They measure on a sphere and say 111.111 km or 69.0 miles to a degree. "At least so many" goes up a ladder
of fixed radii, in the unit that was asked in.
"""

from __future__ import annotations

from bisect import bisect_left
from math import asin, cos, degrees, radians, sin, sqrt

KM_A_DEGREE = 111.111
MILES_A_DEGREE = 69.0
FARTHEST = 180.0
"""Degrees; nothing on earth is farther apart."""

LADDER: tuple[float, ...] = (
    *(0.0625, 0.125, 0.1875, 0.25, 0.4375, 0.5, 0.5625, 0.75, 0.8125),
    *(quarter / 4 for quarter in range(4, 21)),
    *(half / 2 for half in range(11, 21)),
    *map(float, range(11, 16)),
    *(17.5, 20.0, 22.5, 25.0, 27.5, 30.0),
    *map(float, range(35, 51, 5)),
    *map(float, range(60, 101, 10)),
    *(150.0, 200.0),
)

REACHES = (1.0, 4.0, 15.0, 50.0, 200.0, 800.0, 3200.0, 12800.0, 25600.0)
"""How far to look, one after the other, until enough are found; each is a rung or lies above the ladder."""


def apart(lat0: float, lon0: float, latitude: float, longitude: float) -> float:
    """The angle between two points of the sphere, in degrees."""
    half_dy, half_dx = radians(latitude - lat0) / 2, radians(longitude - lon0) / 2
    chord = sin(half_dy) ** 2 + cos(radians(lat0)) * cos(radians(latitude)) * sin(half_dx) ** 2
    return degrees(2 * asin(min(sqrt(chord), 1.0)))


def rung(distance: float) -> float:
    """The smallest radius of the ladder that reaches `distance`; past its top, that doubled as needed."""
    at = bisect_left(LADDER, distance)
    if at < len(LADDER):
        return LADDER[at]
    radius = LADDER[-1]
    while radius < distance:
        radius *= 2
    return radius
