"""Where SQLite and PostgreSQL write or tell a moment differently."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import connection


def moment(at: datetime) -> Any:
    """A moment as a parameter."""
    return connection.ops.adapt_datetimefield_value(at)


def day(on: date) -> Any:
    """A date as a parameter."""
    return connection.ops.adapt_datefield_value(on)


def iso(column: str) -> str:
    """A column of moments as text in ISO 8601, in UTC and whole seconds.

    Either database writes it in a fraction of the time that its driver takes to make a datetime.
    """
    if connection.vendor == "sqlite":
        return f"substr({column}, 1, 10) || 'T' || substr({column}, 12, 8) || '+00:00'"
    return f"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"')"""


def read(told: str | None) -> datetime | None:
    """The moment that `iso` told."""
    return datetime.fromisoformat(told) if told else None
