"""A meeting as lists and the API tell it: one plain dict. How to join stands on its own page only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix

from meetings import dialect, telling
from meetings.lexicon import Lexicon, languages, lexicon
from meetings.models import ListingsVersion, Meeting
from meetings.timekeeping import changes_by_meeting, clock, slot_of
from rules.listing import Recurrence, Slot, Status
from rules.ranking import Candidate
from rules.recurrence import next_occurrence, rrule
from rules.zones import zone

Shown = dict[str, Any]


def show(found: Sequence[Candidate], words: Lexicon, language: str, *, measured: bool) -> list[Shown]:
    """The found meetings in their order. `measured`: their distances mean something."""
    rows = telling.told([one.key for one in found if not one.told])
    tell = _Teller(words, language)
    return [
        tell.meeting(row, one, round(one.km, 3) if measured else None)
        for one in found
        if (row := one.told or rows.get(one.key))
    ]


def listing_dict(meeting: Meeting, now: datetime, language: str) -> Shown:
    """One meeting as `show` tells it, whatever its status; the next date is that at `now`."""
    row = telling.told([meeting.pk])[meeting.pk]
    tell = _Teller(lexicon(ListingsVersion.current()), language)
    return tell.meeting(row, _as_of(meeting, now), None) | {"status": status_of(meeting, now)}


def status_of(meeting: Meeting, now: datetime) -> str:
    """The status at a moment: a pause may be over already, or not have begun."""
    if meeting.status != Status.PAUSED or not meeting.quiet_from or not meeting.quiet_until:
        return meeting.status
    return str(Status.PAUSED if meeting.quiet_from <= now < meeting.quiet_until else Status.ACTIVE)


def _as_of(meeting: Meeting, now: datetime) -> Candidate:
    start, end = meeting.next_start, meeting.next_end
    slot = slot_of(meeting)
    if slot and end and end <= now:
        quiet = (meeting.quiet_from, meeting.quiet_until) if meeting.quiet_from else None
        changes = changes_by_meeting([meeting.pk])[meeting.pk]
        found = next_occurrence(slot, meeting.timezone, changes, now, quiet=quiet)
        start, end = (found.start, found.end) if found else (None, None)
    return Candidate(meeting.pk, start, end)


class _Teller:
    """Tells meetings in one language, with the words of one version."""

    def __init__(self, words: Lexicon, language: str) -> None:
        self.types = words.types(language)
        self.fellowships = {pk: one.slug for pk, one in words.fellowships.items()}
        self.root = f"{get_script_prefix()}meetings/"

    def meeting(self, row: telling.Told, at: Candidate, km: float | None) -> Shown:
        (
            slug, name, fellowship_id, attendance, weekday, start, minutes, zone_name,
            every, nth, type_bits, format_bits, feature_bits, community_bits, language_bits,
            notes, by_video, by_phone, confirmed_at, updated_at,
            group_slug, group_name,
            place_slug, place_name, street, formatted, city, region, country,
            latitude, longitude, approximate,
        ) = row  # fmt: skip
        masks = (type_bits, format_bits, feature_bits, community_bits, language_bits)
        here = zone(zone_name)
        return {
            "slug": slug,
            "name": name,
            "fellowship": self.fellowships[fellowship_id],
            "group": group_slug,
            "group_name": group_name,
            "attendance": attendance,
            "day": weekday,
            "time": None if start is None else _time(start),
            "duration_minutes": minutes,
            "timezone": zone_name,
            "recurrence": None if weekday is None else _recurrence(weekday, every, nth),
            "next_start": at.start.astimezone(here).isoformat() if at.start else None,
            "next_end": at.end.astimezone(here).isoformat() if at.end else None,
            "place": None
            if place_slug is None
            else {
                "slug": place_slug,
                "name": place_name,
                "address": street or formatted,
                "city": city,
                "region": region,
                "country": country,
                "latitude": latitude,
                "longitude": longitude,
                "approximate": bool(approximate),
            },
            "distance_km": km,
            "types": [
                shown
                for meanings, mask in zip(self.types[fellowship_id], masks, strict=True)
                if mask
                for shown in meanings[mask]
            ],
            "languages": languages(language_bits),
            "joins": [way for way, there in (("video", by_video), ("phone", by_phone)) if there],
            "notes": notes,
            "status": "active",
            "confirmed_at": dialect.iso(confirmed_at),
            "updated_at": dialect.iso(updated_at),
            "url": f"{self.root}{slug}/",
        }


@lru_cache(maxsize=1440)
def _time(minutes: int) -> str:
    return f"{clock(minutes):%H:%M}"


@lru_cache(maxsize=1024)
def _recurrence(weekday: int, every: int, nth: str) -> str:
    weeks = tuple(int(week) for week in nth.split(",")) if nth else ()
    return rrule(Slot(weekday, clock(0), recurrence=Recurrence(every, None, weeks)))
