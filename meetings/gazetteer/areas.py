"""States, provinces, countries: as places, and as the words after a comma that say which Springfield."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from meetings.gazetteer import sources
from meetings.gazetteer.gather import CODE, COUNTRY, REGION, Desk, Middle, Passed
from meetings.gazetteer.keys import key
from meetings.gazetteer.sources import Spot

# The weight of a county's name after a comma: less than any state's.
PART = -5.0


class Means(NamedTuple):
    """`key` after a comma means this region, or with region "" the country. `n`: the place it means alone."""

    key: str
    country: str
    region: str
    weight: float
    n: int


class Regions:
    """GeoNames' codes and ISO's, of regions and of the smaller parts inside them."""

    def __init__(self) -> None:
        self.all = list(sources.areas())
        self.first = {(one.country, one.code): one for one in self.all if not one.parent}
        self.by_iso = {
            (one.country, one.iso): one.parent or one.code for one in reversed(self.all) if one.iso
        }


def write(db: sqlite3.Connection, desk: Desk, passed: Passed, regions: Regions) -> None:
    """Fill `country` and `region`, the temporary table `means`, and add regions and countries as places."""
    countries = sources.countries()
    db.executemany(
        "INSERT INTO country VALUES (?,?,?)",
        [(iso, name, passed.areas[iso, ""].people) for iso, (name, _, _) in countries.items()],
    )
    db.executemany(
        "INSERT INTO region VALUES (?,?,?,?)",
        [(one.country, one.code, one.iso, one.name) for one in regions.first.values()],
    )
    db.execute("CREATE TEMP TABLE means (key TEXT, country TEXT, region TEXT, weight REAL, n INTEGER)")
    meanings = [*_countries(desk, passed, countries), *_regions(desk, passed, regions), *_parts(regions)]
    db.executemany("INSERT INTO means VALUES (?,?,?,?,?)", [one for one in meanings if one.key])


def _countries(
    desk: Desk, passed: Passed, countries: dict[str, tuple[str, list[str], list[str]]]
) -> Iterator[Means]:
    more = sources.words_people_use()["countries"]
    for iso, (name, names, codes) in countries.items():
        nicknames = more.get(iso, "").split("|")
        spot = _spot(passed.areas[iso, ""], "country", name, iso, "", COUNTRY)
        spot.equals, spot.aliases = nicknames, names
        desk.add(spot)
        yield from (Means(key(word), iso, "", spot.weight, 0) for word in (name, *names, *nicknames))
        yield from (Means(key(code), iso, "", spot.weight - CODE, desk.n) for code in codes)


def _regions(desk: Desk, passed: Passed, regions: Regions) -> Iterator[Means]:
    short = sources.words_people_use()["states"]
    for (country, code), area in regions.first.items():
        nicknames = short.get(country, {}).get(code, "").split("|")
        spot = _spot(passed.areas[country, code], "region", area.name, country, code, REGION)
        spot.aliases = area.aliases
        desk.add(spot)
        yield from (
            Means(key(word), country, code, spot.weight, 0) for word in (area.name, *area.aliases, *nicknames)
        )
        # In the US and Canada two letters are how people write the state.
        penalty = 0.0 if country in {"US", "CA"} else CODE
        yield Means(key(area.iso), country, code, spot.weight - penalty, desk.n)


def _parts(regions: Regions) -> Iterator[Means]:
    """Counties and districts stand for the region they lie in: nothing says which towns they hold."""
    for area in regions.all:
        if area.parent:
            yield from (
                Means(key(word), area.country, area.parent, PART, 0) for word in (area.name, *area.aliases)
            )


def _spot(middle: Middle, kind: str, name: str, country: str, region: str, penalty: float) -> Spot:
    """An area in which no town is known gets no weight, and lies nowhere of use."""
    if not middle.mass:
        return Spot(kind, name, country, region, 0.0, 0.0, "", weight=-9.0)
    return middle.spot(kind, name, country, region, penalty)
