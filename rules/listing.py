"""The neutral form of a listing: what every feed, form, diff and API speaks.

One `Listing` is one meeting with one slot, together with the place, group and service body it names.
Readers of feeds produce it, `editing` stores it, writers of feeds take it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any


class Attendance(StrEnum):
    """How one takes part."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    HYBRID = "hybrid"


class Status(StrEnum):
    """Whether the meeting takes place at all; a fact apart from how one attends."""

    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"


class Deviation(StrEnum):
    """What a dated exception does to the regular dates."""

    CLOSED = "closed"
    MOVED = "moved"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Which of a weekday's dates count.

    `every` is in weeks and counts from the week of `anchor` (weeks start on Sunday); `nth` names the
    weekdays of a month (1 to 5, -1 the last) and goes with `every == 1`. The default is every week.
    """

    every: int = 1
    anchor: date | None = None
    nth: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """When a meeting meets, by the clock on its own wall. An end past midnight is a longer duration."""

    weekday: int  # 0 is Sunday, 6 Saturday
    start: time
    minutes: int = 60
    recurrence: Recurrence = Recurrence()


@dataclass(frozen=True, slots=True)
class DatedChange:
    """An exception on one date of the meeting's own calendar.

    `closed`: the regular date `on` does not take place. `moved`: it takes place at `to_date` and
    `to_start` instead (either may be absent: then it stays as it was). `extra`: an added date `on`.
    """

    on: date
    kind: Deviation
    to_date: date | None = None
    to_start: time | None = None
    minutes: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """Where people meet; for an online meeting, where it is based. `approximate`: the pin is a guess."""

    name: str = ""
    street: str = ""
    city: str = ""
    neighborhood: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    formatted: str = ""
    latitude: float | None = None
    longitude: float | None = None
    approximate: bool = False
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Online:
    """How to join from afar. Shown only on the meeting's own page, on a tap."""

    url: str = ""
    url_notes: str = ""
    phone: str = ""
    phone_notes: str = ""


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """The group that holds the meeting. `key` is the source's own name or number for it."""

    key: str
    name: str
    notes: str = ""
    website: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """A service body: an area, region, intergroup. `parent_key` is "" at the top."""

    key: str
    name: str
    parent_key: str = ""
    kind: str = ""
    description: str = ""
    website: str = ""
    phone: str = ""
    world_id: str = ""


@dataclass(frozen=True, slots=True)
class TypeFacts:
    """A type as a source defines it, for codes that the vocabulary does not know yet.

    `group` is one of `vocabulary.GROUPS`; `names` is {ISO language: name}.
    """

    code: str
    group: str
    names: dict[str, str]
    descriptions: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listing:
    """One meeting as its source tells it. `slot` is None for a meeting "by appointment".

    `types` are codes of the fellowship, languages among them, sorted. `body_key` names a `BodyFacts`
    of the same source. `extra` keeps, verbatim, what has no place of ours.
    """

    source_id: str
    name: str
    fellowship: str
    attendance: Attendance
    timezone: str
    slug: str = ""
    slot: Slot | None = None
    place: PlaceFacts | None = None
    online: Online = Online()
    group: GroupFacts | None = None
    body_key: str = ""
    types: tuple[str, ...] = ()
    notes: str = ""
    status: Status = Status.ACTIVE
    paused_from: date | None = None
    paused_until: date | None = None
    dated_changes: tuple[DatedChange, ...] = ()
    updated_at: datetime | None = None
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a reader has to say about one row: a `guess` it made or a `problem` it met.

    `row` counts from 1; 0 is the feed as a whole. `code` is stable, `text` is for people.
    """

    row: int
    kind: str  # "guess" | "problem"
    code: str
    text: str
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a reader got out of a feed. A row with a problem may still be among the listings.

    `extra` is what the source tells beside its meetings and has no place of ours, verbatim.
    """

    listings: tuple[Listing, ...]
    bodies: tuple[BodyFacts, ...] = ()
    types: tuple[TypeFacts, ...] = ()
    remarks: tuple[Remark, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)
