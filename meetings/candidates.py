"""Which rows come into question, read from the covering indexes alone. The finder's SQL stands here.

Conditions are constants with named parameters, so nothing a person typed ever becomes SQL. What an index
cannot tell for sure is handed on as such: rows whose next date is out of date, and rows so near the edge
of the circle that only the geodesic knows. `find` looks at those one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from math import sqrt
from typing import Any, NamedTuple

from django.db import connection

from rules import geo
from rules.ranking import FLAT_KM, FLAT_LATITUDE, SHUFFLED_SQL, Candidate, flat_error
from rules.search import Order
from rules.windows import GRACE, Window

LONG = timedelta(days=4)
"""What began earlier than this and still runs may have its next regular date in a window of two days."""

MOST_BANDS = 100
CHUNK = 2000

Params = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition on `meetings_meeting`, with the values of its named parameters."""

    sql: str
    params: Params = field(default_factory=dict)


NOTHING = Clause("1 = 0")


def one_of(name: str, column: str, values: Sequence[Any]) -> Clause:
    """`column` is one of `values`."""
    if not values:
        return NOTHING
    params = {f"{name}{number}": value for number, value in enumerate(values)}
    marks = ", ".join(f"%({key})s" for key in params)
    return Clause(f"{column} IN ({marks})", params)


def either(clauses: Sequence[Clause]) -> Clause:
    """One of them holds at least."""
    if not clauses:
        return NOTHING
    params = {key: value for clause in clauses for key, value in clause.params.items()}
    return Clause("(" + " OR ".join(clause.sql for clause in clauses) + ")", params)


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


@dataclass(frozen=True, slots=True)
class Circle:
    """All within `km` of a point."""

    latitude: float
    longitude: float
    km: float

    @property
    def is_flat(self) -> bool:
        """Whether `geo.d2` may rank in it; if not, rows are measured one by one."""
        return self.km <= FLAT_KM and abs(self.latitude) <= FLAT_LATITUDE

    @property
    def error(self) -> float:
        """How far `geo.d2` may be off anywhere within."""
        return flat_error(self.km, self.latitude)


@dataclass(frozen=True)
class Selection:
    """The rows that answer a question: the condition of each facet, other conditions, where and when."""

    now: datetime
    facets: Mapping[str, Clause]
    others: Sequence[Clause]
    circle: Circle | None = None
    window: Window | None = None

    def within(self, circle: Circle | None) -> Selection:
        """The same question elsewhere."""
        return replace(self, circle=circle)

    def without(self, facet: str) -> Selection:
        """The same question but for the choice in one facet."""
        return replace(self, facets={name: one for name, one in self.facets.items() if name != facet})

    # --- Statements ---------------------------------------------------------------------------------

    def census(self) -> Census:
        """Count them."""
        where, params = self._where()
        [row] = _read(
            f"SELECT count(*), count(*) FILTER (WHERE NOT ({self._decided()})) FROM meetings_meeting"
            f" WHERE {where}",
            params,
        )
        return Census(*row)

    def decided(self, order: Order, count: int, shuffle: int) -> list[Candidate]:
        """The first `count` of those that are sure, in order; by `d2` where that is the order."""
        if order is Order.DISTANCE:
            return self._decided_rows("1 = 1", f"{self._d2()}, next_start IS NULL, next_start, id", count)
        mixed = SHUFFLED_SQL.format("id", key="id", factor="%(shuffle)s")
        found: list[Candidate] = []
        for part in ("next_start >= %(late)s", "next_start < %(late)s", "next_start IS NULL"):
            if len(found) < count:
                found += self._decided_rows(
                    part, f"next_start, {mixed}, id", count - len(found), {"shuffle": shuffle}
                )
        return found

    def _decided_rows(self, part: str, order: str, count: int, more: Params | None = None) -> list[Candidate]:
        where, params = self._where()
        rows = _read(
            f"SELECT id, next_start, next_end, {self._d2()}, {self._pin()} FROM meetings_meeting"
            f" WHERE {where} AND {self._decided()} AND {part} ORDER BY {order} LIMIT %(count)s",
            {**params, **(more or {}), "count": count, "late": _moment(self.now - GRACE)},
        )
        return [self._candidate(*row) for row in rows]

    def _candidate(
        self, key: int, start: Any, end: Any, d2: float, latitude: float | None, longitude: float | None
    ) -> Candidate:
        if not self.circle or latitude is None or longitude is None:
            return Candidate(key, utc(start), utc(end))
        km = sqrt(max(d2, 0.0))
        error = flat_error(km, self.circle.latitude)
        return Candidate(key, utc(start), utc(end), km, error, latitude, longitude)

    def undecided(self) -> Iterator[Undecided]:
        """Those that are not sure."""
        where, params = self._where()
        return _undecided(f"{where} AND NOT ({self._decided()})", params)

    def spots(self) -> Iterator[tuple[Candidate, bool]]:
        """All in the circle's box, unmeasured and in no order, and whether their date is sure."""
        where, params = self._where()
        rows = _read(
            f"SELECT id, next_start, next_end, latitude, longitude, {self._decided()}"
            f" FROM meetings_meeting WHERE {where}",
            params,
        )
        for key, start, end, latitude, longitude, sure in rows:
            candidate = Candidate(key, utc(start), utc(end), latitude=latitude, longitude=longitude)
            yield candidate, bool(sure)

    def columns(self, names: Sequence[str]) -> Iterator[Sequence[tuple[Any, ...]]]:
        """These columns of them in chunks, after (id or None, latitude, longitude).

        The id tells a row of which the index alone cannot say whether it answers the question.
        """
        where, params = self._where()
        return _chunks(
            f"SELECT CASE WHEN {self._counts()} THEN NULL ELSE id END, {self._pin()},"
            f" {', '.join(names)} FROM meetings_meeting WHERE {where}",
            params,
        )

    # --- Conditions ---------------------------------------------------------------------------------

    def _where(self) -> tuple[str, dict[str, Any]]:
        clauses = [*self.facets.values(), *self.others, *self._here()]
        params: dict[str, Any] = {"now": _moment(self.now)}
        for clause in clauses:
            params.update(clause.params)
        sql = "listed AND (quiet_from IS NULL OR quiet_from > %(now)s OR quiet_until <= %(now)s)"
        parts = [sql, *(clause.sql for clause in clauses)]
        if self.window:
            params |= self._window_params(self.window)
            parts.append(f"({self._in_window()} OR NOT ({self._dated()}))")
        return " AND ".join(parts), params

    def _here(self) -> Iterator[Clause]:
        circle = self.circle
        if circle is None:
            return
        box = geo.box(circle.latitude, circle.longitude, circle.km)
        bands = geo.bands(box.south, box.north)
        if len(bands) <= MOST_BANDS:
            yield one_of("band", "band", bands)
        else:
            ends = {"south": box.south, "north": box.north}
            yield Clause("latitude BETWEEN %(south)s AND %(north)s", ends)
        spans = [
            Clause(
                f"longitude BETWEEN %(west{n})s AND %(east{n})s",
                {f"west{n}": span.west, f"east{n}": span.east},
            )
            for n, span in enumerate(box.spans)
        ]
        yield spans[0] if len(spans) == 1 else either(spans)
        if circle.is_flat:
            outer = circle.km + circle.error
            inner = max(circle.km - circle.error, 0.0)
            metric = geo.metric(circle.latitude)._asdict()
            seen_from = {f"lon{n}": span.lon0 for n, span in enumerate(box.spans)}
            edges = {"lat": circle.latitude, "outer": outer * outer, "inner": inner * inner}
            yield Clause(f"{self._d2()} <= %(outer)s", {**edges, **metric, **seen_from})

    def _pin(self) -> str:
        """Where it is; without a circle nobody asks, and the index by date does not know."""
        return "latitude, longitude" if self.circle else "NULL, NULL"

    def _d2(self) -> str:
        """The squared distance, or NULL where nobody measures."""
        if not self.circle or not self.circle.is_flat:
            return "NULL"
        dy, dx = "(latitude - %(lat)s)", "(longitude - %(lon0)s)"
        if abs(self.circle.longitude) > 90 and self._crosses():
            dx = "(longitude - CASE WHEN longitude < 0 THEN %(lon1)s ELSE %(lon0)s END)"
        along = f"%(a0)s + %(a1)s * {dy}"
        across = f"%(b0)s + {dy} * (%(b1)s + %(b2)s * {dy}) + %(c0)s * {dx} * {dx}"
        return f"({dy} * {dy} * ({along}) + {dx} * {dx} * ({across}))"

    def _crosses(self) -> bool:
        """Whether the circle lies across 180 degrees."""
        circle = self.circle
        return circle is not None and len(geo.box(circle.latitude, circle.longitude, circle.km).spans) > 1

    def _decided(self) -> str:
        """What the index decides by itself: the date is right, and it is not on the edge of the circle."""
        return f"{self._dated()} AND {self._inside()}"

    def _counts(self) -> str:
        """The same where only the number matters: without a window an old date is no doubt."""
        return self._decided() if self.window else self._inside()

    def _inside(self) -> str:
        return f"{self._d2()} <= %(inner)s" if self.circle and self.circle.is_flat else "1 = 1"

    def _dated(self) -> str:
        """The next date on the row is right; with a window: and the only one that can lie in it."""
        current = "(next_end > %(now)s OR next_end IS NULL)"
        if not self.window:
            return current
        return (
            f"{current} AND next_start >= %(long)s AND id NOT IN (SELECT meeting_id FROM meetings_datedchange"
            " WHERE kind <> 'closed' AND coalesce(to_date, \"on\") BETWEEN %(first)s AND %(last)s)"
        )

    def _in_window(self) -> str:
        if self.window and self.window.running:
            return "next_start < %(until)s"
        return "next_start >= %(since)s AND next_start < %(until)s"

    def _window_params(self, window: Window) -> dict[str, Any]:
        # Civil dates anywhere on earth are within a day of the UTC date.
        day = timedelta(days=1)
        return {
            "since": _moment(window.since),
            "until": _moment(window.until),
            "long": _moment(self.now - LONG),
            "first": connection.ops.adapt_datefield_value((self.now - LONG - day).date()),
            "last": connection.ops.adapt_datefield_value((window.until + day).date()),
        }


def undecided_by_id(ids: Sequence[int]) -> Iterator[Undecided]:
    """The same for rows that are known by their numbers."""
    clause = one_of("id", "id", ids)
    return _undecided(clause.sql, clause.params)


def _undecided(where: str, params: Params) -> Iterator[Undecided]:
    sql = f"SELECT {', '.join(Undecided._fields)} FROM meetings_meeting WHERE {where}"
    for chunk in _chunks(sql, params):
        for row in chunk:
            one = Undecided(*row)
            yield one._replace(quiet_from=utc(one.quiet_from), quiet_until=utc(one.quiet_until))


def _read(sql: str, params: Params) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _chunks(sql: str, params: Params) -> Iterator[Sequence[tuple[Any, ...]]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(CHUNK):
            yield rows


def _moment(at: datetime) -> Any:
    """A moment as the database holds it."""
    return connection.ops.adapt_datetimefield_value(at)


def utc(at: datetime | None) -> datetime | None:
    """A moment as the database gave it; SQLite leaves the zone to the reader."""
    return at.replace(tzinfo=UTC) if at and at.tzinfo is None else at
