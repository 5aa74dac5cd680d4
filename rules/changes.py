"""A listing as plain JSON, what changed between two of them, and what to do when two hands changed it.

The JSON form is what revisions and origins keep, so it only ever grows: a field may be added with a
default, never renamed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time
from typing import Any

import orjson

from rules.listing import (
    Attendance,
    DatedChange,
    Deviation,
    GroupFacts,
    Listing,
    Online,
    PlaceFacts,
    Recurrence,
    Slot,
    Status,
)

Json = dict[str, Any]

# Who said it and what has no place of ours: kept beside the facts, not among them.
_BESIDE = {"source_id", "extra"}


def as_json(listing: Listing) -> Json:
    """The facts of a listing as JSON values; equal listings give equal JSON."""
    facts: Json = orjson.loads(orjson.dumps(listing))
    for name in _BESIDE:
        del facts[name]
    return facts


def from_json(facts: Json, *, source_id: str, extra: Json | None = None) -> Listing:
    """The listing whose `as_json` is `facts`."""
    known = {field.name for field in fields(Listing)} - _BESIDE
    values = {name: value for name, value in facts.items() if name in known}
    values["attendance"] = Attendance(values["attendance"])
    values["status"] = Status(values.get("status", Status.ACTIVE))
    values["types"] = tuple(values.get("types", ()))
    values["slot"] = _slot(values.get("slot"))
    values["place"] = PlaceFacts(**values["place"]) if values.get("place") else None
    values["online"] = Online(**values.get("online", {}))
    values["group"] = GroupFacts(**values["group"]) if values.get("group") else None
    values["dated_changes"] = tuple(_dated_change(one) for one in values.get("dated_changes", ()))
    values["paused_from"] = _date(values.get("paused_from"))
    values["paused_until"] = _date(values.get("paused_until"))
    updated = values.get("updated_at")
    values["updated_at"] = datetime.fromisoformat(updated) if updated else None
    return Listing(source_id=source_id, extra=extra or {}, **values)


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


def _slot(facts: Json | None) -> Slot | None:
    if not facts:
        return None
    how = facts["recurrence"]
    recurrence = Recurrence(how["every"], _date(how["anchor"]), tuple(how["nth"]))
    return Slot(facts["weekday"], time.fromisoformat(facts["start"]), facts["minutes"], recurrence)


def _dated_change(facts: Json) -> DatedChange:
    return DatedChange(
        on=date.fromisoformat(facts["on"]),
        kind=Deviation(facts["kind"]),
        to_date=_date(facts["to_date"]),
        to_start=_time(facts["to_start"]),
        minutes=facts["minutes"],
        note=facts["note"],
    )


def fingerprint(listing: Listing) -> str:
    """A digest of all that the source says of a meeting, `extra` included: 32 hex digits."""
    said = orjson.dumps(listing, option=orjson.OPT_SORT_KEYS)
    return hashlib.blake2b(said, digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that is not the same in two forms of a listing."""

    field: str
    before: Any
    after: Any


def diff(before: Json, after: Json) -> list[Difference]:
    """The facts in which two forms differ, in the order of `Listing`'s fields."""
    return [
        Difference(name, before.get(name), value)
        for name, value in after.items()
        if before.get(name) != value
    ]


@dataclass(frozen=True, slots=True)
class Merged:
    """What to store, which facts change by it, and where a hand edit stood against the source's news."""

    listing: Listing
    news: tuple[Difference, ...]
    conflicts: tuple[Difference, ...]


def merge(said: Json, incoming: Listing, ours: Listing, held: Collection[str]) -> Merged:
    """Take the source's news into `ours`, except for facts that a person has set since (`held`).

    `said` is what the source told before. A held fact that the source now tells differently, and not
    as we have it, is a conflict: ours stays, and the conflict is reported.
    """
    told, standing = as_json(incoming), as_json(ours)
    news = diff(said, told)
    taken = tuple(one for one in news if one.field not in held)
    facts = {one.field: getattr(incoming, one.field) for one in taken}
    return Merged(
        listing=replace(ours, extra=incoming.extra, **facts),
        news=taken,
        conflicts=tuple(one for one in news if one.field in held and one.after != standing[one.field]),
    )
