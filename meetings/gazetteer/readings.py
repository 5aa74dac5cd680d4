"""The ways to read a typed text, and how candidates are weighed. See `understand` for the whole."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from geopy.distance import great_circle

from meetings.gazetteer import typed
from meetings.gazetteer.place import GeoPlace, Located
from meetings.gazetteer.sources import TERRITORIES
from meetings.gazetteer.store import KNOWN_ABROAD, Area, Code, Row, Store
from meetings.gazetteer.typed import CodeWords, Typed

OTHERS = 6
# "Springfield, Clark County, Ohio, USA" names this many areas; the last words of a name are at most so many.
AREAS, WORDS = 3, 7
# A place in the asker's own country counts as if it had ten times its people.
AT_HOME = 100
# A neighbourhood, a spot or a post code belongs to a town whose middle is at most this far.
NEAR_KM = 45.0
WIDE = frozenset({"region", "country"})


class Reading(NamedTuple):
    """The words before the state or country, and what that says; None when there is none."""

    rest: Typed
    area: Area | None

    @property
    def order(self) -> tuple[bool, int, int]:
        """States before counties, then the fewest words left to be explained, then the likeliest state."""
        part = self.area is not None and self.area.is_part
        return part, len(self.rest.words), self.area.cost if self.area else 0


@dataclass(frozen=True, slots=True)
class Guess:
    """A candidate; the smaller the cost, the likelier. `known`: today, to many, by the name typed."""

    cost: float
    place: GeoPlace
    known: bool = True


@dataclass(frozen=True, slots=True)
class Reader:
    """The file, and the asker's country ("" when nobody knows)."""

    store: Store
    home: str

    def readings(self, words: Typed, inside: Area | None = None, areas: int = AREAS) -> list[Reading]:
        """The words as they are, and with one area after another taken off the end."""
        found = [Reading(words, inside)]
        for rest, area in self._peeled(words) if areas else ():
            if inside is None or _narrows(area, inside):
                found += self.readings(rest, area, areas - 1)
        return found

    def _peeled(self, words: Typed) -> Iterator[tuple[Typed, Area]]:
        ends = tails(words.words)
        for area in self.store.areas([*ends]) if ends else []:
            yield typed.without(words, ends[area.key], len(words.words)), area

    def named(self, words: tuple[str, ...], area: Area | None) -> list[Row]:
        name = " ".join(words)
        return self.store.named(name, area.country, area.region) if area else self.store.named(name)

    def guess(self, row: Row, cost: float | None = None, *, exact: bool = True) -> Guess:
        weighed = (row.cost if cost is None else cost) - (AT_HOME if row.country == self.home else 0)
        known = bool(row.first) or row.cost < KNOWN_ABROAD
        return Guess(weighed, self.store.geo_place(row, exact=exact), known)

    def codes(self, words: Typed) -> list[tuple[CodeWords, Code]]:
        """The post codes in the text; one number in several countries: home, the US, the peopled ones."""
        return [
            (spot, code)
            for spot in typed.post_codes(words.words)
            for code in sorted(self.store.codes(spot.code, spot.country), key=self._how_usual)
        ]

    def _how_usual(self, code: Code) -> tuple[bool, bool, int]:
        return code.country != self.home, code.country != "US", -self.store.countries[code.country][1]


def tails(words: tuple[str, ...], first: int = 0) -> dict[str, int]:
    """Each ending of a few words, with the number of the word it begins at; the longest first."""
    return {" ".join(words[i:]): i for i in range(max(first, len(words) - WORDS), len(words))}


def covers(area: Area, code: Code) -> bool:
    """Whether a post code lies in an area, as far as we can tell."""
    return _country_in(code.country, area.country) and (not area.region or area.region == code.region)


def _narrows(smaller: Area, larger: Area) -> bool:
    """ "Ohio" narrows "USA", and "NY" narrows "NY": people write things twice."""
    if larger.region:
        return (smaller.country, smaller.region) == (larger.country, larger.region)
    return _country_in(smaller.country, larger.country)


def _country_in(country: str, larger: str) -> bool:
    return country == larger or country in TERRITORIES.get(larger, ())


def km(row: Row | Code, latitude: float, longitude: float) -> float:
    return float(great_circle((row.latitude, row.longitude), (latitude, longitude)).km)


def by_cost(guesses: Iterable[Guess]) -> list[GeoPlace]:
    """Likeliest first. Small towns that were once called so are of no help, unless nothing else is."""
    best, *others = sorted(guesses, key=lambda guess: guess.cost)
    return [best.place, *(guess.place for guess in others if guess.known)]


def located(places: Iterable[GeoPlace]) -> Located:
    best, *others = different(places)
    return Located(best, tuple(others[:OTHERS]))


def different(places: Iterable[GeoPlace]) -> list[GeoPlace]:
    """One place a label, the first."""
    found: dict[str, GeoPlace] = {}
    for place in places:
        found.setdefault(place.label, place)
    return list(found.values())
