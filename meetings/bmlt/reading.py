"""Reads rows by their ids, a batch a query: whoever takes them one by one never holds them all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import connection

from meetings.bmlt.writing import COLUMNS, TABLES, MeetingRow

BATCH = 500


def batches(ids: Sequence[int], *, removed: bool = False) -> Iterator[list[MeetingRow]]:
    """The rows in the order of `ids`; without those taken off the list, unless `removed`."""
    kept = "" if removed else " AND m.listed"
    for first in range(0, len(ids), BATCH):
        batch = ids[first : first + BATCH]
        # Numbers of rows, from the database itself: no parameters, of which SQLite takes only so many.
        wanted = ",".join(map(str, batch))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {COLUMNS} FROM {TABLES} WHERE m.id IN ({wanted}){kept}")  # noqa: S608
            found = {row[0]: row for row in cursor.fetchall()}
        yield [MeetingRow._make(found[pk]) for pk in batch if pk in found]
