"""The finder: a question and a moment in, meetings and counts out. Every read of the listings starts here.

What decides a doubtful case:

- With `near`, a meeting counts if its pin lies within the radius; one without a pin is nowhere. The one
  exception: who asks for online meetings alone, without a radius, asks the whole world. Then `near` only
  told us their zone, and the soonest come first.
- Without a radius the circle widens until `WIDEN_UNTIL` are found, to the whole earth if need be.
- A meeting in a pause at `now` is not found, even if the pause ends before the window that is asked for.
- `next_start` is the running date until its end. What has ended is never an answer, not even within the
  grace of `today` and `tonight`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from geopy.distance import geodesic

from meetings import conditions, facets, wordsearch
from meetings.candidates import Circle, Clause, Selection, undecided_by_id
from meetings.lexicon import Lexicon, lexicon
from meetings.models import ListingsVersion
from meetings.reckoning import decide
from meetings.showing import listing_dict, show
from rules.listing import Attendance
from rules.ranking import Candidate, Measure, estimate, nearest, shuffle_of, soonest
from rules.search import RADII_KM, WIDEN_UNTIL, Order, Query
from rules.windows import window
from rules.zones import zone

__all__ = ["Answer", "every", "find", "listing_dict"]

SPARE = 10
"""How many more than asked for are read, to know that nothing beyond could come before."""

METRE = 0.001


@dataclass(frozen=True, slots=True)
class Answer:
    """`meetings` are ready for JSON; `radius_km` is the circle they were looked for in, None without one."""

    meetings: list[dict[str, Any]]
    total: int
    radius_km: float | None
    facets: dict[str, list[dict[str, Any]]] | None
    version: int
    next_offset: int | None


def find(query: Query, now: datetime) -> Answer:
    """The meetings that answer `query` at `now` (aware; the minute that has begun counts)."""
    now = now.replace(second=0, microsecond=0)
    version = ListingsVersion.current()
    words = lexicon(version)
    language = (get_language() or "en").partition("-")[0]
    search = _Search(query, now, _selection(query, now, words, version))
    search.run()
    page = search.page()
    upto = query.offset + query.limit
    return Answer(
        meetings=show(page, words, language, measured=search.circle is not None),
        total=search.total,
        radius_km=search.circle.km if search.circle else None,
        facets=facets.count(query, search.selection, search.rows, words, language) if query.facets else None,
        version=version,
        next_offset=upto if search.total > upto else None,
    )


def every(query: Query, now: datetime) -> Iterator[int]:
    """The ids of all that answers `query`, whatever its `limit`: in order with `near`, else as they stand."""
    now = now.replace(second=0, microsecond=0)
    version = ListingsVersion.current()
    search = _Search(query, now, _selection(query, now, lexicon(version), version))
    search.run()
    if search.circle:
        search.query = replace(query, offset=0, limit=search.total)
        yield from (one.key for one in search.page())
        return
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


def _is_worldwide(query: Query) -> bool:
    """Whether the asker's place does not matter."""
    return query.near is None or (query.attendance == {Attendance.ONLINE} and query.radius_km is None)


class _Search:
    """One question on its way to its answer."""

    def __init__(self, query: Query, now: datetime, selection: Selection) -> None:
        self.query = query
        self.now = now
        self.selection = selection
        self.total = 0
        self.singles: list[Candidate] = []  # looked at one by one
        self.circle: Circle | None = None

    @property
    def order(self) -> Order:
        return Order.SOONEST if self.circle is None else self.query.order

    def run(self) -> None:
        """Count the answers, widening the circle where that is wanted."""
        near = self.query.near
        if near is None or _is_worldwide(self.query):
            self._count()
            return
        self.measure = _measure(near.latitude, near.longitude)
        radii = (self.query.radius_km,) if self.query.radius_km else RADII_KM
        for km in radii:
            self.circle = Circle(near.latitude, near.longitude, km)
            self.selection = self.selection.within(self.circle)
            self._count()
            if self.total >= WIDEN_UNTIL:
                return

    def _count(self) -> None:
        if self.circle and not self.circle.is_flat:
            self.singles = list(self._measured())
            self.total = len(self.singles)
            return
        rows, undecided = self.selection.census()
        self.singles = list(self._decide(self.selection.undecided())) if undecided else []
        self.total = rows - undecided + len(self.singles)

    def _decide(self, rows: Any) -> Any:
        measure, km = (self.measure, self.circle.km) if self.circle else (None, 0.0)
        return decide(rows, self.now, self.selection.window, measure, km)

    def _measured(self) -> Any:
        """All in a circle too wide, or too near a pole, for the index to measure."""
        circle = self.circle
        assert circle
        known: dict[tuple[float, float], tuple[float, float] | None] = {}
        doubtful: list[int] = []
        for one, sure in self.selection.spots():
            spot = one.latitude, one.longitude
            if spot not in known:
                known[spot] = self._away(*spot)
            away = known[spot]
            if away and sure:
                yield one._replace(km=away[0], error=away[1])
            elif away:
                doubtful.append(one.key)
        for i in range(0, len(doubtful), 500):
            yield from self._decide(undecided_by_id(doubtful[i : i + 500]))

    def _away(self, latitude: float, longitude: float) -> tuple[float, float] | None:
        circle = self.circle
        assert circle
        km, error = estimate(circle.latitude, circle.longitude, latitude, longitude)
        if km - error > circle.km:
            return None
        if km + error > circle.km:
            km, error = self.measure(latitude, longitude), 0.0
        return (km, error) if km <= circle.km else None

    def rows(self, selection: Selection, names: Sequence[str]) -> Iterator[list[tuple[Any, ...]]]:
        """These columns of all that answers `selection`, a question in the same circle."""
        round_ = self.circle is not None and not self.circle.is_flat
        for chunk in selection.columns(names):
            open_ = [row[0] for row in chunk if row[0] is not None]
            answers = {one.key for one in self._decide(undecided_by_id(open_))} if open_ else set()
            yield [
                row[3:]
                for row in chunk
                if (row[0] is None or row[0] in answers)
                and not (round_ and self._away(row[1], row[2]) is None)
            ]

    def page(self) -> list[Candidate]:
        """The asked page of the answers, in order."""
        first, last = self.query.offset, self.query.offset + self.query.limit
        if first >= self.total:
            return []
        found = self._nearest(last) if self.order is Order.DISTANCE else self._soonest(last)
        return [self._told(one) for one in found[first:last]]

    def _told(self, one: Candidate) -> Candidate:
        """With a distance that is right to the metre."""
        if one.error < METRE / 2:
            return one
        return one._replace(km=self.measure(one.latitude, one.longitude), error=0.0)

    def _soonest(self, count: int) -> list[Candidate]:
        shuffle = shuffle_of(self.now.astimezone(zone(self.query.timezone)).date())
        flat = self.circle is None or self.circle.is_flat
        sure = self.selection.decided(Order.SOONEST, count, shuffle) if flat else []
        return soonest([*sure, *self.singles], self.now, shuffle)

    def _nearest(self, count: int) -> list[Candidate]:
        assert self.circle
        if not self.circle.is_flat:
            return nearest(self.singles, self.measure, count)
        wanted = count + SPARE
        while True:
            sure = self.selection.decided(Order.DISTANCE, wanted, 0)
            if (
                len(sure) < wanted
                or sure[-1].km - sure[-1].error > sure[count - 1].km + sure[count - 1].error
            ):
                return nearest([*sure, *self.singles], self.measure, count)
            wanted *= 2


def _measure(latitude: float, longitude: float) -> Measure:
    return lambda lat, lon: float(geodesic((latitude, longitude), (lat, lon)).km)
