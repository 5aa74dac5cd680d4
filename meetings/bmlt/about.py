"""What a client learns of this server before it asks for meetings. Worked out once a version and minute."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar, cast

import django
from django.conf import settings
from django.core.cache import caches
from django.db import connection

from meetings.bmlt.asked import Search
from meetings.bmlt.book import Book
from meetings.bmlt.fields import DATA_KEYS, DISTANCES, MAIN_KEYS
from meetings.bmlt.selecting import Selection, json_text
from meetings.bmlt.writing import decimal
from meetings.clauses import one_of

VERSION = "4.2.7"
"""The version of BMLT whose answers these are; clients decide by it what they may ask."""

KEPT_SECONDS = 600
DEFAULT_ZOOM = "9"

Kept = TypeVar("Kept")


def version_number() -> str:
    """The version as one number, as clients compare it."""
    major, minor, patch = map(int, VERSION.split("."))
    return str(major * 1_000_000 + minor * 1_000 + patch)


def used_formats(book: Book, now: datetime) -> frozenset[int]:
    """The formats that at least one meeting has."""
    return _kept("formats", book, lambda: frozenset(_used_formats(book, now)))


def _used_formats(book: Book, now: datetime) -> set[int]:
    standing = Selection(Search(), book, now)
    sources = one_of("told_by", "o.source_id", sorted(book.sources))
    tables = f"{standing.tables} LEFT JOIN meetings_origin o ON o.meeting_id = m.id"
    shared_ids = json_text("format_shared_id_list")
    params = {**standing.params, **sources.params}
    told = _read(
        f"SELECT DISTINCT o.source_id, {shared_ids} FROM {tables}"  # noqa: S608
        f" WHERE {standing.where} AND {sources.sql}",
        params,
    )
    ours = _read(
        "SELECT DISTINCT m.fellowship_id, m.attendance, m.type_bits, m.format_bits, m.feature_bits,"  # noqa: S608
        f" m.community_bits, m.language_bits FROM {tables} WHERE {standing.where}"
        f" AND (o.id IS NULL OR NOT ({sources.sql}) OR o.held <> '[]' OR coalesce({shared_ids}, '') = '')",
        params,
    )
    table = book.formats
    found = {number for source, ids in told for number in table.told_by(source, ids or "")}
    for fellowship, attendance, *masks in ours:
        codes = book.codes(fellowship, tuple(masks))
        found.update(table.of_types(book.fellowships[fellowship], codes, attendance))
    return found


def coverage(book: Book, now: datetime) -> dict[str, str]:
    """The box around all pins: its north-west and its south-east corner."""
    west, north, east, south = _kept("coverage", book, lambda: _corners(book, now))
    return {
        "nw_corner_longitude": decimal(west),
        "nw_corner_latitude": decimal(north),
        "se_corner_longitude": decimal(east),
        "se_corner_latitude": decimal(south),
    }


def _corners(book: Book, now: datetime) -> tuple[float, float, float, float]:
    standing = Selection(Search(), book, now)
    [row] = _read(
        "SELECT min(m.longitude), max(m.latitude), max(m.longitude), min(m.latitude)"  # noqa: S608
        f" FROM {standing.tables} WHERE {standing.where}",
        standing.params,
    )
    return tuple(value or 0.0 for value in row)  # type: ignore[return-value]


def server_info(book: Book, now: datetime) -> dict[str, Any]:
    """Facts and settings under the names that clients know. Keys to other services are never among them."""
    west, north, east, south = _kept("coverage", book, lambda: _corners(book, now))
    keys = [*MAIN_KEYS, *DISTANCES, *DATA_KEYS, *book.extra_keys]
    return {
        "version": VERSION,
        "versionInt": version_number(),
        "langs": ",".join(code for code, _name in settings.LANGUAGES),
        "nativeLang": settings.LANGUAGE_CODE,
        "centerLongitude": decimal((west + east) / 2),
        "centerLatitude": decimal((north + south) / 2),
        "centerZoom": DEFAULT_ZOOM,
        "defaultDuration": "01:00",
        "regionBias": "us",
        "charSet": "UTF-8",
        "distanceUnits": "mi",
        "semanticAdmin": "1",
        "emailEnabled": "0",
        "emailIncludesServiceBodies": "0",
        "changesPerMeeting": "0",
        "meeting_states_and_provinces": "",
        "meeting_counties_and_sub_provinces": "",
        "available_keys": ",".join(keys),
        "google_api_key": "",
        "dbVersion": "1",
        "dbPrefix": "",
        "phpVersion": "",
        "commit": "",
        "auto_geocoding_enabled": True,
        "county_auto_geocoding_enabled": False,
        "zip_auto_geocoding_enabled": False,
        "default_closed_status": True,
        "aggregator_mode_enabled": False,
        "software": f"Homegroup (Django {django.get_version()})",
    }


def _kept(name: str, book: Book, work_out: Callable[[], Kept]) -> Kept:
    key = f"bmlt:{name}:{book.version}:{','.join(sorted(book.fellowships.values()))}"
    return cast(Kept, caches["answers"].get_or_set(key, work_out, KEPT_SECONDS))


def _read(sql: str, params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
