"""Distances and radii as the NA world's BMLT servers count them, so that clients meet the same numbers.

They measure on a sphere and say 111.111 km or 69.0 miles to a degree. "At least so many" goes up a ladder
of fixed radii, in the unit that was asked in.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from math import asin, cos, degrees, inf, radians, sin, sqrt

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


def seen_from(lat0: float, lon0: float) -> Callable[[float, float], float]:
    """The angle between a point of the sphere and any other, in degrees."""
    half, narrow = radians(0.5), cos(radians(lat0))

    def away(latitude: float, longitude: float) -> float:
        dy, dx = sin((latitude - lat0) * half), sin((longitude - lon0) * half)
        chord = dy * dy + narrow * cos(radians(latitude)) * dx * dx
        return degrees(2 * asin(sqrt(chord) if chord < 1 else 1.0))

    return away


def apart(lat0: float, lon0: float, latitude: float, longitude: float) -> float:
    """The angle between two points of the sphere, in degrees."""
    return seen_from(lat0, lon0)(latitude, longitude)


def flat_doubt(latitude: float, away: float) -> float:
    """By which share a squared distance within `away` degrees may be wrong if reckoned as on flat ground.

    A degree of longitude is then as wide everywhere as it is at `latitude`. Infinite near the poles.
    """
    if abs(latitude) + away > 85:
        return inf
    here = cos(radians(latitude))
    widths = [cos(radians(latitude + side * away)) / here for side in (-1, 0.5, 1)]
    return max(abs(width - 1) for width in widths) + radians(away) ** 2 + 1e-9


def rung(distance: float) -> float:
    """The smallest radius of the ladder that reaches `distance`; past its top, that doubled as needed."""
    at = bisect_left(LADDER, distance)
    if at < len(LADDER):
        return LADDER[at]
    radius = LADDER[-1]
    while radius < distance:
        radius *= 2
    return radius
