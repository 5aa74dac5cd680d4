"""Which rows come into question, read from the covering indexes alone.

What an index cannot tell for sure is handed on as such: rows whose next date is out of date, and rows so
near the edge of the circle that only the geodesic knows. `find` looks at those one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import sqrt
from typing import Any, NamedTuple

from django.db import connection
from django.utils.functional import cached_property

from meetings import dialect, telling
from meetings.circle import Circle
from meetings.clauses import ANYTHING, Clause, Params, both, one_of
from rules.ranking import SHUFFLED_SQL, Candidate, flat_error
from rules.search import Order
from rules.windows import GRACE, Window

LONG = timedelta(days=4)
"""What began earlier than this and still runs may have its next regular date in a window of two days."""

CHUNK = 2000


class Undecided(NamedTuple):
    """A row that its index does not decide, with what does: where it is, and its slot."""

    id: int
    latitude: float | None
    longitude: float | None
    weekday: int | None
    start: int | None
    minutes: int
    every: int
    anchor: Any
    nth: str
    timezone: str
    quiet_from: datetime | None
    quiet_until: datetime | None


class Census(NamedTuple):
    """How many rows there are, and how many of them are undecided."""

    rows: int
    undecided: int


@dataclass(frozen=True)
class Selection:
    """The rows that answer a question: the condition of each facet, other conditions, where and when."""

    now: datetime
    facets: Mapping[str, Clause]
    others: Sequence[Clause]
    circle: Circle | None = None
    window: Window | None = None

    def within(self, circle: Circle) -> Selection:
        """The same question elsewhere."""
        return replace(self, circle=circle)

    def without(self, facet: str) -> Selection:
        """The same question but for the choice in one facet."""
        return replace(self, facets={name: one for name, one in self.facets.items() if name != facet})

    # --- Statements ---------------------------------------------------------------------------------

    def census(self) -> Census:
        """Count them."""
        [row] = self._read(f"count(*), count(*) FILTER (WHERE NOT ({self._decided}))")
        return Census(*row)

    def decided(self, order: Order, count: int, shuffle: int = 0, *, tell: bool = False) -> list[Candidate]:
        """The first `count` of those that are sure, in order; with `tell` read for showing, too."""
        if order is Order.DISTANCE:
            by_distance = f"{self._d2}, next_start IS NULL, next_start, id"
            return self._first(ANYTHING.sql, by_distance, {"count": count}, tell)
        mixed = SHUFFLED_SQL.format(key="id", factor="%(shuffle)s")
        late = dialect.moment(self.now - GRACE)
        found: list[Candidate] = []
        for part in ("next_start >= %(late)s", "next_start < %(late)s", "next_start IS NULL"):
            if len(found) < count:
                more = {"count": count - len(found), "shuffle": shuffle, "late": late}
                found += self._first(part, f"next_start, {mixed}, id", more, tell)
        return found

    def _first(self, part: str, order: str, more: Params, tell: bool) -> list[Candidate]:
        here = self.circle
        dates = f"{dialect.told('next_start')} AS starts, {dialect.told('next_end')} AS ends"
        keys = (
            f"SELECT id, {dates}, {self._d2} AS d2, {self._pin} FROM meetings_meeting"
            f" WHERE {self._surely.sql} AND {self._dated} AND {part} ORDER BY {order} LIMIT %(count)s"
        )
        rows = _all(telling.beside(keys) if tell else keys, {**self._surely.params, **more})
        away = [sqrt(max(row[3] or 0.0, 0.0)) for row in rows]
        error = flat_error(here.latitude, max(away, default=0.0)) if here else 0.0
        read = dialect.read
        return [
            Candidate(row[0], read(row[1]), read(row[2]), km, error, row[4] or 0.0, row[5] or 0.0, row[6:])
            for row, km in zip(rows, away, strict=True)
        ]

    def undecided(self) -> Iterator[Undecided]:
        """Those that are not sure."""
        return _undecided(f"{self._where.sql} AND NOT ({self._decided})", self._where.params)

    def spots(self) -> Iterator[tuple[Candidate, bool]]:
        """All in the circle's box, unmeasured and in no order, and whether their date is sure."""
        dates = f"{dialect.told('next_start')}, {dialect.told('next_end')}"
        read = dialect.read
        for key, start, end, latitude, longitude, sure in self._read(
            f"id, {dates}, latitude, longitude, {self._decided}"
        ):
            at = read(start), read(end)
            yield Candidate(key, *at, latitude=latitude, longitude=longitude), bool(sure)

    def columns(self, names: Sequence[str]) -> Iterator[Sequence[tuple[Any, ...]]]:
        """These columns of them in chunks, after (id or None, latitude, longitude).

        The id tells a row of which the index alone cannot say whether it answers the question.
        """
        what = f"CASE WHEN {self._counts} THEN NULL ELSE id END, {self._pin}, {', '.join(names)}"
        return _chunks(f"SELECT {what} FROM meetings_meeting WHERE {self._where.sql}", self._where.params)

    def _read(self, what: str) -> list[tuple[Any, ...]]:
        return _all(f"SELECT {what} FROM meetings_meeting WHERE {self._where.sql}", self._where.params)

    # --- Conditions ---------------------------------------------------------------------------------

    @cached_property
    def _where(self) -> Clause:
        """All that may be an answer."""
        here = [self.circle.clause] if self.circle else []
        return both([self._listed(), *here, *self.facets.values(), *self.others, *self._when()])

    @cached_property
    def _surely(self) -> Clause:
        """The same without what is in doubt for its place."""
        here = [self.circle.surely] if self.circle else []
        return both([self._listed(), *here, *self.facets.values(), *self.others, *self._when()])

    def _listed(self) -> Clause:
        sql = "listed AND (quiet_from IS NULL OR quiet_from > %(now)s OR quiet_until <= %(now)s)"
        return Clause(sql, {"now": dialect.moment(self.now)})

    def _when(self) -> Iterator[Clause]:
        window = self.window
        if window is None:
            return
        in_window = "next_start < %(until)s" + ("" if window.running else " AND next_start >= %(since)s")
        # Civil dates anywhere on earth are within a day of the UTC date.
        day = timedelta(days=1)
        params = {
            "since": dialect.moment(window.since),
            "until": dialect.moment(window.until),
            "long": dialect.moment(self.now - LONG),
            "first": dialect.day((self.now - LONG - day).date()),
            "last": dialect.day((window.until + day).date()),
        }
        yield Clause(f"({in_window} OR NOT ({self._dated}))", params)

    @property
    def _pin(self) -> str:
        """Where it is; without a circle nobody asks, and the index by date does not know."""
        return "latitude, longitude" if self.circle else "NULL, NULL"

    @property
    def _d2(self) -> str:
        return self.circle.d2 if self.circle else "NULL"

    @property
    def _decided(self) -> str:
        """What the index decides by itself: the date is right, and it is not on the edge of the circle."""
        return f"{self._dated} AND {self._inside}"

    @property
    def _counts(self) -> str:
        """The same where only the number matters: without a window an old date is no doubt."""
        return self._decided if self.window else self._inside

    @property
    def _inside(self) -> str:
        return self.circle.is_sure if self.circle else ANYTHING.sql

    @property
    def _dated(self) -> str:
        """The next date on the row is right; with a window: and the only one that can lie in it."""
        current = "(next_end > %(now)s OR next_end IS NULL)"
        if not self.window:
            return current
        return (
            f"{current} AND next_start >= %(long)s AND id NOT IN (SELECT meeting_id FROM meetings_datedchange"
            " WHERE kind <> 'closed' AND coalesce(to_date, \"on\") BETWEEN %(first)s AND %(last)s)"
        )


def undecided_by_id(ids: Sequence[int]) -> Iterator[Undecided]:
    """The same for rows that are known by their numbers."""
    clause = one_of("id", "id", ids)
    return _undecided(clause.sql, clause.params)


def _undecided(where: str, params: Params) -> Iterator[Undecided]:
    *plain, quiet_from, quiet_until = Undecided._fields
    columns = ", ".join([*plain, dialect.told(quiet_from), dialect.told(quiet_until)])
    for chunk in _chunks(f"SELECT {columns} FROM meetings_meeting WHERE {where}", params):
        for row in chunk:
            yield Undecided._make([*row[:-2], dialect.read(row[-2]), dialect.read(row[-1])])


def _all(sql: str, params: Params) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _chunks(sql: str, params: Params) -> Iterator[Sequence[tuple[Any, ...]]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(CHUNK):
            yield rows
