"""Where things are: boxes that cover a circle, latitude bands, distances, and how long a way takes.

Degrees in, kilometres out, on the WGS84 ellipsoid. Latitudes within 90, longitudes within 180.

The distance to rank by is a polynomial that any database computes with + - * alone: with
`dy = latitude - lat0` and `dx = longitude - lon0`, `d2 = dy^2 (a0 + a1 dy) + dx^2 (b0 + b1 dy + b2 dy^2)`
is the squared distance by the mid-latitude formula, expanded at `lat0`.
"""

from __future__ import annotations

from enum import StrEnum
from math import asin, ceil, cos, degrees, floor, radians, sin, sqrt
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

    With w = 1 - e2 sin^2: the meridian's radius is M = a (1 - e2) w^-3/2 and the parallel's P = a cos w^-1/2.
    M^2 and P^2 are taken halfway (at lat0 + dy / 2), expanded to the first and second order of dy.
    """
    phi = radians(lat0)
    s, c = sin(phi), cos(phi)
    w = 1 - _E2 * s * s
    dw, ddw = -2 * _E2 * s * c, -2 * _E2 * (c * c - s * s)
    m2 = (_A * (1 - _E2)) ** 2 / w**3
    p2 = _A * _A * c * c / w
    # p2 = a^2 f / w with f = cos^2
    f, df, ddf = c * c, -2 * s * c, -2 * (c * c - s * s)
    dp2 = _A * _A * (df / w - f * dw / w**2)
    ddp2 = _A * _A * (ddf / w - (2 * df * dw + f * ddw) / w**2 + 2 * f * dw * dw / w**3)
    d = radians(1)
    return Metric(
        a0=m2 * d**2, a1=-3 * m2 / w * dw / 2 * d**3, b0=p2 * d**2, b1=dp2 / 2 * d**3, b2=ddp2 / 8 * d**4
    )


def d2(at: Metric, dy: float, dx: float) -> float:
    """The squared distance in km^2 from the metric's centre, of differences in degrees."""
    return dy * dy * (at.a0 + at.a1 * dy) + dx * dx * (at.b0 + dy * (at.b1 + at.b2 * dy))


def distance(lat0: float, lon0: float, latitude: float, longitude: float) -> float:
    """The distance in km between two points, the shorter way round; as exact as `d2`."""
    dx = (longitude - lon0 + 180) % 360 - 180
    return sqrt(max(d2(metric(lat0), latitude - lat0, dx), 0.0))


def is_exact_enough(latitude: float, km: float) -> bool:
    """Whether `d2` may rank what lies within `km`; if not, fetch the box and rank by the geodesic."""
    return km <= 300 and abs(latitude) <= 85


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
