"""From a typed text to a place, and to what else may have been meant.

A text is read in several ways at once: as a post code, as a name, as a name and the state or country after
it, as an address or a spot in a town, and with typing errors. The likeliest whole reading wins; a partial
one (a street that nobody here knows, in a town that is known) is marked as not exact.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from geopy.distance import great_circle
from rapidfuzz.distance import OSA

from meetings.gazetteer import typed
from meetings.gazetteer.keys import key
from meetings.gazetteer.place import NOWHERE, GeoPlace, Located
from meetings.gazetteer.sources import TERRITORIES, zone_at
from meetings.gazetteer.store import KNOWN_ABROAD, Area, Code, Row, Store
from meetings.gazetteer.typed import CodeWords, Typed

OTHERS = 6
WIDE = frozenset({"region", "country"})
# A place in the asker's own country counts as if it had ten times its people.
AT_HOME = 100
# A neighbourhood or a spot belongs to a town whose middle is at most this far.
NEAR_KM = 60.0
# Likeness under which a spelling is no help, and people whose town a single slip may stand for.
ALIKE, SLIP_COST = 0.6, 620


class Reading(NamedTuple):
    """The words before the state or country, and what that says; None when there is none."""

    rest: Typed
    area: Area | None


@dataclass(frozen=True, slots=True)
class Guess:
    """A candidate; the smaller the cost, the likelier."""

    cost: float
    place: GeoPlace
    known: bool = True  # by this name


def understand(store: Store, text: str, near_country: str | None = None) -> Located:
    """Never raises for any text; `near_country` (ISO) breaks ties."""
    if spot := typed.point(text):
        return Located(at(store, *spot))
    words = typed.take_apart(text)
    if not words.words:
        return NOWHERE
    reader = _Reader(store, (near_country or "").upper())
    bare = _without_fillers(words)
    return reader.whole(words) or reader.whole(bare) or reader.part(words) or reader.nearly(bare)


def at(store: Store, latitude: float, longitude: float) -> GeoPlace:
    """A point, labelled by the nearest town."""
    town = nearest_town(store, latitude, longitude)
    zone = zone_at(latitude, longitude)
    if not town:
        return GeoPlace(f"{latitude:.4f}, {longitude:.4f}", latitude, longitude, timezone=zone)
    return replace(
        town, latitude=latitude, longitude=longitude, timezone=zone, kind="point", exact=True, population=0
    )


def nearest_town(store: Store, latitude: float, longitude: float) -> GeoPlace | None:
    """Within 200 km or so; None in the middle of an ocean."""
    middle = int(latitude * 10 // 1)
    for reach in (1, 4, 20):
        east = reach / 10 / max(0.05, 1 - (abs(latitude) / 90) ** 2)
        found = [
            row
            for band in range(middle - reach, middle + reach + 1)
            for row in store.between(band, longitude - east, longitude + east)
        ]
        if found:
            best = min(found, key=lambda row: _km(row, latitude, longitude))
            return store.geo_place(best, exact=False)
    return None


def _km(row: Row | Code, latitude: float, longitude: float) -> float:
    return float(great_circle((row.latitude, row.longitude), (latitude, longitude)).km)


def _without_fillers(words: Typed) -> Typed:
    kept = words
    while kept.words and kept.words[0] in typed.FILLERS:
        kept = typed.without(kept, 0, 1)
    return kept


class _Reader:
    """Reads one text."""

    def __init__(self, store: Store, home: str) -> None:
        self.store, self.home = store, home

    def whole(self, words: Typed) -> Located | None:
        """What the text says if every word is understood, or a post code is; None when that is nothing."""
        return (self._coded(words) or self._called(words)) if words.words else None

    # Post codes

    def _found_codes(self, words: Typed) -> list[tuple[CodeWords, Code]]:
        return [(spot, code) for spot in typed.post_codes(words.words) for code in self._codes(spot)]

    def _codes(self, spot: CodeWords) -> list[Code]:
        found = self.store.codes(spot.code, spot.country)
        # The same number in several countries: home, the US, then where most people live.
        return sorted(found, key=lambda code: (code.country != self.home, code.country != "US",
                                               -self.store.countries[code.country][1]))  # fmt: skip

    def _coded(self, words: Typed) -> Located | None:
        """A post code, when the other words agree with it."""
        agreeing: list[GeoPlace] = []
        for spot, code in self._found_codes(words):
            fits = self._agree(typed.without(words, spot.first, spot.end), code)
            if fits is not None:
                agreeing.append(self.store.geo_code(code, exact=fits and spot.whole))
        return _located(agreeing) if agreeing else None

    def _agree(self, rest: Typed, code: Code) -> bool | None:
        """Whether all words are understood (True), some (False), or they speak of another place (None)."""
        best = None
        for reading in self._readings(rest):
            if reading.area and not _covers(reading.area, code):
                continue
            left = reading.rest.words
            if not left or " ".join(left) == key(code.town):
                return True
            if self._ends_near(left, code) or (reading.area and reading.area.region):
                best = False
        return best

    def _ends_near(self, words: tuple[str, ...], code: Code) -> bool:
        tails = [" ".join(words[i:]) for i in range(max(0, len(words) - 5), len(words))]
        return key(code.town) in tails or any(
            _km(row, code.latitude, code.longitude) < NEAR_KM
            for tail in self.store.known(tails)
            for row in self.store.named(tail, code.country)
        )

    # Names

    def _readings(self, words: Typed) -> list[Reading]:
        """The words as they are, and with one or two areas taken off the end."""
        found = [Reading(words, None)]
        for rest, area in self._peeled(words):
            found.append(Reading(rest, area))
            found += [
                Reading(less, smaller) for less, smaller in self._peeled(rest) if _within(smaller, area)
            ]
        return found

    def _peeled(self, words: Typed) -> Iterator[tuple[Typed, Area]]:
        count = len(words.words)
        ends = {" ".join(words.words[i:]): i for i in range(max(0, count - 5), count)}
        for area in self.store.areas([*ends]) if ends else []:
            yield typed.without(words, ends[area.key], count), area

    def _called(self, words: Typed) -> Located | None:
        """A name, with or without a state or country; a code that means a state."""
        guesses = []
        readings = self._readings(words)
        likeliest = min((one.area.cost for one in readings if one.area), default=0)
        for reading in readings:
            if reading.rest.words:
                # "Ontario, CA": California is likelier than Canada.
                doubt = reading.area.cost - likeliest if reading.area else 0
                rows = self._named(reading.rest.words, reading.area)
                guesses += [self._guess(row, row.cost + doubt) for row in rows]
            elif reading.area and reading.area.place and (row := self.store.place(reading.area.place)):
                guesses.append(self._guess(row, reading.area.cost))
        if not guesses and len(words.starts) > 1:
            guesses = [self._guess(row) for row in self._spots_in_towns(words)]
        return _located(_town_first(_by_cost(guesses))) if guesses else None

    def _named(self, words: tuple[str, ...], area: Area | None) -> list[Row]:
        name = " ".join(words)
        return self.store.named(name, area.country, area.region) if area else self.store.named(name)

    def _spots_in_towns(self, words: Typed) -> Iterator[Row]:
        """ "Harlem, Manhattan", "Soho, London, UK": a name near another name."""
        for reading in self._readings(words):
            for start in sorted(reading.rest.starts - {0}):
                towns = self._named(reading.rest.words[start:], reading.area)[:5]
                for row in self.store.named(" ".join(reading.rest.words[:start])) if towns else []:
                    if any(_km(town, row.latitude, row.longitude) < NEAR_KM for town in towns):
                        yield row

    def _guess(self, row: Row, cost: float | None = None, *, exact: bool = True) -> Guess:
        weighed = (row.cost if cost is None else cost) - (AT_HOME if row.country == self.home else 0)
        known = bool(row.first) or row.cost < KNOWN_ABROAD
        return Guess(weighed, self.store.geo_place(row, exact=exact), known)

    # Parts

    def part(self, words: Typed) -> Located | None:
        """The end of the text is a town, what stands before it (a street, a building) is not known."""
        codes = self._found_codes(words)
        plain = words
        for spot, _ in codes[:1]:
            plain = typed.without(words, spot.first, spot.end)
        readings = sorted(self._readings(plain), key=lambda one: len(one.rest.words))
        states = {one.area.key: one.area.cost for one in reversed(readings) if one.area}
        for reading in readings:
            if found := self._tail(reading, states):
                return found
        if codes and codes[0][0].first:
            return _located([self.store.geo_code(code, exact=False) for _, code in codes])
        return None

    def _tail(self, reading: Reading, states: dict[str, int]) -> Located | None:
        """A town at the end; not one whose name is better known as a state's."""
        words, area = reading.rest.words, reading.area
        starts = range(max(1, len(words) - 5), len(words))
        tails = {" ".join(words[i:]): i for i in starts}
        known = {tails[tail] for tail in self.store.known([*tails])} if tails else set()
        # A name that begins after a comma first, then the longest.
        for i in sorted(known, key=lambda i: (i not in reading.rest.starts, i)):
            if not (i in reading.rest.starts or area or _street(words[:i])):
                continue
            rows = [row for row in self._named(words[i:], area) if row.kind not in WIDE]
            if rows and rows[0].cost < states.get(" ".join(words[i:]), 1000):
                return _located(_by_cost(self._guess(row, exact=False) for row in rows))
        return None

    # Near misses

    def nearly(self, words: Typed) -> Located:
        """Typing errors, and names of which only a part is known."""
        if not words.words:
            return NOWHERE
        readings = self._readings(words)
        slips = [*self._areas_misspelt(words)]
        # The shortest rest, with its state understood, is the likeliest to be meant.
        for reading in sorted(readings, key=lambda one: len(one.rest.words))[:3]:
            if not any(sure for sure, _ in slips):
                slips += self._slips(reading)
        slips.sort(key=lambda slip: (not slip[0], slip[1].cost))
        if slips and slips[0][0]:
            return _located(guess.place for _, guess in slips)
        rest = [guess.place for _, guess in slips[: OTHERS - 1]]
        rest += [place for one in readings for place in self._pieces(one)]
        rest += [self.store.geo_code(code, exact=False) for code in self._codes_beside(words)]
        return Located(None, tuple(_different(rest)[:OTHERS]))

    def _areas_misspelt(self, words: Typed) -> Iterator[tuple[bool, Guess]]:
        """ "Brooklyn, New Yrok": the name is right, the state or country is nearly."""
        for split in sorted(words.starts - {0}) or range(1, len(words.words)):
            tail = " ".join(words.words[split:])
            for row in self._named(words.words[:split], None)[:50] if len(tail) > 3 else []:
                if min(OSA.distance(tail, name) for name in self.store.area_names(row)) <= len(tail) // 4:
                    yield True, self._guess(row, exact=False)

    def _codes_beside(self, words: Typed) -> list[Code]:
        """The ZIP codes next to one that does not exist."""
        number = words.words[-1]
        if len(number) != 5 or not number.isascii() or not number.isdigit():
            return []
        found = self.store.codes_from(number[:3], 200)
        return sorted(found, key=lambda code: abs(int(code.code) - int(number)))[:OTHERS]

    def _slips(self, reading: Reading) -> Iterator[tuple[bool, Guess]]:
        """Places spelled nearly so, and whether one may be taken for what was meant."""
        name = " ".join(reading.rest.words)
        if len(name) < 3 or len(name) > 60 or name.isdigit():
            return
        alike = {
            spelling: likeness
            for spelling in self.store.spelled_like(name, 120)
            if (likeness := OSA.normalized_similarity(name, spelling)) >= ALIKE
        }
        for spelling in sorted(alike, key=lambda one: -alike[one])[:25]:
            for row in self._named((spelling,), reading.area)[:3]:
                guess = self._guess(row, exact=False)
                single = OSA.distance(name, spelling) <= (2 if len(name) > 8 else 1) and len(name) > 5
                sure = single and (reading.area is not None or guess.cost <= SLIP_COST)
                yield sure, Guess(guess.cost + 1200 * (1 - alike[spelling]), guess.place)

    def _pieces(self, reading: Reading) -> Iterator[GeoPlace]:
        """The town at one end of the text, the state that is known though the town is not."""
        words, area = reading.rest.words, reading.area
        ends = [words[:i] for i in range(len(words) - 1, 0, -1)] + [words[i:] for i in range(1, len(words))]
        known = self.store.known([" ".join(end) for end in ends]) if ends else set()
        for end in ends:
            if " ".join(end) in known and len(" ".join(end)) > 3:
                yield from (self.store.geo_place(row, exact=False) for row in self._named(end, area)[:2])
        if area and words:
            rows = [row for row in self._named((area.key,), area) if row.kind in WIDE]
            yield from (self.store.geo_place(row, exact=False) for row in rows[:1])


def _street(words: tuple[str, ...]) -> bool:
    return any(word in typed.STREETS or word[0].isdigit() for word in words)


def _covers(area: Area, code: Code) -> bool:
    return _country_in(code.country, area.country) and area.region in {"", code.region}


def _within(smaller: Area, larger: Area) -> bool:
    if larger.region:
        return False
    return _country_in(smaller.country, larger.country) and bool(
        smaller.region or smaller.country != larger.country
    )


def _country_in(country: str, larger: str) -> bool:
    return country == larger or country in TERRITORIES.get(larger, ())


def _by_cost(guesses: Iterable[Guess]) -> list[GeoPlace]:
    """Small towns that were once called so are of no help, unless nothing else is."""
    best, *others = sorted(guesses, key=lambda guess: guess.cost)
    return [best.place, *(guess.place for guess in others if guess.known)]


def _town_first(places: list[GeoPlace]) -> list[GeoPlace]:
    """Whoever types "Lisboa" means the town rather than the region around it."""
    if len(places) > 1 and places[0].kind == "region" and places[1].kind == "town":
        region, town, *rest = places
        if (region.country, region.region) == (town.country, town.region):
            return [town, region, *rest]
    return places


def _located(places: Iterable[GeoPlace]) -> Located:
    best, *others = _different(places)
    return Located(best, tuple(others[:OTHERS]))


def _different(places: Iterable[GeoPlace]) -> list[GeoPlace]:
    """One place a label, the first."""
    found: dict[str, GeoPlace] = {}
    for place in places:
        found.setdefault(place.label, place)
    return list(found.values())
