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


def told(column: str) -> str:
    """A column of moments as plain text in UTC, which `read` and `iso` understand.

    Either database tells it in a fraction of the time that its driver takes to make a datetime. On SQLite
    the text is what is stored; the plus hides from the driver that it is a moment.
    """
    return (
        f"+{column}" if connection.vendor == "sqlite" else f"to_char({column} AT TIME ZONE 'UTC', '{_TEXT}')"
    )


_TEXT = "YYYY-MM-DD HH24:MI:SS"


def read(text: str | None) -> datetime | None:
    """The moment that was told."""
    return datetime.fromisoformat(f"{text}+00:00") if text else None


def iso(text: str | None) -> str | None:
    """What was told, in ISO 8601 and whole seconds."""
    return f"{text[:10]}T{text[11:19]}+00:00" if text else None
