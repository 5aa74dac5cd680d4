"""What is read of a meeting to show it in a list: one row with its group and its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from meetings import dialect
from meetings.clauses import one_of

Told = tuple[Any, ...]
"""The columns below, in their order."""

PAGE = 50
_TABLES = """
    LEFT JOIN meetings_group g ON g.id = m.group_id
    LEFT JOIN meetings_place p ON p.id = m.place_id
"""


def _columns() -> str:
    return f"""
        m.slug, m.name, m.fellowship_id, m.attendance, m.weekday, m.start, m.minutes, m.timezone,
        m.every, m.nth, m.type_bits, m.format_bits, m.feature_bits, m.community_bits, m.language_bits,
        m.notes, m.online_url <> '', m.online_phone <> '',
        {dialect.told("m.confirmed_at")}, {dialect.told("m.updated_at")},
        g.slug, g.name,
        p.slug, p.name, p.street, p.formatted, p.city, p.region, p.country,
        p.latitude, p.longitude, p.approximate
    """


def beside(keys: str) -> str:
    """A statement that tells the meetings which the statement `keys` finds (its `id`), beside its columns."""
    return f"SELECT k.*, {_columns()} FROM ({keys}) k JOIN meetings_meeting m ON m.id = k.id {_TABLES}"


def told(ids: Sequence[int]) -> dict[int, Told]:
    """The meetings with these ids, so far as they are still there."""
    if not ids:
        return {}
    # Filled up, so that the same few statements come again and again, which the database knows by heart.
    clause = one_of("id", "m.id", [*ids, *[ids[-1]] * (-len(ids) % PAGE)])
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT m.id, {_columns()} FROM meetings_meeting m {_TABLES} WHERE {clause.sql}", clause.params
        )
        return {row[0]: row[1:] for row in cursor.fetchall()}
