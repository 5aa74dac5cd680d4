"""Plain builders: keyword-only, sensible by default, each says only what its test is about."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from accounts.models import Member
from meetings import editing
from meetings.models import Meeting, Source
from meetings.models.groups import Fellowship
from rules.listing import Attendance, GroupFacts, Listing, Online, PlaceFacts, Recurrence, Slot
from rules.reconcile import Plan

# A Monday evening in New York, in winter time.
NOW = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)


def slot(
    *, weekday: int = 2, start: str = "19:30", minutes: int = 60, recurrence: Recurrence | None = None
) -> Slot:
    """Tuesdays at half past seven, for an hour."""
    return Slot(weekday, time.fromisoformat(start), minutes, recurrence or Recurrence())


def place(**facts: Any) -> PlaceFacts:
    """A hall in Brooklyn."""
    standing: dict[str, Any] = {
        "name": "Mill Lane Community Room",
        "street": "12 Mill Lane",
        "city": "Brooklyn",
        "region": "NY",
        "postal_code": "11215",
        "country": "US",
        "formatted": "12 Mill Lane, Brooklyn, NY 11215, USA",
        "latitude": 40.6681,
        "longitude": -73.9806,
    }
    return PlaceFacts(**standing | facts)


def listing(**facts: Any) -> Listing:
    """Kitchen Table: an open AA discussion in person on Tuesdays."""
    standing: dict[str, Any] = {
        "source_id": "kitchen-table",
        "name": "Kitchen Table",
        "fellowship": "aa",
        "attendance": Attendance.IN_PERSON,
        "timezone": "America/New_York",
        "slot": slot(),
        "place": place(),
        "types": ("D", "O"),
    }
    return Listing(**standing | facts)


def online_listing(**facts: Any) -> Listing:
    """Any Lengths: on video, based nowhere."""
    standing: dict[str, Any] = {
        "source_id": "any-lengths",
        "name": "Any Lengths",
        "attendance": Attendance.ONLINE,
        "place": None,
        "online": Online(url="https://meet.example.org/any", url_notes="Passcode 1234", phone="+1-555-0100"),
    }
    return listing(**standing | facts)


def group(**facts: Any) -> GroupFacts:
    """The group behind Kitchen Table."""
    return GroupFacts(**{"key": "kitchen", "name": "Kitchen Table Group"} | facts)


def meeting(*, now: datetime = NOW, source: Source | None = None, **facts: Any) -> Meeting:
    """A stored meeting, published as a person would."""
    return editing.publish(listing(**facts), by=None, now=now, source=source)


def source(*, name: str = "feed.json", kind: str = "meeting_guide", fellowship: str = "aa") -> Source:
    """A source that has told nothing yet."""
    return Source.objects.create(name=name, kind=kind, fellowship=Fellowship.objects.get(slug=fellowship))


def stored(*listings: Listing, now: datetime = NOW, into: Source | None = None) -> list[Meeting]:
    """Many meetings at once, by way of an import; in the order given."""
    told = into or source()
    editing.apply(Plan(create=listings), source=told, now=now)
    by_key = {row.key: row.meeting for row in told.origins.select_related("meeting")}
    return [by_key[one.source_id] for one in listings]


def member(*, handle: str = "alex", **facts: Any) -> Member:
    """Alex, unless named otherwise."""
    return Member.objects.create_user(handle, "a long passphrase", **facts)
