"""The finder: a question and a moment in, meetings and counts out. Every read of the listings starts here.

What decides a doubtful case:

- With `near`, a meeting counts if its pin lies within the radius; one without a pin is nowhere. The one
  exception: who asks for online meetings alone, without a radius, asks the whole world. Then `near` only
  told us their zone, and the soonest come first.
- Without a radius the circle widens until `WIDEN_UNTIL` are found, to the whole earth if need be.
- A meeting in a pause at `now` is not found, even if the pause ends before the window that is asked for.
- `next_start` is the running date until its end. What has ended is never an answer, not even within the
  grace of `today` and `tonight`.
- Moments only move on: a row knows its dates from when it was last worked out, so `now` is not before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from typing import Any

from django.utils.translation import get_language

from meetings import conditions, facets, wordsearch
from meetings.candidates import Selection, Undecided, undecided_by_id
from meetings.circle import Circle
from meetings.clauses import Clause
from meetings.lexicon import Lexicon, lexicon
from meetings.models import ListingsVersion
from meetings.reckoning import decide
from meetings.ruler import Ruler
from meetings.showing import listing_dict, show
from rules.batches import batched
from rules.listing import Attendance
from rules.ranking import Candidate, by_estimate, nearest, settled, shuffle_of, soonest
from rules.search import RADII_KM, WIDEN_UNTIL, Order, Query
from rules.windows import window
from rules.zones import zone

__all__ = ["Answer", "every", "find", "listing_dict"]

SPARE = 5
"""How many more than asked for are read, to know that nothing beyond could come before."""

CROWD = 3
"""How many times what is asked for a narrower circle should hold, meetings not being spread evenly."""

METRE = 0.001
BATCH = 500


@dataclass(frozen=True, slots=True)
class Answer:
    """`meetings` are ready for JSON; `radius_km` is the circle they were looked for in, None without one."""

    meetings: list[dict[str, Any]]
    total: int
    radius_km: float | None
    facets: dict[str, list[dict[str, Any]]] | None
    version: int
    next_offset: int | None


def find(query: Query, now: datetime, *, version: int | None = None) -> Answer:
    """The meetings that answer `query` at `now` (aware; the minute that has begun counts).

    `version` is that of the listings, from a caller who has just read it.
    """
    now = now.replace(second=0, microsecond=0)
    version = version or ListingsVersion.current()
    words = lexicon(version)
    language = (get_language() or "en").partition("-")[0]
    search = _search(query, _selection(query, now, words, version))
    upto = query.offset + query.limit
    search.tell = not query.offset  # of a later page, most of what comes before would be read in vain
    page = search.first(upto)[query.offset :] if query.offset < search.total else []
    return Answer(
        meetings=show(page, words, language, measured=search.ruler is not None),
        total=search.total,
        radius_km=search.radius_km,
        facets=facets.count(query, search.selection, search.rows, words, language) if query.facets else None,
        version=version,
        next_offset=upto if search.total > upto else None,
    )


def every(query: Query, now: datetime) -> Iterator[int]:
    """The ids of all that answers `query`, whatever its `limit`: in order with `near`, else as they stand."""
    now = now.replace(second=0, microsecond=0)
    version = ListingsVersion.current()
    search = _search(query, _selection(query, now, lexicon(version), version))
    if search.ruler and search.total:
        yield from (one.key for one in search.first(search.total))
    elif not search.ruler:
        for chunk in search.rows(search.selection, ["id"]):
            yield from (pk for (pk,) in chunk)


def _selection(query: Query, now: datetime, words: Lexicon, version: int) -> Selection:
    others: list[Clause] = []
    if query.group:
        others.append(conditions.of_group(query.group))
    if query.text:
        others.append(wordsearch.clause(query.text, version))
    return Selection(
        now=now,
        facets=conditions.of_facets(query, words),
        others=others,
        window=window(query.when, now, query.timezone) if query.when else None,
    )


def _search(query: Query, selection: Selection) -> _Everywhere:
    """Look where the question says; in a circle that widens, if it says so."""
    near = query.near
    if near is None or (query.attendance == {Attendance.ONLINE} and query.radius_km is None):
        return _Everywhere(query, selection)
    ruler = Ruler(near)
    for km in (query.radius_km,) if query.radius_km else RADII_KM:
        circle = Circle(near.latitude, near.longitude, km)
        kind = _InCircle if circle.is_flat else _InWideCircle
        search = kind(query, selection.within(circle), ruler, circle)
        if search.total >= WIDEN_UNTIL:
            break
    return search


class _Everywhere:
    """A question without a place: the soonest of the whole world.

    `total` is how many answers there are. `singles` are those that no index decides, looked at one by one.
    With `tell`, answers are read for showing along the way.
    """

    ruler: Ruler | None = None
    radius_km: float | None = None
    tell = False

    def __init__(self, query: Query, selection: Selection) -> None:
        self.query = query
        self.selection = selection
        self.count()

    def count(self) -> None:
        rows, undecided = self.selection.census()
        self.singles = list(self.decide(self.selection.undecided())) if undecided else []
        self.total = rows - undecided + len(self.singles)

    def decide(self, rows: Iterable[Undecided]) -> Iterator[Candidate]:
        """Those of these rows that are answers."""
        return decide(rows, self.selection.now, self.selection.window)

    def first(self, count: int) -> list[Candidate]:
        """The first `count` answers, in the order asked for."""
        return self._soonest(count)

    def _soonest(self, count: int) -> list[Candidate]:
        now = self.selection.now
        shuffle = shuffle_of(now.astimezone(zone(self.query.timezone)).date())
        return soonest([*self.decided(Order.SOONEST, count, shuffle), *self.singles], now, shuffle)[:count]

    def decided(self, order: Order, count: int, shuffle: int = 0) -> list[Candidate]:
        """The first `count` of those that the index decides."""
        return self.selection.decided(order, count, shuffle, tell=self.tell)

    def rows(self, selection: Selection, names: Sequence[str]) -> Iterator[list[tuple[Any, ...]]]:
        """These columns of all that answers `selection`, another question about the same place."""
        for chunk in selection.columns(names):
            doubtful = [row[0] for row in chunk if row[0] is not None]
            answers = {one.key for one in self.decide(undecided_by_id(doubtful))} if doubtful else set()
            yield [
                row[3:] for row in chunk if (row[0] is None or row[0] in answers) and self.holds(*row[1:3])
            ]

    def holds(self, latitude: float | None, longitude: float | None) -> bool:
        """Whether a spot lies where the question says, so far as the index left that open."""
        return True


class _InCircle(_Everywhere):
    """A question about a circle in which the index measures, exactly but for a hair at its edge."""

    ruler: Ruler

    def __init__(self, query: Query, selection: Selection, ruler: Ruler, circle: Circle) -> None:
        self.ruler = ruler
        self.circle = circle
        self.radius_km = self.km = circle.km
        super().__init__(query, selection)

    def decide(self, rows: Iterable[Undecided]) -> Iterator[Candidate]:
        for one in decide(rows, self.selection.now, self.selection.window):
            away = self.ruler.measure(one.latitude, one.longitude)
            if away <= self.km:
                yield one._replace(km=away)

    def first(self, count: int) -> list[Candidate]:
        by_distance = self.query.order is Order.DISTANCE
        found = self._nearest(count) if by_distance else self._soonest(count)
        return [self._told(one) for one in found]

    def _nearest(self, count: int) -> list[Candidate]:
        wanted = count + SPARE
        # In a crowd the nearest are much nearer than the edge: then the whole circle is not sorted for them.
        share = sqrt(CROWD * wanted / max(self.total, 1))
        while True:
            is_whole = share >= 1
            selection = self.selection if is_whole else self.selection.within(self.circle.narrowed(share))
            decided = by_estimate(selection.decided(Order.DISTANCE, wanted, tell=self.tell))
            is_full = len(decided) == wanted
            if (is_full and _is_beyond(decided[-1], decided[count - 1])) or (is_whole and not is_full):
                if self.singles:
                    return nearest([*decided, *self.singles], self.ruler.measure, count)
                return settled(decided, self.ruler.measure)[:count]
            if is_full:
                wanted *= 2
            share *= 2

    def _told(self, one: Candidate) -> Candidate:
        """With a distance that is right to the metre."""
        if one.error < METRE / 2:
            return one
        return one._replace(km=self.ruler.measure(one.latitude, one.longitude), error=0.0)


def _is_beyond(one: Candidate, other: Candidate) -> bool:
    return one.km - one.error > other.km + other.error


class _InWideCircle(_InCircle):
    """A circle too wide, or too near a pole, for the index to measure: every answer is looked at."""

    def count(self) -> None:
        self.singles = list(self._measured())
        self.total = len(self.singles)

    def _measured(self) -> Iterator[Candidate]:
        doubtful = []
        for one, is_sure in self.selection.spots():
            away = self.ruler.reach(one.latitude, one.longitude, self.km)
            if away and is_sure:
                yield one._replace(km=away[0], error=away[1])
            elif away:
                doubtful.append(one.key)
        for ids in batched(doubtful, BATCH):
            yield from self.decide(undecided_by_id(ids))

    def _nearest(self, count: int) -> list[Candidate]:
        return nearest(self.singles, self.ruler.measure, count)

    def decided(self, order: Order, count: int, shuffle: int = 0) -> list[Candidate]:
        return []

    def holds(self, latitude: float | None, longitude: float | None) -> bool:
        return (
            latitude is not None
            and longitude is not None
            and bool(self.ruler.reach(latitude, longitude, self.km))
        )
