"""Which meeting comes first: by the hour, or by how far it is.

A distance may come as an estimate with a bound on its error. `nearest` asks for the exact one only where
the bound leaves the order open, so that the order is exact and hardly anything has to be measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from enum import IntEnum
from hashlib import blake2b
from math import asin, cos, radians, sin, sqrt
from typing import Any, NamedTuple

from .geo import distance, doubt, is_exact_enough
from .windows import GRACE

EARTH_RADIUS_KM = 6371.0088  # the mean one
GRAIN_KM = 1e-10  # a tenth of a micrometre: what floating point and the geodesic itself may be off
SPHERE_ERROR = 0.006  # the earth is flattened by a three-hundredth; a sphere errs by 0.56 % at most

_PRIME = 999_983  # the largest of six digits: a product of two remainders fits 64 bits
_NEVER = datetime.max.replace(tzinfo=UTC)


class Turn(IntEnum):
    """The three rows in which "soonest" lines meetings up."""

    AHEAD = 0  # yet to start, or begun within the grace
    UNDER_WAY = 1
    UNDATED = 2  # by appointment, or without any date to come


class Candidate(NamedTuple):
    """What ranking needs of a meeting. `km` is right within `error`; both are 0 where nobody asked.

    `told` is for whoever read more than that on the way.
    """

    key: int
    start: datetime | None
    end: datetime | None
    km: float = 0.0
    error: float = 0.0
    latitude: float = 0.0
    longitude: float = 0.0
    told: tuple[Any, ...] = ()


Measure = Callable[[float, float], float]
"""The exact distance in km from where the asker is to a latitude and longitude."""


def turn(start: datetime | None, now: datetime) -> Turn:
    """In which row a meeting stands whose next (or running) date begins at `start`."""
    if start is None:
        return Turn.UNDATED
    return Turn.AHEAD if start >= now - GRACE else Turn.UNDER_WAY


def shuffle_of(on: date) -> int:
    """The factor by which the meetings of one start are shuffled on a civil day; see `shuffled`."""
    digest = blake2b(on.isoformat().encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % (_PRIME - 1) + 1


def shuffled(key: int, factor: int) -> int:
    """A meeting's place among those of the same start: another one every day, so nobody is always last."""
    return key % _PRIME * factor % _PRIME


SHUFFLED_SQL = f"(({{key}} %% {_PRIME}) * {{factor}}) %% {_PRIME}"
"""`shuffled` as databases compute it, for `str.format`."""


def soonest(candidates: Iterable[Candidate], now: datetime, factor: int) -> list[Candidate]:
    """By next start; those well under way after all that one can still catch, the undated at the end."""
    return sorted(
        candidates,
        key=lambda one: (turn(one.start, now), one.start or _NEVER, shuffled(one.key, factor), one.key),
    )


def nearest(candidates: Iterable[Candidate], measure: Measure, count: int) -> list[Candidate]:
    """The first `count` by distance, then start; exact however rough the estimates are."""
    near = by_estimate(candidates)
    if len(near) > count:
        # Nothing whose least possible distance is beyond this can be among the first.
        reach = sorted(one.km + one.error for one in near)[count - 1]
        near = [one for one in near if one.km - one.error <= reach]
    return settled(near, measure)[:count]


def _by_distance(one: Candidate) -> tuple[float, datetime, int]:
    return one.km, one.start or _NEVER, one.key


def _by_least_distance(one: Candidate) -> tuple[float, datetime, int]:
    return one.km - one.error, one.start or _NEVER, one.key


def by_estimate(candidates: Iterable[Candidate]) -> list[Candidate]:
    """By least possible distance, then start."""
    return sorted(candidates, key=_by_least_distance)


def settled(near: Sequence[Candidate], measure: Measure) -> list[Candidate]:
    """What is sorted `by_estimate` in its exact order.

    Measured is each run whose bounds overlap. Whoever comes after a run is beyond all of it, for its least
    distance is beyond the run's greatest, and those to follow are farther still.
    """
    found: list[Candidate] = []
    run: list[Candidate] = []
    reach = 0.0
    for one in near:
        if run and one.km - one.error > reach:
            found += _exact(run, measure)
            run = []
        reach = max(reach, one.km + one.error) if run else one.km + one.error
        run.append(one)
    return found + _exact(run, measure)


def _exact(run: list[Candidate], measure: Measure) -> list[Candidate]:
    if len({(one.latitude, one.longitude) for one in run}) <= 1:
        return run  # one place: sorted by start already
    known: dict[tuple[float, float], float] = {}
    for one in run:
        spot = one.latitude, one.longitude
        if spot not in known:
            known[spot] = measure(*spot)
    return sorted(
        (one._replace(km=known[one.latitude, one.longitude], error=0.0) for one in run), key=_by_distance
    )


def flat_error(lat0: float, km: float) -> float:
    """By how many km `geo.d2` around a latitude may be off within `km`."""
    return doubt(lat0, km) + GRAIN_KM


def estimate(lat0: float, lon0: float, latitude: float, longitude: float) -> tuple[float, float]:
    """The distance in km between any two points of the earth, and by how much it may be off."""
    half_dy, half_dx = radians(latitude - lat0) / 2, radians(longitude - lon0) / 2
    chord = sin(half_dy) ** 2 + cos(radians(lat0)) * cos(radians(latitude)) * sin(half_dx) ** 2
    km = 2 * EARTH_RADIUS_KM * asin(min(sqrt(chord), 1.0))
    if is_exact_enough(lat0, km * (1 + SPHERE_ERROR)):
        flat = distance(lat0, lon0, latitude, longitude)
        return flat, flat_error(lat0, flat)
    return km, SPHERE_ERROR * km + GRAIN_KM
