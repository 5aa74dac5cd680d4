"""Readings in which the end of a text is a town, and what stands before it (a street, a hall) is unknown."""

from dataclasses import replace

from meetings.gazetteer import typed
from meetings.gazetteer.place import Located
from meetings.gazetteer.readings import WIDE, Reader, Reading, by_cost, located, tails
from meetings.gazetteer.typed import Typed
from meetings.gazetteer.wholly import called


def partly(reader: Reader, words: Typed) -> Located | None:
    """The town of an unknown street, or of a wrong post code; else what the post code alone says."""
    codes = reader.codes(words)
    plain = typed.without(words, codes[0][0].first, codes[0][0].end) if codes else without_number(words)
    if plain != words and (found := called(reader, plain)) and found.place:
        return Located(replace(found.place, exact=False), found.others)
    readings = sorted(reader.readings(plain), key=lambda one: one.order)
    states = {one.area.key: one.area.cost for one in reversed(readings) if one.area}
    # A name that begins after a comma, in any reading, before one that does not.
    for comma in (True, False):
        for reading in readings:
            if town := _town_at_the_end(reader, reading, states, comma):
                return town
    if codes and codes[0][0].first:
        return located(reader.store.geo_code(code, exact=False) for _, code in codes)
    return None


def without_number(words: Typed) -> Typed:
    """Without a number behind the first word that looks like a ZIP code which nobody knows."""
    for i in range(len(words.words) - 1, 0, -1):
        if len(words.words[i]) == 5 and words.words[i].isdigit():
            return typed.without(words, i, i + 1)
    return words


def _town_at_the_end(reader: Reader, reading: Reading, states: dict[str, int], comma: bool) -> Located | None:
    """Not one that is better known as a state, and not "Street", which is a town in England."""
    words, area = reading.rest.words, reading.area
    ends = tails(words, 1)
    known = [ends[end] for end in reader.store.known([*ends])] if ends else []
    for i in sorted(known):
        fits = i in reading.rest.starts if comma else area or _street(words[:i])
        if not fits or (len(words) == i + 1 and words[i] in typed.STREETS):
            continue
        rows = [row for row in reader.named(words[i:], area) if row.kind not in WIDE]
        if rows and rows[0].cost < states.get(" ".join(words[i:]), 1000):
            return located(by_cost(reader.guess(row, exact=False) for row in rows))
    return None


def _street(words: tuple[str, ...]) -> bool:
    return any(word in typed.STREETS or word[0].isdigit() for word in words)
