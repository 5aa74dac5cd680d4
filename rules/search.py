"""What a seeker may ask, and how answers rank. Source of the names: the documented find parameters."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class When(StrEnum):
    """Spans of time a seeker thinks in."""

    NOW = "now"
    TODAY = "today"
    TONIGHT = "tonight"
    TOMORROW = "tomorrow"


class Order(StrEnum):
    """How the answers are sorted."""

    DISTANCE = "distance"
    SOONEST = "soonest"


@dataclass(frozen=True, slots=True)
class Point:
    """Where the asker is (or asks about), in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Query:
    """One question to the finder, already understood: texts are geocoded, values are in range.

    `radius_km` None means: widen until `WIDEN_UNTIL` are found (only with `near`). `types` must all be
    there, of `types_any` one; each is (fellowship slug or "", code). `starts_from` and `starts_to` are
    minutes since midnight on the meeting's own clock, both inclusive; from > to wraps past midnight.
    `timezone` is the asker's. `text` is as typed. `body` and `group` are slugs.
    """

    near: Point | None = None
    radius_km: float | None = None
    when: When | None = None
    days: frozenset[int] = frozenset()
    starts_from: int | None = None
    starts_to: int | None = None
    attendance: frozenset[str] = frozenset()
    fellowships: frozenset[str] = frozenset()
    types: frozenset[tuple[str, str]] = frozenset()
    types_any: frozenset[tuple[str, str]] = frozenset()
    languages: frozenset[str] = frozenset()
    body: str = ""
    group: str = ""
    text: str = ""
    order: Order = Order.SOONEST
    timezone: str = "UTC"
    limit: int = 50
    offset: int = 0
    facets: bool = True


WIDEN_UNTIL = 10
"""How many a seeker without a radius is shown at least, if the earth has them."""

RADII_KM = (10.0, 20.0, 40.0, 80.0, 160.0, 300.0, 1000.0, 4000.0, 20_004.0)
"""The steps by which the circle widens until then; the last is half the way round, so all the earth."""

PARTS_OF_DAY = {
    "morning": (5 * 60, 11 * 60 - 1),
    "midday": (11 * 60, 14 * 60 - 1),
    "afternoon": (14 * 60, 17 * 60 - 1),
    "evening": (17 * 60, 21 * 60 - 1),
    "night": (21 * 60, 5 * 60 - 1),
}
"""First and last start, in minutes since midnight, as `starts_from` and `starts_to` take them."""
