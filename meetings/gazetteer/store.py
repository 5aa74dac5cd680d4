"""Asks the gazetteer's file. Read-only, one connection a thread, no part in Django's databases."""

import sqlite3
import threading
from array import array
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from meetings.gazetteer.indexes import grams
from meetings.gazetteer.keys import key
from meetings.gazetteer.place import GeoPlace

# Raise it when the tables change: a file of another form is refused.
FORM = 1
PART_COST = 1500
# What is fetched for one name: enough for "San Antonio", of which there are hundreds.
MOST = 300
# Other names of towns below a hundred thousand people are mostly old ones, of little help to seekers.
KNOWN_ABROAD = 600
LAST = "\U0010ffff"


class NoGazetteer(Exception):
    """The file is not there, or is of another form."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"There is no gazetteer at {path}. Build it: python manage.py load_gazetteer")


class Row(NamedTuple):
    """A place; `region` is GeoNames' code. `cost`: the smaller, the likelier meant."""

    id: int
    kind: str
    name: str
    country: str
    region: str
    latitude: float
    longitude: float
    zone: str
    population: int
    radius_km: float | None
    cost: int = 0
    first: int = 1  # whether it is called so in the first place


class Area(NamedTuple):
    """A meaning of the words after a comma. `place`: the place these words mean alone, or 0."""

    key: str
    country: str
    region: str
    cost: int
    place: int

    @property
    def is_part(self) -> bool:
        """A county's name, which stands for the whole state: nothing says which towns it holds."""
        return self.cost >= PART_COST


class Code(NamedTuple):
    """A post code."""

    code: str
    country: str
    town: str
    region: str
    latitude: float
    longitude: float
    zone: str


_ROW = "p.id, kind, name, country, region, latitude, longitude, zone, population, radius_km"


class Store:
    """One opened file, used by one thread."""

    def __init__(self, path: Path) -> None:
        try:
            self.db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
            self.db.execute("PRAGMA mmap_size = 268435456")
            form = self.db.execute("PRAGMA user_version").fetchone()[0]
        except sqlite3.Error as error:
            raise NoGazetteer(path) from error
        if form != FORM:
            raise NoGazetteer(path)

    def __del__(self) -> None:
        if hasattr(self, "db"):
            self.db.close()

    @cached_property
    def countries(self) -> dict[str, tuple[str, int]]:
        """ISO code -> (English name, people)."""
        return {code: (name, people) for code, name, people in self.db.execute("SELECT * FROM country")}

    @cached_property
    def regions(self) -> dict[tuple[str, str], tuple[str, str]]:
        """(country, GeoNames' code) -> (second half of ISO 3166-2, name)."""
        return {(row[0], row[1]): (row[2], row[3]) for row in self.db.execute("SELECT * FROM region")}

    def named(self, name: str, country: str = "", region: str = "") -> list[Row]:
        """Places of this very name, likeliest first; in a country or region if one is given."""
        where, values = "", [name]
        if country:
            where, values = " AND country = ?", [name, country]
        if region:
            where, values = " AND country = ? AND region = ?", [name, country, region]
        return self._rows(
            f"SELECT {_ROW}, n.cost, n.first FROM name n JOIN place p ON p.id = n.place"  # noqa: S608 (our own words)
            f" WHERE n.key = ?{where} ORDER BY n.cost, n.place LIMIT {MOST}",
            values,
        )

    def known(self, keys: list[str]) -> set[str]:
        """Those of `keys` that are somebody's name."""
        marks = ",".join("?" * len(keys))
        return {
            row[0]
            for row in self.db.execute(f"SELECT DISTINCT key FROM name WHERE key IN ({marks})", keys)  # noqa: S608
        }

    def areas(self, keys: list[str]) -> list[Area]:
        """What `keys` mean after a comma."""
        marks = ",".join("?" * len(keys))
        found = self.db.execute(f"SELECT * FROM area WHERE key IN ({marks}) ORDER BY cost", keys)  # noqa: S608
        return [Area(*row) for row in found]

    def place(self, id: int) -> Row | None:
        found = self._rows(f"SELECT {_ROW} FROM place p WHERE p.id = ?", [id])  # noqa: S608
        return found[0] if found else None

    def codes(self, code: str, country: str = "") -> list[Code]:
        """The post codes spelled like this, of one country or of all."""
        where = " AND country = ?" if country else ""
        values = [code, country] if country else [code]
        found = self.db.execute(f"SELECT * FROM postcode WHERE code = ?{where}", values)  # noqa: S608
        return [Code(*row) for row in found]

    def codes_from(self, start: str, limit: int, country: str = "US") -> list[Code]:
        """Post codes of a country that begin like this."""
        found = self.db.execute(
            "SELECT * FROM postcode WHERE code >= ? AND code < ? AND country = ? ORDER BY code LIMIT ?",
            (start, start + LAST, country, limit),
        )
        return [Code(*row) for row in found]

    def starting(self, start: str, limit: int) -> list[Row]:
        """The likeliest places of which a name begins like this."""
        listed = self.db.execute("SELECT places FROM beginning WHERE start = ?", (start,)).fetchone()
        if listed:
            return self.places(array("I", listed[0])[:limit])
        found = self.db.execute(
            "SELECT place, min(cost - 100 * first) AS least FROM name WHERE key >= ? AND key < ?"
            " GROUP BY place ORDER BY least, place LIMIT ?",
            (start, start + LAST, limit),
        )
        return self.places(row[0] for row in found)

    def places(self, ids: Iterable[int]) -> list[Row]:
        return [row for id in ids if (row := self.place(id))]

    def spelled_like(self, name: str, limit: int) -> list[str]:
        """Spellings that share most three-letter parts with `name`, best first."""
        parts = grams(name)
        marks = ",".join("?" * len(parts))
        shared: Counter[int] = Counter()
        # The rarer parts tell more, and are quicker counted.
        for (packed,) in self.db.execute(
            f"SELECT spellings FROM gram WHERE letters IN ({marks}) ORDER BY length(spellings) LIMIT ?",  # noqa: S608
            [*parts, max(4, len(parts) * 7 // 10)],
        ):
            shared.update(array("I", packed))
        # Of equally many shared parts the weightier spelling (the smaller number) goes first.
        least = max(1, max(shared.values(), default=0) - 3)
        best = sorted((-count, id) for id, count in shared.items() if count >= least)[:limit]
        marks = ",".join("?" * len(best))
        names = dict(
            self.db.execute(f"SELECT id, key FROM spelling WHERE id IN ({marks})", [id for _, id in best])  # noqa: S608
        )
        return [names[id] for _, id in best]

    def town_spots(self, bands: range, west: float, east: float) -> list[tuple[int, float, float]]:
        """(id, latitude, longitude) of the towns in some tenths of a degree, between two longitudes."""
        marks = ",".join("?" * len(bands))
        return self.db.execute(
            f"SELECT id, latitude, longitude FROM place WHERE kind = 'town' AND band IN ({marks})"  # noqa: S608
            " AND longitude BETWEEN ? AND ?",
            [*bands, west, east],
        ).fetchall()

    def area_names(self, row: Row) -> set[str]:
        """All ways to write, after a place's name, where it lies: "il", "illinois", "illinois us"."""
        iso, region = self.regions.get((row.country, row.region), ("", ""))
        country = self.countries.get(row.country, ("", 0))[0]
        regions, countries = {key(iso), key(region)} - {""}, {key(country), row.country.lower()}
        return regions | countries | {f"{inner} {outer}" for inner in regions for outer in countries}

    def _rows(self, sql: str, values: Iterable[object]) -> list[Row]:
        return [Row(*row) for row in self.db.execute(sql, tuple(values))]

    def geo_place(self, row: Row, *, exact: bool = True) -> GeoPlace:
        """The row as callers know it, with its label."""
        iso, region = self.regions.get((row.country, row.region), ("", ""))
        return GeoPlace(
            self._label(row.name, region, row.country),
            *(row.latitude, row.longitude, row.country, iso or region, row.zone, row.kind, exact),
            population=row.population,
            radius_km=row.radius_km,
        )

    def geo_code(self, code: Code, *, exact: bool = True) -> GeoPlace:
        """A post code as callers know it: "Brooklyn, New York 11215, United States"."""
        iso, region = self.regions.get((code.country, code.region), ("", ""))
        sign = code.code.upper()
        place = code.town if region in {"", code.town} else f"{code.town}, {region}"
        return GeoPlace(
            self._label(f"{place} {sign}".strip(), "", code.country),
            *(code.latitude, code.longitude, code.country, iso or region, code.zone, "zip", exact),
        )

    def _label(self, name: str, region: str, country: str) -> str:
        parts = [name, region, self.countries.get(country, (country, 0))[0]]
        return ", ".join(dict.fromkeys(part for part in parts if part))


_open = threading.local()


def store(path: Path) -> Store:
    """The file at `path`, opened once a thread, anew when it was replaced. Raises `NoGazetteer`."""
    try:
        facts = path.stat()
    except OSError as error:
        raise NoGazetteer(path) from error
    which = (path, facts.st_ino, facts.st_mtime_ns)
    if getattr(_open, "which", None) != which:
        _open.store, _open.which = Store(path), which
    found: Store = _open.store
    return found
