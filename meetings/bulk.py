"""Inserting rows by the hundred thousand.

`bulk_create` compiles every cell of every row; with 40 columns a row that is most of an import. Here the
statement is built once, PostgreSQL takes the rows by COPY, and SQLite many to a statement: the index of
words writes to disk at the end of every statement, so a row at a time (`executemany`) costs ever more, 1 ms
a row at 80 thousand where this costs 0.03. Called inside `editing`'s transactions only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import chain
from typing import Any

import orjson
from django.db import connection, models

from rules.batches import batched

MOST_VALUES = 16_000  # in one statement; SQLite takes 32,766


def insert(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model and give them their ids; no signals, no defaults of the database."""
    if not rows:
        return
    model = type(rows[0])
    for row, pk in zip(rows, _fresh_ids(model, len(rows)), strict=True):
        row.pk = pk
        row._state.adding = False
        row._state.db = connection.alias
    columns = _columns(model, connection.vendor)
    values = [[adapt(getattr(row, name)) for name, adapt in columns] for row in rows]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {_target(model)} FROM STDIN") as copy:
                for one in values:
                    copy.write_row(one)
        else:
            row_of_places = f"({', '.join(['%s'] * len(columns))})"
            for some in batched(values, MOST_VALUES // len(columns)):
                places = ", ".join([row_of_places] * len(some))
                cursor.execute(f"INSERT INTO {_target(model)} VALUES {places}", [*chain(*some)])  # noqa: S608


def _fresh_ids(model: type[models.Model], count: int) -> list[int]:
    """Ids that nobody has: the writer is alone on SQLite, PostgreSQL's sequence is asked."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            cursor.execute(sequence, [table, count])
            return [pk for (pk,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
        last = (cursor.fetchone() or [0])[0]
        return list(range(last + 1, last + 1 + count))


def _target(model: type[models.Model]) -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in model._meta.concrete_fields if field.column)
    return f"{quote(model._meta.db_table)} ({columns})"


@cache
def _columns(model: type[models.Model], vendor: str) -> list[tuple[str, Callable[[Any], Any]]]:
    """(attribute, how its value goes into the database) of each column."""
    return [(field.attname, _adapter(field, vendor)) for field in model._meta.concrete_fields]


def _adapter(field: models.Field[Any, Any], vendor: str) -> Callable[[Any], Any]:
    if isinstance(field, models.JSONField):
        return lambda value: orjson.dumps(value).decode()
    if isinstance(field, models.DateTimeField) and vendor == "sqlite":
        return connection.ops.adapt_datetimefield_value
    if isinstance(field, models.DateField) and vendor == "sqlite":
        return connection.ops.adapt_datefield_value
    return _as_it_is


def _as_it_is(value: Any) -> Any:
    return value
