"""`GetSearchResults`: from a search to the meetings that answer it, told batch by batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any

from meetings.bmlt.asked import DEFAULT_SORT, Circle, Search
from meetings.bmlt.book import Book
from meetings.bmlt.fields import DISTANCES, NUMBERS, TEMPLATE, UNSEARCHED
from meetings.bmlt.php_json import dumps
from meetings.bmlt.reading import batches
from meetings.bmlt.selecting import SORTED, Found, Selection, first_nearest, nearest_first
from meetings.bmlt.writing import Told, Writer, decimal
from rules.bmlt_circle import KM_A_DEGREE, MILES_A_DEGREE

EVERYWHERE = 180.0
MOST_FIRST = 500


class Results:
    """The meetings that answer a search, in order and paged."""

    def __init__(self, search: Search, book: Book, writer: Writer, now: datetime) -> None:
        self.search = search
        self.book = book
        self.writer = writer
        self.now = now
        self.fields = [key for key in (*TEMPLATE, *book.extra_keys) if key in search.fields]
        if "shared_group_id_bigint" in self.fields:
            self.fields.remove("shared_group_id_bigint")
        self._format_lists: set[str] = set()
        self._values = frozenset(_wanted(search))
        # What only a told meeting can show: its formats, and the value of any field.
        self._is_sieved = bool(search.formats or search.key)
        self.found = self._find()

    def meetings(self) -> Iterator[list[Told]]:
        """The meetings, a batch at a time, with the fields that were asked for."""
        for rows in batches(self.found.ids):
            batch = [self.writer.tell(row) for row in rows]
            self._format_lists.update(told["format_shared_id_list"] for told in batch)
            for row, told in zip(rows, batch, strict=True):
                away = self.found.degrees.get(row.id)
                if away is not None:
                    told["distance_in_km"] = decimal(away * KM_A_DEGREE)
                    told["distance_in_miles"] = decimal(away * MILES_A_DEGREE)
            if self.fields:
                batch = [{key: told.get(key, "") for key in self.fields} for told in batch]
            yield batch

    def formats(self) -> list[dict[str, str]]:
        """The formats of all meetings told so far."""
        numbers = {int(part) for one in self._format_lists for part in one.split(",") if part.isdecimal()}
        known = self.book.formats.by_number
        return [
            known[number].row(known[number].text(self.writer.language), self.writer.root)
            for number in sorted(numbers)
            if number in known
        ]

    def json(self) -> Iterator[bytes]:
        """The answer in the shape that was asked for, in pieces."""
        search = self.search
        if search.formats_only:
            for _batch in self.meetings():
                pass
            yield dumps({"formats": self.formats()})
            return
        yield b'{"meetings":[' if search.used_formats else b"["
        comma = b""
        for batch in self.meetings():
            if batch:
                yield comma + dumps(batch)[1:-1]
                comma = b","
        if search.used_formats:
            yield b'],"formats":' + dumps(self.formats()) + b"}"
        else:
            yield b"]"

    # --- Finding --------------------------------------------------------------------------------

    def _find(self) -> Found:
        search = self.search
        if search.nothing or search.key in UNSEARCHED:
            return Found()
        selection = Selection(search, self.book, self.now)
        found = self._by_place(selection, search.circle) if search.circle else self._everywhere(selection)
        if search.page_size:
            first = search.page_size * (search.page - 1)
            found.ids = found.ids[first : first + search.page_size]
        return found

    def _everywhere(self, selection: Selection) -> Found:
        quick = _is_quick(self.search.sort)
        ids: Sequence[int] = selection.in_order(self.search.sort if quick else DEFAULT_SORT)
        if self._is_sieved:
            ids = list(self._sieved(ids))
        return Found(ids if quick else self._sorted(ids, {}))

    def _by_place(self, selection: Selection, circle: Circle) -> Found:
        quick = _is_quick(self.search.sort)
        sort = () if self.search.by_distance else self.search.sort if quick else DEFAULT_SORT
        columns = [SORTED[name] for name in sort]
        passes = self._passing if self._is_sieved else None
        if circle.radius is None and not circle.least:
            circle = Circle(circle.latitude, circle.longitude, EVERYWHERE * circle.a_degree, 0, circle.in_km)
        rows = self._first_page(selection, circle) or nearest_first(selection, circle, columns, passes)
        degrees = {row[0]: row[1] for row in rows}
        if self.search.by_distance:
            rows.sort(key=itemgetter(1, 0))
        else:
            rows.sort(key=lambda row: (*((value is None, value or 0) for value in row[2:]), row[0]))
        ids = [row[0] for row in rows]
        if not quick and not self.search.by_distance:
            ids = self._sorted(ids, degrees)
        return Found(ids, degrees)

    def _first_page(self, selection: Selection, circle: Circle) -> list[tuple[Any, ...]]:
        """Where only the nearest few are wanted, these alone (and some more); else none."""
        search = self.search
        if not search.by_distance or not search.page_size or self._is_sieved or circle.radius is None:
            return []
        count = search.page_size * search.page
        return list(first_nearest(selection, circle, count) or ()) if count <= MOST_FIRST else []

    def _passing(self, found: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        right = set(self._sieved([row[0] for row in found]))
        return [row for row in found if row[0] in right]

    def _sieved(self, ids: Sequence[int]) -> Iterator[int]:
        for rows in batches(ids):
            yield from (row.id for row in rows if self._is_wanted(self.writer.tell(row)))

    def _is_wanted(self, told: Told) -> bool:
        search = self.search
        if search.formats:
            numbers = {int(part) for part in told["format_shared_id_list"].split(",") if part.isdecimal()}
            if not search.any_format and not numbers.issuperset(search.formats.include):
                return False
            if not search.formats.holds(numbers):
                return False
        return not search.key or told.get(search.key, "").casefold() in self._values

    def _sorted(self, ids: Sequence[int], degrees: Any) -> list[int]:
        """By any fields, as texts without regard to case, numbers as numbers; the empty ones last."""
        keys = self.search.sort
        lines = [
            (tuple(_rank(key, told.get(key, "")) for key in keys), row.id)
            for rows in batches(ids)
            for row in rows
            for told in [self._with_distance(self.writer.tell(row), degrees.get(row.id))]
        ]
        lines.sort(key=itemgetter(0))
        return [pk for _keys, pk in lines]

    def _with_distance(self, told: Told, away: float | None) -> Told:
        for key in DISTANCES:
            told[key] = "" if away is None else decimal(away * KM_A_DEGREE)
        return told


def _wanted(search: Search) -> Iterator[str]:
    """The values of a field that are looked for, as they are compared."""
    is_clock = search.key in {"start_time", "duration_time"}
    return (_clock(value) if is_clock else value.casefold() for value in search.values if value)


def _is_quick(sort: Sequence[str]) -> bool:
    return all(name in SORTED for name in sort)


def _rank(key: str, value: str) -> tuple[bool, float, str]:
    if key in NUMBERS:
        try:
            return False, float(value), ""
        except ValueError:
            return True, 0.0, ""
    return not value, 0.0, value.casefold()


def _clock(text: str) -> str:
    """`H:M` as HH:MM:00."""
    hours, _, minutes = text.partition(":")
    minutes = minutes.partition(":")[0] or "0"
    if not (hours.isdecimal() and minutes.isdecimal()):
        return text
    return f"{int(hours):02}:{int(minutes):02}:00"
