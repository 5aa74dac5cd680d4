"""Completes a name while it is typed."""

from collections.abc import Iterator

from meetings.gazetteer.keys import beginnings
from meetings.gazetteer.place import GeoPlace
from meetings.gazetteer.store import KNOWN_ABROAD, Row, Store
from meetings.gazetteer.typed import take_apart


def suggest(store: Store, prefix: str, limit: int = 8, near_country: str | None = None) -> list[GeoPlace]:
    """The likeliest places that `prefix` may become; "springfield i" knows the state, "112" the ZIP codes."""
    words = take_apart(prefix)
    if not words.words or limit < 1:
        return []
    found: dict[str, GeoPlace] = {}
    if len(words.words) == 1 and words.words[0].isdigit():
        for code in store.codes_from(words.words[0], limit, near_country or "US"):
            place = store.geo_code(code)
            found.setdefault(place.label, place)
    for row in _rows(store, prefix, words.words, words.starts, limit):
        place = store.geo_place(row)
        found.setdefault(place.label, place)
        if len(found) >= limit:
            break
    return list(found.values())[:limit]


def _rows(
    store: Store, prefix: str, words: tuple[str, ...], starts: frozenset[int], limit: int
) -> Iterator[Row]:
    """By the whole prefix, then by a name and the beginning of its state or country."""
    if len(starts) == 1:
        starting = beginnings(prefix)
        rows = [row for start in starting for row in store.starting(start, 2 * limit)]
        # Several beginnings: mix by weight. Ids rise as weight falls.
        yield from sorted(rows, key=lambda row: row.id) if len(starting) > 1 else rows
    splits = sorted(starts - {0}) or range(len(words) - 1, 0, -1)
    for split in splits:
        tail = words[split:]
        for row in store.named(" ".join(words[:split])):
            if (row.first or row.cost < KNOWN_ABROAD) and _in_area(store, row, " ".join(tail)):
                yield row
    if len(starts) > 1:
        first = min(starts - {0})
        for row in store.starting(" ".join(words[:first]), 60):
            if _in_area(store, row, " ".join(words[first:])):
                yield row


def _in_area(store: Store, row: Row, start: str) -> bool:
    """Whether what may stand after the place's name begins so."""
    return any(name.startswith(start) for name in store.area_names(row))
