"""Where things are: boxes that cover a circle, latitude bands, distances, and how long a way takes.

Degrees in, kilometres out, on the WGS84 ellipsoid. Latitudes within 90, longitudes within 180.

The distance to rank by is a polynomial that any database computes with + - * alone. With
`dy = latitude - lat0` and `dx = longitude - lon0` its square is

    d2 = dy^2 (a0 + a1 dy) + dx^2 (b0 + b1 dy + b2 dy^2 + c0 dx^2)

which is Gauss's mid-latitude formula, fourth order terms included, expanded at `lat0`. Up to latitude
70 it is within 2 cm of the geodesic at 50 km, 10 cm at 100 km, 1.5 m at 200 km and 8 m at 300 km;
`doubt` bounds it anywhere.
"""

from __future__ import annotations

from enum import StrEnum
from math import asin, ceil, cos, degrees, floor, inf, radians, sin, sqrt, tan
from typing import NamedTuple

_A = 6378.137  # WGS84: the equator's radius, km
_E2 = 0.00669437999014  # WGS84: first eccentricity, squared
_LEAST_RADIUS = _A * (1 - _E2)  # of curvature, anywhere and in any direction: along the meridian at 0
_HAIR = 1e-9  # degrees (0.1 mm) by which boxes are wider than the arithmetic says


class Span(NamedTuple):
    """A range of longitudes, west <= east, and the centre's longitude as seen from it.

    Take `lon0` for `dx`: across 180 degrees it is the centre's plus or minus 360.
    """

    west: float
    east: float
    lon0: float


class Box(NamedTuple):
    """A range of latitudes and the one or two ranges of longitudes that go with it."""

    south: float
    north: float
    spans: tuple[Span, ...]


class Metric(NamedTuple):
    """The coefficients of `d2` at one latitude, in km and degrees."""

    a0: float
    a1: float
    b0: float
    b1: float
    b2: float
    c0: float


class Mode(StrEnum):
    """A way to get there."""

    WALK = "walk"
    BIKE = "bike"
    DRIVE = "drive"


def box(latitude: float, longitude: float, km: float) -> Box:
    """A box that holds every point within `km` of the centre, and little more.

    On a sphere of the ellipsoid's least radius every distance is shorter than on the ellipsoid, so the
    circle on that sphere covers. Where it holds a pole, the box is the whole parallel.
    """
    reach = km / _LEAST_RADIUS
    south = latitude - degrees(reach) - _HAIR
    north = latitude + degrees(reach) + _HAIR
    if north >= 90 or south <= -90:
        return Box(max(south, -90.0), min(north, 90.0), (Span(-180.0, 180.0, longitude),))
    width = degrees(asin(sin(reach) / cos(radians(latitude)))) + _HAIR
    return Box(south, north, _spans(longitude, width))


def _spans(longitude: float, width: float) -> tuple[Span, ...]:
    west, east = longitude - width, longitude + width
    if east >= 180:
        return Span(west, 180.0, longitude), Span(-180.0, east - 360, longitude - 360)
    if west <= -180:
        return Span(west + 360, 180.0, longitude + 360), Span(-180.0, east, longitude)
    return (Span(west, east, longitude),)


def band(latitude: float) -> int:
    """The strip of 0.1 degree (about 11 km) a latitude lies in."""
    return floor(latitude * 10)


def bands(south: float, north: float) -> list[int]:
    """Every strip between two latitudes, theirs included."""
    return list(range(band(south), band(north) + 1))


def metric(lat0: float) -> Metric:
    """The coefficients of `d2` around a latitude.

    m and p are the squared radii of the meridian, M = a (1 - e2) w^-3/2, and of the parallel,
    P = a cos(lat) w^-1/2, with w = 1 - e2 sin^2(lat); dw, dp, ddp are derivatives by latitude. The
    formula takes both halfway, at lat0 + dy / 2: hence each dy below with its half.
    """
    s, c = sin(radians(lat0)), cos(radians(lat0))
    w, dw, ddw = 1 - _E2 * s * s, -2 * _E2 * s * c, -2 * _E2 * (c * c - s * s)
    m = (_A * (1 - _E2)) ** 2 / w**3
    p = (_A * c) ** 2 / w
    dp = _A**2 * (-2 * s * c / w - c * c * dw / w**2)
    ddp = _A**2 * (
        -2 * (c * c - s * s) / w + (4 * s * c * dw - c * c * ddw) / w**2 + 2 * (c * dw) ** 2 / w**3
    )
    bend = m * (1 + 2 * s * s) / 12  # meridians converge
    d = radians(1)
    return Metric(
        a0=m * d**2,
        a1=-3 * m * dw / w / 2 * d**3,
        b0=p * d**2,
        b1=dp / 2 * d**3,
        b2=(ddp / 8 - bend) * d**4,
        c0=-p * s * s / 12 * d**4,  # the way along a parallel is longer than straight
    )


def d2(at: Metric, dy: float, dx: float) -> float:
    """The squared distance in km^2 from the metric's centre, of differences in degrees."""
    return dy * dy * (at.a0 + at.a1 * dy) + dx * dx * (at.b0 + dy * (at.b1 + at.b2 * dy) + at.c0 * dx * dx)


def distance(lat0: float, lon0: float, latitude: float, longitude: float) -> float:
    """The distance in km between two points, the shorter way round; as exact as `d2`."""
    dx = (longitude - lon0 + 180) % 360 - 180
    return sqrt(max(d2(metric(lat0), latitude - lat0, dx), 0.0))


def doubt(latitude: float, km: float) -> float:
    """By how many km `d2` may miss the geodesic within `km`; infinite where a pole is as near as that.

    Measured against the geodesic, with a margin: the first term is the flattening's, the second the
    meridians', taken at the circle's latitude nearest to a pole.
    """
    farthest = abs(latitude) + degrees(km / _LEAST_RADIUS)
    if farthest >= 90:
        return inf
    r, t = km / 100, tan(radians(farthest))
    return (0.1 * r**3 + 0.006 * r**4 * t**3) / 1000


def is_exact_enough(latitude: float, km: float) -> bool:
    """Whether `d2` is within 10 m for all that lies within `km`, and so may rank it.

    Else fetch the box, or what `d2` puts within `km` plus the doubt, and rank by the geodesic.
    """
    return doubt(latitude, km) <= 0.01


SPEEDS = {Mode.WALK: 5.0, Mode.BIKE: 15.0, Mode.DRIVE: 40.0}
"""Kilometres an hour; driving is meant in towns."""

DETOUR = 1.3
"""How much longer streets are than the straight line."""

PATIENCE = {Mode.WALK: 25, Mode.BIKE: 40}
"""Minutes beyond which a way is no longer suggested."""


def travel(km: float, mode: Mode) -> int:
    """Minutes a straight-line distance takes, an estimate, rounded up."""
    return ceil(round(km * DETOUR / SPEEDS[mode] * 60, 6))


def fits(
    km: float, minutes_until_start: float, modes: tuple[Mode, ...] = (Mode.WALK, Mode.DRIVE)
) -> tuple[Mode, int] | None:
    """The first of `modes` that gets there by the start without being too far for it, and its minutes."""
    for mode in modes:
        minutes = travel(km, mode)
        if minutes <= minutes_until_start and minutes <= PATIENCE.get(mode, minutes):
            return mode, minutes
    return None
