"""Near misses: typing errors, and names of which only a part is known."""

from collections.abc import Iterator

from rapidfuzz.distance import OSA

from meetings.gazetteer import typed
from meetings.gazetteer.partly import without_number
from meetings.gazetteer.place import NOWHERE, GeoPlace, Located
from meetings.gazetteer.readings import OTHERS, WIDE, Guess, Reader, Reading, different, located
from meetings.gazetteer.store import Code
from meetings.gazetteer.typed import Typed

# Likeness under which a spelling is no help; what each lacking part of it costs.
ALIKE, UNLIKE_COST = 0.6, 1200
# A single slip may stand for a town of this weight or more (about six thousand people), without a state too.
SLIP_COST = 620
# Spellings that are compared, those that are looked up, and readings that are tried.
COMPARED, LOOKED_UP, TRIED = 120, 25, 3


def nearly(reader: Reader, words: Typed) -> Located:
    """A place only if one slip parts it from the text; else offers alone."""
    if not words.words:
        return NOWHERE
    readings = reader.readings(without_number(words))
    slips = [(True, guess) for guess in _areas_misspelt(reader, words)]
    # The shortest rest, with its state understood, is the likeliest to be meant.
    for reading in sorted((one for one in readings if one.rest.words), key=lambda one: one.order)[:TRIED]:
        if not any(sure for sure, _ in slips):
            slips += _slips(reader, reading)
    slips.sort(key=lambda slip: (not slip[0], slip[1].cost))
    if slips and slips[0][0]:
        return located(guess.place for _, guess in slips)
    rest = [guess.place for _, guess in slips[: OTHERS - 1]]
    rest += [place for one in readings for place in _pieces(reader, one)]
    rest += [reader.store.geo_code(code, exact=False) for code in _codes_beside(reader, words)]
    return Located(None, tuple(different(rest)[:OTHERS]))


def _areas_misspelt(reader: Reader, words: Typed) -> Iterator[Guess]:
    """ "Brooklyn, New Yrok": the name is right, the state or country is nearly."""
    for split in sorted(words.starts - {0}) or range(1, len(words.words)):
        tail = " ".join(words.words[split:])
        for row in reader.named(words.words[:split], None)[:50] if len(tail) > 3 else []:
            if min(OSA.distance(tail, name) for name in reader.store.area_names(row)) <= len(tail) // 4:
                yield reader.guess(row, exact=False)


def _slips(reader: Reader, reading: Reading) -> Iterator[tuple[bool, Guess]]:
    """Places spelled nearly so, and whether one may be taken for what was meant."""
    last_part = reading.rest.words[max(reading.rest.starts, default=0) :]
    name = " ".join(last_part)
    if len(name) < 3 or len(name) > 60 or name.isdigit() or reader.store.known([name]):
        return
    alike = {
        spelling: likeness
        for spelling in reader.store.spelled_like(name, COMPARED)
        if (likeness := OSA.normalized_similarity(name, spelling)) >= ALIKE
    }
    for spelling in sorted(alike, key=lambda one: -alike[one])[:LOOKED_UP]:
        for row in reader.named((spelling,), reading.area)[:3]:
            guess = reader.guess(row, exact=False)
            single = OSA.distance(name, spelling) <= (2 if len(name) > 8 else 1) and len(name) > 5
            sure = single and (reading.area is not None or guess.cost <= SLIP_COST)
            yield sure, Guess(guess.cost + UNLIKE_COST * (1 - alike[spelling]), guess.place)


def _pieces(reader: Reader, reading: Reading) -> Iterator[GeoPlace]:
    """The town at one end of the text, the state that is known though the town is not."""
    words, area = reading.rest.words, reading.area
    ends = [words[:i] for i in range(len(words) - 1, 0, -1)] + [words[i:] for i in range(1, len(words))]
    known = reader.store.known([" ".join(end) for end in ends]) if ends else set()
    for end in ends:
        if " ".join(end) in known and len(" ".join(end)) > 3 and end[-1] not in typed.STREETS:
            yield from (reader.store.geo_place(row, exact=False) for row in reader.named(end, area)[:2])
    if area and words:
        rows = [row for row in reader.named((area.key,), area) if row.kind in WIDE]
        yield from (reader.store.geo_place(row, exact=False) for row in rows[:1])


def _codes_beside(reader: Reader, words: Typed) -> list[Code]:
    """The ZIP codes next to one that does not exist."""
    number = words.words[-1]
    if len(number) != 5 or not number.isascii() or not number.isdigit():
        return []
    found = reader.store.codes_from(number[:3], 200)
    return sorted(found, key=lambda code: abs(int(code.code) - int(number)))[:OTHERS]
