"""Where SQLite and PostgreSQL write or tell a moment differently."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import connection


def moment(at: datetime) -> Any:
    """A moment as a parameter."""
    return connection.ops.adapt_datetimefield_value(at)


def day(on: date) -> Any:
    """A date as a parameter."""
    return connection.ops.adapt_datefield_value(on)


def utc(column: str) -> str:
    """A column of moments, to be read by `reader`: SQLite's as text, which spares the slow way round."""
    return f"{column} || '+00:00'" if connection.vendor == "sqlite" else column


def reader() -> Callable[[Any], datetime]:
    """Makes a moment in UTC of what `utc` told, unless it is None."""
    return datetime.fromisoformat if connection.vendor == "sqlite" else _as_it_is


def _as_it_is(told: Any) -> Any:
    return told


def iso(column: str) -> str:
    """A column of moments as text in ISO 8601, in UTC and whole seconds."""
    if connection.vendor == "sqlite":
        return f"substr({column}, 1, 10) || 'T' || substr({column}, 12, 8) || '+00:00'"
    return f"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"')"""
