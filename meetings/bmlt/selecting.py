"""Which rows answer a BMLT search, in order. SQL decides what columns tell; the rest is sieved after.

Conditions are constants with named parameters, as in `meetings.candidates`. What is found is a list of row
ids: whoever reads the rows does so in batches, so that a list of any length needs little memory and no
transaction.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import cos, radians
from typing import Any

from django.db import connection

from meetings.bmlt.asked import Circle, Search, Signed
from meetings.bmlt.book import OWN, Book, OutBody
from meetings.clauses import Clause, either, one_of
from meetings.models import Origin
from rules import geo
from rules.bmlt_circle import FARTHEST, REACHES, flat_doubt, rung, seen_from

CHUNK = 2000
SPARE = 10
MOST_DOUBT = 0.2
MOST_BANDS = 100
MOST_FORMATS = 100
KM_A_DEGREE = 111.2
"""At least as many as a degree has anywhere: boxes must cover."""

ATTENDANCES = {1: "in_person", 2: "online", 3: "hybrid"}
SORTED = {
    "weekday_tinyint": "m.weekday",
    "start_time": "m.start",
    "duration_time": "m.minutes",
    "latitude": "m.latitude",
    "longitude": "m.longitude",
}
"""Fields that SQL can sort by."""

# What a search for words reads beside the words of the listing itself.
_MORE_WORDS = ("location_sub_province", "location_postal_code_1", "train_lines", "bus_lines")


@dataclass
class Found:
    """Ids in order. `degrees` says how far each is, where somebody measured."""

    ids: Sequence[int] = ()
    degrees: Mapping[int, float] = field(default_factory=dict)


Bodies = dict[int, OutBody]


def bodies_of(services: Signed, book: Book, *, recursive: bool) -> tuple[Bodies, Bodies]:
    """The bodies to include and to leave out, by row."""
    groups = []
    for numbers in (services.include, services.exclude):
        named = book.bodies_by_number(numbers)
        groups.append(book.below(named) if recursive else {body.id: body for body in named})
    return groups[0], groups[1]


def meetings_by_number(numbers: Iterable[int], book: Book) -> list[int]:
    """The rows that go by these numbers."""
    wanted = set(numbers)
    if not wanted:
        return []
    keys = [str(number) for number in wanted if number < OWN]
    told = Origin.objects.filter(source_id__in=book.sources, key__in=keys)
    ours = {number - OWN for number in wanted if number >= OWN}
    told_too = Origin.objects.filter(source_id__in=book.sources, meeting_id__in=ours)
    columns = ("meeting_id", "source_id", "key")
    named = [
        pk for pk, source, key in told.values_list(*columns) if book.number_of(pk, source, key) in wanted
    ]
    elsewhere = {
        pk for pk, source, key in told_too.values_list(*columns) if book.number_of(pk, source, key) < OWN
    }
    return sorted({*named, *(ours - elsewhere)})


class Selection:
    """One search on its way to its rows."""

    def __init__(self, search: Search, book: Book, now: datetime) -> None:
        self.search = search
        self.book = book
        self.where, self.params = _joined([*_standing(book, now), *self._asked()])
        self.tables = "meetings_meeting m"
        if search.formats:
            self.tables += " LEFT JOIN meetings_origin o ON o.meeting_id = m.id"

    def in_order(self, sort: Sequence[str]) -> array[int]:
        """All ids, sorted by fields that SQL can sort by; those without a value last."""
        columns = [SORTED[name] for name in sort]
        order = ", ".join(f"{column} IS NULL, {column}" for column in columns)
        found = array("q")
        sql = f"SELECT m.id FROM {self.tables} WHERE {self.where} ORDER BY {order}, m.id"  # noqa: S608
        for rows in _chunks(sql, self.params):
            found.extend(row[0] for row in rows)
        return found

    def around(self, circle: Circle, degrees: float, columns: Sequence[str]) -> list[tuple[Any, ...]]:
        """(id, degrees away, *columns) of all within `degrees`, in no order."""
        here, params = _joined(_box(circle, degrees))
        names = "".join(f", {column}" for column in columns)
        sql = (
            f"SELECT m.id, m.latitude, m.longitude{names} FROM {self.tables}"  # noqa: S608
            f" WHERE {self.where} AND {here}"
        )
        away = seen_from(circle.latitude, circle.longitude)
        return [
            (row[0], far, *row[3:])
            for rows in _chunks(sql, {**self.params, **params})
            for row in rows
            if (far := away(row[1], row[2])) <= degrees
        ]

    def roughly_nearest(self, circle: Circle, degrees: float, count: int) -> list[tuple[Any, ...]]:
        """(id, latitude, longitude, its squared distance as on flat ground) of the first `count`."""
        here, params = _joined(_box(circle, degrees))
        params |= {"lat": circle.latitude, "lon": circle.longitude, "count": count}
        params["narrow"] = cos(radians(circle.latitude)) ** 2
        dy, dx = "(m.latitude - %(lat)s)", "(m.longitude - %(lon)s)"
        sql = (
            f"SELECT m.id, m.latitude, m.longitude, {dy} * {dy} + {dx} * {dx} * %(narrow)s AS away"  # noqa: S608
            f" FROM {self.tables} WHERE {self.where} AND {here} ORDER BY away, m.id LIMIT %(count)s"
        )
        return [row for rows in _chunks(sql, {**self.params, **params}) for row in rows]

    def _asked(self) -> Iterator[Clause]:
        search = self.search
        yield from self._signed("meeting", "m.id", search.meeting_ids, self._rows)
        yield from self._signed("weekday", "m.weekday", search.weekdays, _weekdays)
        yield from self._signed("venue", "m.attendance", search.venue_types, _attendances)
        yield from self._bodies()
        yield from self._times()
        if search.formats:
            yield from self._formats()
        if search.words is not None:
            yield self._words(search.words)

    def _signed(self, name: str, column: str, asked: Signed, rows_of: Any) -> Iterator[Clause]:
        """A row without a value fails both, as in SQL."""
        if asked.include:
            yield one_of(name, column, rows_of(asked.include))
        if asked.exclude:
            clause = one_of(f"no_{name}", column, rows_of(asked.exclude))
            yield Clause(f"NOT ({clause.sql})", clause.params)

    def _rows(self, numbers: Iterable[int]) -> list[int]:
        return meetings_by_number(numbers, self.book)

    def _bodies(self) -> Iterator[Clause]:
        services = self.search.services
        if not services:
            return
        wanted, unwanted = bodies_of(services, self.book, recursive=self.search.recursive)
        if services.include:
            yield one_of("body", "m.body_id", list(wanted))
        if unwanted:
            clause = one_of("no_body", "m.body_id", list(unwanted))
            yield Clause(f"(m.body_id IS NULL OR NOT ({clause.sql}))", clause.params)

    def _times(self) -> Iterator[Clause]:
        """What ends after midnight never ends before an hour of its day."""
        search = self.search
        for name, sql, value in (
            ("starts_after", "m.start > %(starts_after)s", search.starts_after),
            ("starts_before", "m.start < %(starts_before)s", search.starts_before),
            ("ends_before", "m.start + m.minutes <= %(ends_before)s", search.ends_before),
            ("least", "m.minutes >= %(least)s", search.min_minutes),
            ("most", "m.minutes <= %(most)s", search.max_minutes),
        ):
            if value is not None:
                yield Clause(sql, {name: value})

    def _formats(self) -> Iterator[Clause]:
        """Rows that may have the formats: what a source told decides here, all else is sieved after.

        No database takes a condition on thousands of formats; then every row is sieved.
        """
        include = sorted(self.search.formats.include)
        if len(include) > MOST_FORMATS:
            return
        clauses = [self._told_format(f"format{n}_", number) for n, number in enumerate(include)]
        if clauses and self.search.any_format:
            yield either(clauses)
        elif clauses:
            yield from clauses

    def _told_format(self, name: str, number: int) -> Clause:
        sources = self.book.sources
        others = one_of(f"{name}source", "o.source_id", sorted(sources))
        told = f"(',' || replace({json_text('format_shared_id_list')}, ' ', '') || ',')"
        parts = [Clause("o.id IS NULL OR o.held <> '[]'"), Clause(f"NOT ({others.sql})", others.params)]
        parts.append(Clause(f"{told} = ',,'"))
        for source in sorted(sources):
            known = self.book.formats.told.get(source, {})
            raw = {key for key, out in known.items() if out == number} or {str(number)}
            for key in sorted(raw):
                mark = f"{name}{source}_{key}"
                parts.append(Clause(f"{told} LIKE %({mark})s", {mark: f"%,{key},%"}))
        return either(parts)

    def _words(self, words: Sequence[str]) -> Clause:
        """Any of the words, as a whole word."""
        sources = one_of("word_source", "w.source_id", sorted(self.book.sources))
        more = " || ' ' || ".join(f"coalesce({json_text(key, 'w')}, '')" for key in _MORE_WORDS)
        clauses = [Clause("1 = 0")]
        for n, word in enumerate(words):
            mark = f"word{n}"
            clauses.append(Clause(f"(' ' || m.search_text || ' ') LIKE %({mark})s", {mark: f"% {word} %"}))
        beside = [f"(' ' || lower({more}) || ' ') LIKE %(word{n})s" for n in range(len(words))]
        if beside and self.book.sources:
            sql = (
                "EXISTS (SELECT 1 FROM meetings_origin w WHERE w.meeting_id = m.id"  # noqa: S608
                f" AND {sources.sql} AND ({' OR '.join(beside)}))"
            )
            clauses.append(Clause(sql, sources.params))
        return either(clauses)


def nearest_first(
    selection: Selection, circle: Circle, columns: Sequence[str], passes: Any = None
) -> list[tuple[Any, ...]]:
    """(id, degrees, *columns) in the circle; one that counts widens until enough pass."""
    if circle.radius is not None:
        found = selection.around(circle, circle.radius / circle.a_degree, columns)
        return passes(found) if passes else found
    for reach in REACHES:
        degrees = min(reach / circle.a_degree, FARTHEST)
        found = selection.around(circle, degrees, columns)
        if len(found) >= circle.least and passes:
            found = passes(found)
        if len(found) >= circle.least:
            away = sorted(row[1] for row in found)[circle.least - 1] * circle.a_degree
            limit = rung(away) / circle.a_degree
            return [row for row in found if row[1] <= limit]
    return passes(found) if passes and len(found) < circle.least else found


def first_nearest(selection: Selection, circle: Circle, count: int) -> list[tuple[int, float]] | None:
    """(id, degrees) of the first `count` in the circle and maybe more, by distance.

    The database ranks as if the ground were flat. That is right within a known share, so what comes after
    the last row it gave cannot come before the last one wanted. None where the ground is too round.
    """
    degrees = (circle.radius or 0.0) / circle.a_degree
    doubt = flat_doubt(circle.latitude, degrees)
    if not degrees or doubt > MOST_DOUBT or abs(circle.longitude) + degrees / 0.08 > FARTHEST:
        return None
    away = seen_from(circle.latitude, circle.longitude)
    wanted = count + SPARE
    while True:
        rows = selection.roughly_nearest(circle, degrees, wanted)
        found = sorted((far, row[0]) for row in rows if (far := away(row[1], row[2])) <= degrees)
        is_all = len(rows) < wanted or rows[-1][3] * (1 - doubt) > degrees * degrees
        if is_all or (len(found) >= count and found[count - 1][0] ** 2 < rows[-1][3] * (1 - doubt)):
            return [(pk, far) for far, pk in found]
        wanted *= 4


def _weekdays(numbers: Iterable[int]) -> list[int]:
    return [number - 1 for number in numbers if number <= 7]


def _attendances(numbers: Iterable[int]) -> list[str]:
    return [ATTENDANCES[number] for number in numbers if number in ATTENDANCES]


def _standing(book: Book, now: datetime) -> Iterator[Clause]:
    """Listed, of our fellowships, and not in a pause at `now`.

    A pause that the BMLT source itself told goes out: its clients show the source's own word for it.
    """
    # A plus keeps the database from preferring the index of half the table.
    yield one_of("fellowship", "+m.fellowship_id", sorted(book.fellowships))
    moment = connection.ops.adapt_datetimefield_value(now)
    quiet = "m.quiet_from IS NULL OR m.quiet_from > %(now)s OR m.quiet_until <= %(now)s"
    params: dict[str, Any] = {"now": moment}
    if book.sources:
        told = one_of("pause_source", "q.source_id", sorted(book.sources))
        quiet += (
            f" OR EXISTS (SELECT 1 FROM meetings_origin q WHERE q.meeting_id = m.id AND {told.sql}"  # noqa: S608
            " AND CAST(q.held AS TEXT) NOT LIKE %(held_status)s)"
        )
        params |= {**told.params, "held_status": '%"status"%'}
    yield Clause(f"m.listed AND ({quiet})", params)


def _box(circle: Circle, degrees: float) -> Iterator[Clause]:
    """The box around a circle, in the terms of the index by place."""
    box = geo.box(circle.latitude, circle.longitude, degrees * KM_A_DEGREE)
    bands = geo.bands(box.south, box.north)
    if len(bands) <= MOST_BANDS:
        yield one_of("band", "m.band", bands)
    else:
        yield Clause("m.latitude BETWEEN %(south)s AND %(north)s", {"south": box.south, "north": box.north})
    yield either(
        [
            Clause(
                f"m.longitude BETWEEN %(west{n})s AND %(east{n})s",
                {f"west{n}": span.west, f"east{n}": span.east},
            )
            for n, span in enumerate(box.spans)
        ]
    )


def json_text(key: str, table: str = "o") -> str:
    """A text field of what a source told."""
    if connection.vendor == "postgresql":
        return f"({table}.extra ->> '{key}')"
    return f"json_extract({table}.extra, '$.{key}')"


def _joined(clauses: Iterable[Clause]) -> tuple[str, dict[str, Any]]:
    sql: list[str] = []
    params: dict[str, Any] = {}
    for clause in clauses:
        sql.append(f"({clause.sql})")
        params.update(clause.params)
    return " AND ".join(sql), params


def _chunks(sql: str, params: Mapping[str, Any]) -> Iterator[Sequence[tuple[Any, ...]]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(CHUNK):
            yield rows
