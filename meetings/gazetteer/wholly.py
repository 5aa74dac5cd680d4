"""Readings in which every word is understood, or a post code is and the rest agrees with it."""

from collections.abc import Iterator

from meetings.gazetteer import typed
from meetings.gazetteer.keys import key
from meetings.gazetteer.place import GeoPlace, Located
from meetings.gazetteer.readings import NEAR_KM, Reader, Reading, by_cost, covers, km, located, tails
from meetings.gazetteer.store import Code, Row
from meetings.gazetteer.typed import Typed


def wholly(reader: Reader, words: Typed) -> Located | None:
    """None when the text says nothing as it stands."""
    return (coded(reader, words) or called(reader, words)) if words.words else None


def coded(reader: Reader, words: Typed) -> Located | None:
    """A post code, when the other words agree with it."""
    agreeing: list[GeoPlace] = []
    for spot, code in reader.codes(words):
        rest = typed.without(words, spot.first, spot.end)
        fits = {_fits(reader, reading, code) for reading in reader.readings(rest)}
        if fits != {None}:
            agreeing.append(reader.store.geo_code(code, exact=True in fits and spot.whole))
    return located(_as_labelled(agreeing, words)) if agreeing else None


def _fits(reader: Reader, reading: Reading, code: Code) -> bool | None:
    """Whether all words are understood (True), some (False), or they speak of another place (None).

    Of a town and a code far from it the town counts: forms fill in codes, people type towns.
    """
    if reading.area and not covers(reading.area, code):
        return None
    left = reading.rest
    if not left.words or " ".join(left.words) == key(code.town):
        return True
    ends = tails(left.words)
    if key(code.town) in ends:
        return False
    far = False
    for end in reader.store.known([*ends]):
        rows = reader.store.named(end, code.country)
        if any(km(row, code.latitude, code.longitude) < NEAR_KM for row in rows):
            return False
        far |= ends[end] in left.starts and any(row.region == code.region for row in rows)
    return False if reading.area and reading.area.region and not far else None


def called(reader: Reader, words: Typed) -> Located | None:
    """A name, with or without a state or country; a code that means a state."""
    guesses = []
    readings = reader.readings(words)
    likeliest = min((one.area.cost for one in readings if one.area), default=0)
    for reading in readings:
        if reading.rest.words:
            # "Ontario, CA": California is likelier than Canada.
            doubt = reading.area.cost - likeliest if reading.area else 0
            rows = reader.named(reading.rest.words, reading.area)
            guesses += [reader.guess(row, row.cost + doubt) for row in rows]
        elif reading.area and reading.area.place and (row := reader.store.place(reading.area.place)):
            guesses.append(reader.guess(row, reading.area.cost))
    if not guesses and len(words.starts) > 1:
        guesses = [reader.guess(row) for row in _spots_in_towns(reader, readings)]
    return located(_as_labelled(_town_first(by_cost(guesses)), words)) if guesses else None


def _spots_in_towns(reader: Reader, readings: list[Reading]) -> Iterator[Row]:
    """ "Harlem, Manhattan", "Soho, London, UK": a name near another name."""
    for reading in readings:
        for start in sorted(reading.rest.starts - {0}):
            towns = reader.named(reading.rest.words[start:], reading.area)[:5]
            for row in reader.named(reading.rest.words[:start], None) if towns else []:
                if any(km(town, row.latitude, row.longitude) < NEAR_KM for town in towns):
                    yield row


def _as_labelled(places: list[GeoPlace], words: Typed) -> list[GeoPlace]:
    """Our own label, sent back, means the place that it was the label of."""
    if len(words.starts) < 2 or len(places) < 2:
        return places
    text = " ".join(words.words)
    return sorted(places, key=lambda place: key(place.label) != text)


def _town_first(places: list[GeoPlace]) -> list[GeoPlace]:
    """Whoever types "Lisboa" means the town rather than the region around it."""
    if len(places) > 1 and places[0].kind == "region" and places[1].kind == "town":
        region, town, *rest = places
        if (region.country, region.region) == (town.country, town.region):
            return [town, region, *rest]
    return places
