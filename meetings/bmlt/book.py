"""The numbers and names of one version of the listings, as BMLT clients are told them.

Clients keep the numbers of meetings, bodies and formats in their settings. So what came from a BMLT server
goes out under its number there; if two such servers use one number, the source that we met first keeps
it. All else gets a number of ours, beyond any server's, that is its for ever.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, NamedTuple

import orjson
from django.conf import settings
from django.db import connection

from meetings.bmlt.fields import PERSONAL, TEMPLATE
from meetings.clauses import one_of
from meetings.feeds.bmlt_formats_out import FormatTable, KnownType, SourceFormats, build
from meetings.models import Fellowship, ListingsVersion, Origin, ServiceBody, Source, Type
from rules.vocabulary import GROUPS

OWN = 1_000_000_000
"""Numbers of ours are our row's plus this; they still fit 32 bits."""

NOBODY = "0"


class OutBody(NamedTuple):
    """A service body as it goes out."""

    id: int
    number: int
    parent_id: int | None
    facts: Mapping[str, str]


@dataclass(frozen=True)
class Book:
    """All that answers need beside the meetings' rows. Nothing in it changes but what is remembered.

    `told_kinds` is for `writing`: the format lists of rows of one kind.
    """

    version: int
    fellowships: Mapping[int, str]
    sources: frozenset[int]
    bodies: Mapping[int, OutBody]
    formats: FormatTable
    renumbered: frozenset[int]  # meetings whose number at their source another one had first
    extra_keys: tuple[str, ...]
    _codes: Mapping[int, list[tuple[int, int, str]]]
    told_kinds: dict[Any, tuple[str, str]] = field(default_factory=dict)
    _by_number: Mapping[int, OutBody] = field(init=False)
    _children: Mapping[int | None, list[OutBody]] = field(init=False)
    _known_codes: dict[tuple[int, tuple[int, ...]], tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        children: dict[int | None, list[OutBody]] = defaultdict(list)
        for body in self.bodies.values():
            children[body.parent_id].append(body)
        object.__setattr__(self, "_children", children)
        object.__setattr__(self, "_by_number", {body.number: body for body in self.bodies.values()})

    def number_of(self, meeting_id: int, source_id: int | None, key: str | None) -> int:
        """The number a meeting goes by."""
        if source_id in self.sources and key and is_number(key) and meeting_id not in self.renumbered:
            return int(key)
        return OWN + meeting_id

    def codes(self, fellowship_id: int, masks: tuple[int, ...]) -> tuple[str, ...]:
        """The codes of the types that a row's masks stand for, in the order of `vocabulary.GROUPS`."""
        known = self._known_codes.get((fellowship_id, masks))
        if known is None:
            words = self._codes.get(fellowship_id, ())
            known = tuple(code for group, bit, code in words if masks[group] >> bit & 1)
            if len(self._known_codes) < 50_000:
                self._known_codes[fellowship_id, masks] = known
        return known

    def bodies_by_number(self, numbers: Iterable[int]) -> list[OutBody]:
        """The bodies that go by these numbers; unknown ones are left out."""
        return [self._by_number[number] for number in sorted(numbers) if number in self._by_number]

    def below(self, bodies: Iterable[OutBody]) -> dict[int, OutBody]:
        """These and all that are part of them, by row."""
        found: dict[int, OutBody] = {}
        open_ = list(bodies)
        while open_:
            body = open_.pop()
            if body.id not in found:
                found[body.id] = body
                open_.extend(self._children.get(body.id, ()))
        return found

    def above(self, bodies: Iterable[OutBody]) -> dict[int, OutBody]:
        """These and all that they are part of, by row."""
        found: dict[int, OutBody] = {}
        open_ = list(bodies)
        while open_:
            body = open_.pop()
            if body.id not in found:
                found[body.id] = body
                parent = self.bodies.get(body.parent_id or 0)
                if parent:
                    open_.append(parent)
        return found


def is_number(key: str) -> bool:
    """Whether a source's id can go out as it is."""
    return key.isascii() and key.isdecimal() and key[0] != "0" and int(key) < OWN


_lock = Lock()
_kept: tuple[tuple[int, tuple[str, ...]], Book] | None = None


def book() -> Book:
    """The book as of now, read once a version by each process."""
    global _kept
    wanted = ListingsVersion.current(), tuple(settings.BMLT_FELLOWSHIPS)
    kept = _kept
    if kept is None or kept[0] != wanted:
        with _lock:
            kept = _kept
            if kept is None or kept[0] != wanted:
                kept = _kept = (wanted, _read(*wanted))
    return kept[1]


def forget() -> None:
    """Read it again next time."""
    global _kept
    _kept = None


def _read(version: int, slugs: tuple[str, ...]) -> Book:
    fellowships = {one.pk: one.slug for one in Fellowship.objects.filter(slug__in=slugs)}
    sources = list(
        Source.objects.filter(kind=Source.Kind.BMLT, fellowship_id__in=fellowships)
        .order_by("pk")
        .values_list("pk", "fellowship__slug", "extra")
    )
    types = list(Type.objects.filter(fellowship_id__in=fellowships).select_related("fellowship"))
    known = [
        KnownType(one.pk, one.fellowship.slug, one.code, one.group, one.names, one.descriptions)
        for one in types
    ]
    codes: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for one in types:
        codes[one.fellowship_id].append((GROUPS.index(one.group), one.bit, one.code))
    told = [SourceFormats(pk, slug, _dicts(extra.get("formats"))) for pk, slug, extra in sources]
    ids = [pk for pk, _slug, _extra in sources]
    return Book(
        version=version,
        fellowships=fellowships,
        sources=frozenset(ids),
        bodies=_bodies(fellowships, ids),
        formats=build(told, known, defaults="na" in slugs),
        renumbered=_renumbered(ids),
        extra_keys=_extra_keys(ids),
        _codes={pk: sorted(words) for pk, words in codes.items()},
    )


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _bodies(fellowships: Mapping[int, str], sources: list[int]) -> dict[int, OutBody]:
    rows = list(ServiceBody.objects.filter(fellowship_id__in=fellowships).order_by("pk"))
    ranks = {pk: rank for rank, pk in enumerate(sources)}
    numbers: dict[int, int] = {}
    taken: set[int] = set()
    for row in sorted(rows, key=lambda row: (ranks.get(row.source_id or 0, len(ranks)), row.pk)):
        number = OWN + row.pk
        if row.source_id in ranks and is_number(row.source_key) and int(row.source_key) not in taken:
            number = int(row.source_key)
        taken.add(number)
        numbers[row.pk] = number
    return {
        row.pk: OutBody(row.pk, numbers[row.pk], row.parent_id, _body_facts(row, numbers)) for row in rows
    }


def _body_facts(row: ServiceBody, numbers: Mapping[int, int]) -> dict[str, str]:
    return {
        "id": str(numbers[row.pk]),
        "parent_id": str(numbers.get(row.parent_id or 0, NOBODY)),
        "name": row.name,
        "description": row.description,
        "type": row.kind,
        "url": row.website,
        "helpline": row.phone,
        "world_id": row.world_id,
    }


def _renumbered(sources: list[int]) -> frozenset[int]:
    """Meetings whose number at their source is also another one's there or at a source we met earlier.

    Removed meetings count too: a number, once given, never comes to mean another meeting.
    """
    if len(sources) < 2:
        return frozenset()
    clause = one_of("source", "o.source_id", sources)
    earlier = one_of("earlier", "e.source_id", sources)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.meeting_id FROM meetings_origin o JOIN meetings_origin e ON e.key = o.key"  # noqa: S608
            f" AND {earlier.sql} AND e.source_id < o.source_id WHERE {clause.sql}",
            {**clause.params, **earlier.params},
        )
        return frozenset(row[0] for row in cursor.fetchall())


def _extra_keys(sources: list[int]) -> tuple[str, ...]:
    """Fields that a source's server has beside the usual ones, as its first meeting tells them."""
    found: dict[str, None] = {}
    for source in sources:
        first = Origin.objects.filter(source_id=source).order_by("pk").values_list("extra", flat=True).first()
        found.update(dict.fromkeys(sorted((first or {}).keys() - TEMPLATE.keys())))
    return tuple(key for key in found if key not in PERSONAL and not key.startswith("contact_"))


def parsed(extra: Any) -> dict[str, Any]:
    """A JSON column as the cursor gave it."""
    value = orjson.loads(extra) if isinstance(extra, str | bytes) else extra
    return value if isinstance(value, dict) else {}
