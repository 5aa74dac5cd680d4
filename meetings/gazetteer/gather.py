"""Collects the sources into temporary tables, with what follows from them: US villages and counties."""

import math
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from meetings.gazetteer import sources
from meetings.gazetteer.keys import key
from meetings.gazetteer.sources import Spot, Zip

EARTH_KM = 6371.0
# A name that is not the first, and a code, count this many powers of ten of people less.
ALIAS, CODE = 1.0, 2.0
# Whoever types a name seldom means the whole state or country of that name.
REGION, COUNTRY = 1.5, 1.0


@dataclass(slots=True)
class Middle:
    """Where the people of an area live on average, and how far from there."""

    x: float = 0.0
    y: float = 0.0
    z: float = 0.0
    people: int = 0
    mass: int = 0
    biggest: int = -1
    zone: str = ""

    def add(self, latitude: float, longitude: float, population: int, zone: str) -> None:
        self.take(on_sphere(latitude, longitude), population, zone)

    def take(self, point: tuple[float, float, float], population: int, zone: str) -> None:
        mass = population or 1
        self.x += mass * point[0]
        self.y += mass * point[1]
        self.z += mass * point[2]
        self.mass += mass
        self.people += population
        if population > self.biggest:
            self.biggest, self.zone = population, zone

    def spot(self, kind: str, name: str, country: str, region: str, penalty: float) -> Spot:
        """The area as a row. Twice the mean distance reaches nearly everybody."""
        length = math.hypot(self.x, self.y, self.z)
        spread = math.sqrt(max(0.0, 2 * (1 - length / self.mass)))
        latitude = math.degrees(math.atan2(self.z, math.hypot(self.x, self.y)))
        longitude = math.degrees(math.atan2(self.y, self.x))
        return Spot(
            kind, name, country, region, round(latitude, 5), round(longitude, 5), self.zone, self.people,
            round(min(2 * spread * EARTH_KM, 5000.0), 1), sources.weight_of(self.people) - penalty,
        )  # fmt: skip


@dataclass(slots=True)
class Passed:
    """What is remembered of the towns while they pass by. Region "" stands for the whole country."""

    areas: dict[tuple[str, str], Middle] = field(default_factory=lambda: defaultdict(Middle))
    us_towns: dict[tuple[str, str], int] = field(default_factory=dict)
    us_zips: list[Zip] = field(default_factory=list)

    def note(self, town: Spot, names: Iterable[str]) -> None:
        point = on_sphere(town.latitude, town.longitude)
        for region in {town.region, ""}:
            self.areas[town.country, region].take(point, town.population, town.zone)
        if town.country == "US":
            for name in names:
                self.us_towns.setdefault((town.region, name), town.population)


def on_sphere(latitude: float, longitude: float) -> tuple[float, float, float]:
    phi, lam = math.radians(latitude), math.radians(longitude)
    return math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)


class Desk:
    """Numbers the spots and writes them, in batches, with the keys they are called by."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db, self.n = db, 0
        self.spots: list[tuple[object, ...]] = []
        self.called: list[tuple[str, float, int, bool]] = []
        db.execute(
            "CREATE TEMP TABLE spot (n INTEGER PRIMARY KEY, kind, name, country, region, latitude, longitude,"
            " zone, population, radius_km, weight REAL)"
        )
        db.execute("CREATE TEMP TABLE called (key TEXT, weight REAL, n INTEGER, first INTEGER)")

    def add(self, spot: Spot) -> dict[str, float]:
        """The keys the spot is called by, with what each counts less. `n` is now its number."""
        self.n += 1
        self.spots.append(
            (
                *(self.n, spot.kind, spot.name, spot.country, spot.region, spot.latitude, spot.longitude),
                *(spot.zone, spot.population, spot.radius_km, spot.weight),
            )
        )
        names = keys_of(spot)
        self.called += [(name, spot.weight - less, self.n, not less) for name, less in names.items()]
        if len(self.spots) >= 5000:
            self.flush()
        return names

    def flush(self) -> None:
        self.db.executemany("INSERT INTO spot VALUES (?,?,?,?,?,?,?,?,?,?,?)", self.spots)
        self.db.executemany("INSERT INTO called VALUES (?,?,?,?)", self.called)
        self.spots, self.called = [], []


def keys_of(spot: Spot) -> dict[str, float]:
    """Each key of a spot with what it counts less than the first name."""
    names = {key(code): CODE for code in spot.codes}
    names |= {key(name): ALIAS for name in spot.aliases}
    names |= {key(name): 0.0 for name in (*spot.equals, spot.name)}
    names.pop("", None)
    return names


def gather(desk: Desk, say: Callable[[str], None]) -> Passed:
    """Write towns, US villages, landmarks and US counties; regions and countries are in `areas`."""
    passed = Passed()
    nicknames = nicknames_of_towns()
    for town in sources.towns():
        town.equals = nicknames.get((town.country, town.region, town.name), [])
        passed.note(town, desk.add(town))
    say(f"{desk.n:,} towns, villages and neighbourhoods read.")
    zips = passed.us_zips = list(sources.us_zips())
    for more in (_villages(zips, passed.us_towns), sources.landmarks(), _counties(zips, passed.us_towns)):
        for spot in more:
            desk.add(spot)
    say(f"{desk.n:,} places with US post offices, landmarks and counties.")
    return passed


def nicknames_of_towns() -> dict[tuple[str, str, str], list[str]]:
    """(country, region, name) -> nicknames."""
    found = {}
    for whom, names in sources.words_people_use()["towns"].items():
        where, _, name = whom.partition(" ")
        country, _, region = where.partition(".")
        found[country, region, name] = names
    return found


def _villages(zips: list[Zip], known: dict[tuple[str, str], int]) -> Iterator[Spot]:
    """Places that US post offices know and GeoNames' towns do not: hamlets, neighbourhoods."""
    fresh: dict[tuple[str, str], tuple[str, Middle]] = {}
    for code in zips:
        if code.country == "US" and code.latitude is not None and code.longitude is not None:
            for name in (code.town, *code.others):
                if (code.state, key(name)) not in known:
                    _, middle = fresh.setdefault((code.state, key(name)), (name, Middle()))
                    middle.add(code.latitude, code.longitude, 0, code.zone)
    for (state, _), (name, middle) in fresh.items():
        spot = middle.spot("town", name, "US", state, 0.0)
        spot.radius_km = None
        yield spot


def _counties(zips: list[Zip], known: dict[tuple[str, str], int]) -> Iterator[Spot]:
    """US counties: the middle of their ZIP codes, weighed by the people of their towns."""
    found: dict[tuple[str, str], Middle] = defaultdict(Middle)
    towns: dict[tuple[str, str], set[str]] = defaultdict(set)
    for code in zips:
        if code.country == "US" and code.county and code.latitude is not None and code.longitude is not None:
            found[code.state, code.county].add(code.latitude, code.longitude, 0, code.zone)
            towns[code.state, code.county].add(key(code.town))
    for (state, name), middle in found.items():
        middle.people = sum(known.get((state, town), 0) for town in towns[state, name])
        yield middle.spot("region", name, "US", state, REGION)
