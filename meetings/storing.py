"""Between the neutral listing and the rows: what a listing's facts are as columns, and back.

`Shelf` finds or makes the rows that meetings share (bodies, groups, places, types) in batches. Nothing
here decides anything; `editing` is the only caller, and writes the history.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, fields
from functools import cache
from typing import Any

import orjson
from django.db import models

from meetings import bulk, naming
from meetings.models import Fellowship, Group, Meeting, Origin, Place, ServiceBody, Source, Type
from meetings.timekeeping import change_of, slot_of
from rules.geo import band
from rules.listing import (
    Attendance,
    BodyFacts,
    GroupFacts,
    Listing,
    Online,
    PlaceFacts,
    Status,
    TypeFacts,
)
from rules.spelling import searchable
from rules.vocabulary import LANGUAGES

MOST_BITS = 63
MASKS = {kind: f"{kind}_bits" for kind in Type.Kind.values}


def place_key(facts: PlaceFacts) -> str:
    """Equal for equal facts: meetings with the same place facts share one row."""
    return hashlib.blake2b(orjson.dumps(facts), digest_size=20).hexdigest()


def fit(model: type[models.Model], columns: dict[str, Any]) -> dict[str, Any]:
    """The columns with texts cut to what the table holds (PostgreSQL would refuse the row)."""
    longest = _longest(model)
    return {
        name: value[: longest[name]] if isinstance(value, str) and name in longest else value
        for name, value in columns.items()
    }


@cache
def _longest(model: type[models.Model]) -> dict[str, int]:
    return {one.attname: one.max_length for one in model._meta.concrete_fields if one.max_length}


def weeks_text(weeks: Sequence[int]) -> str:
    """Weeks of the month as they stand in `Meeting.nth`."""
    return ",".join(str(week) for week in weeks)


@dataclass
class Shelf:
    """The shared rows of one source, found or made on demand and kept at hand for one run."""

    source: Source | None
    by_hand: bool = False  # a person tells, who may say anew what another person said
    fellowships: dict[str, Fellowship] = field(default_factory=dict)
    types: dict[tuple[str, str], Type] = field(default_factory=dict)
    # The source's own by its key for them, and all by slug: a number may be both, of different bodies.
    own_bodies: dict[str, ServiceBody] = field(default_factory=dict)
    bodies_by_slug: dict[str, ServiceBody] = field(default_factory=dict)
    groups: dict[tuple[str, str], Group] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    made: list[tuple[str, int, dict[str, Any]]] = field(default_factory=list)
    changed: list[tuple[str, int, dict[str, Any], dict[str, Any]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.fellowships = {row.slug: row for row in Fellowship.objects.all()}
        by_id = {row.pk: row.slug for row in self.fellowships.values()}
        self.types = {(by_id[row.fellowship_id], row.code): row for row in Type.objects.all()}
        self.bodies_by_slug = {row.slug: row for row in ServiceBody.objects.all()}
        if self.source:
            self.own_bodies = {row.source_key: row for row in self.source.bodies.all()}

    def body(self, key: str) -> ServiceBody | None:
        """The body that a listing names: by its source's own key, else by slug."""
        return self.own_bodies.get(key) or self.bodies_by_slug.get(key)

    def learn_types(self, fellowship: str, facts: Iterable[TypeFacts]) -> list[TypeFacts]:
        """Make the types that the vocabulary does not know; those that found no bit come back."""
        owner = self.fellowships[fellowship]
        full = []
        for one in facts:
            if (fellowship, one.code) in self.types:
                continue
            bit = self._free_bit(fellowship, one)
            if bit is None:
                full.append(one)
                continue
            row = Type.objects.create(
                fellowship=owner,
                code=one.code,
                group=one.group,
                bit=bit,
                language=LANGUAGES[bit] if one.group == Type.Kind.LANGUAGE else "",
                names=one.names,
                descriptions=one.descriptions,
            )
            self.types[fellowship, one.code] = row
            self.made.append(("type", row.pk, {"code": one.code, "names": one.names}))
        return full

    def _free_bit(self, fellowship: str, facts: TypeFacts) -> int | None:
        taken = {
            row.bit
            for (slug, _code), row in self.types.items()
            if slug == fellowship and row.group == facts.group
        }
        if facts.group == Type.Kind.LANGUAGE:
            code = facts.code.lower()
            bit = LANGUAGES.index(code) if code in LANGUAGES else None
            return None if bit in taken else bit
        return next((bit for bit in range(MOST_BITS) if bit not in taken), None)

    def learn_bodies(self, fellowship: str, facts: Sequence[BodyFacts]) -> None:
        """Bring the source's tree of service bodies up to what it tells now; none is ever removed."""
        new = [one for one in facts if one.key not in self.own_bodies]
        wishes = [(naming.wish(one.name), f"{self.source}:{one.key}") for one in new]
        for one, slug in zip(new, naming.give(ServiceBody, wishes), strict=True):
            row = ServiceBody(
                slug=slug, fellowship=self.fellowships[fellowship], source=self.source, source_key=one.key
            )
            self.own_bodies[one.key] = row
        for one in facts:
            self._tell_body(self.own_bodies[one.key], one)
        for one in facts:
            parent = self.own_bodies.get(one.parent_key)
            row = self.own_bodies[one.key]
            if row.parent_id != (parent.pk if parent else None) and parent is not row:
                row.parent = parent
                row.save(update_fields=["parent"])

    def _tell_body(self, row: ServiceBody, facts: BodyFacts) -> None:
        told = {
            "name": facts.name,
            "kind": facts.kind,
            "description": facts.description,
            "website": facts.website,
            "phone": facts.phone,
            "world_id": facts.world_id,
        }
        self._tell("body", row, fit(ServiceBody, told))

    def _tell(self, subject: str, row: ServiceBody | Group, told: dict[str, Any]) -> None:
        """Set what is told; remember for the history what that changed."""
        before = {name: getattr(row, name) for name in told if getattr(row, name) != told[name]}
        if row.pk and not before:
            return
        new = not row.pk
        for name, value in told.items():
            setattr(row, name, value)
        row.save()
        if new:
            self.made.append((subject, row.pk, told))
        else:
            self.changed.append((subject, row.pk, before, {name: told[name] for name in before}))

    def learn_groups(self, listings: Sequence[Listing]) -> None:
        """Find or make the groups that a batch names; the first listing that tells a group's facts counts."""
        told: dict[tuple[str, str], Listing] = {}
        for listing in listings:
            if listing.group:
                told.setdefault((listing.fellowship, listing.group.key), listing)
        unknown = [key for key in told if key not in self.groups]
        if unknown:
            stored = Group.objects.filter(source=self.source, source_key__in=[key for _, key in unknown])
            for row in stored.select_related("fellowship"):
                self.groups[row.fellowship.slug, row.source_key] = row
        new = [key for key in unknown if key not in self.groups]
        wishes = [(naming.wish(_group(told[key]).name), f"{self.source}:{key}") for key in new]
        slugs = dict(zip(new, naming.give(Group, wishes), strict=True))
        rows = [self._new_group(told[key], slugs[key]) for key in new]
        bulk.insert(rows)
        for key, row in zip(new, rows, strict=True):
            self.groups[key] = row
            self.made.append(("group", row.pk, {"name": row.name}))
        known = [key for key in unknown if key not in slugs]
        held = set() if self.by_hand else self._held_groups([self.groups[key] for key in known])
        for key in known:
            if self.groups[key].pk not in held:
                self._tell("group", self.groups[key], _group_columns(_group(told[key])))

    def _held_groups(self, groups: Sequence[Group]) -> set[int | None]:
        """Those of which a person has set the facts, by way of one of their meetings."""
        origins = Origin.objects.filter(meeting__group__in=groups).exclude(held=[])
        return {pk for pk, held in origins.values_list("meeting__group_id", "held") if "group" in held}

    def _new_group(self, listing: Listing, slug: str) -> Group:
        facts = _group(listing)
        return Group(
            slug=slug,
            fellowship=self.fellowships[listing.fellowship],
            body=self.body(listing.body_key),
            source=self.source,
            source_key=facts.key,
            **_group_columns(facts),
        )

    def learn_places(self, listings: Sequence[Listing]) -> None:
        """Find or make the places of a batch, by what is told of them."""
        told = {place_key(one.place): one.place for one in listings if one.place}
        unknown = [key for key in told if key not in self.places]
        self.places.update(Place.objects.filter(key__in=unknown).values_list("key", "pk"))
        new = [key for key in unknown if key not in self.places]
        wishes = [(naming.wish(told[key].name or told[key].street, told[key].city), key) for key in new]
        slugs = naming.give(Place, wishes)
        rows = [
            Place(slug=slug, key=key, **fit(Place, asdict(told[key])))
            for key, slug in zip(new, slugs, strict=True)
        ]
        bulk.insert(rows)
        for row in rows:
            self.places[row.key] = row.pk
            self.made.append(("place", row.pk, asdict(told[row.key])))

    def columns(self, listing: Listing) -> dict[str, Any]:
        """A listing's facts as columns of `Meeting`; what is derived from the clock is not among them."""
        place = listing.place or PlaceFacts()
        group = self.groups.get((listing.fellowship, listing.group.key)) if listing.group else None
        body = self.body(listing.body_key)
        slot = listing.slot
        recurrence = slot.recurrence if slot else None
        columns = {
            "name": listing.name,
            "fellowship_id": self.fellowships[listing.fellowship].pk,
            "group_id": group.pk if group else None,
            "body_id": body.pk if body else None,
            "place_id": self.places[place_key(listing.place)] if listing.place else None,
            "attendance": listing.attendance.value,
            "notes": listing.notes,
            "online_url": listing.online.url,
            "online_url_notes": listing.online.url_notes,
            "online_phone": listing.online.phone,
            "online_phone_notes": listing.online.phone_notes,
            "timezone": listing.timezone,
            "weekday": slot.weekday if slot else None,
            "start": slot.start.hour * 60 + slot.start.minute if slot else None,
            "minutes": slot.minutes if slot else 60,
            "every": recurrence.every if recurrence else 1,
            "anchor": recurrence.anchor if recurrence else None,
            "nth": weeks_text(recurrence.nth) if recurrence else "",
            "status": listing.status.value,
            "paused_from": listing.paused_from,
            "paused_until": listing.paused_until,
            "listed": listing.status is not listing.status.CLOSED,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "band": None if place.latitude is None else band(place.latitude),
            "search_text": search_text(listing),
            **self.masks(listing),
        }
        return fit(Meeting, columns)

    def codes(self, meeting: Meeting) -> tuple[str, ...]:
        """The codes of a row's types, sorted; costs no query."""
        owner = meeting.fellowship.slug
        return _codes(meeting, (row for (fellowship, _), row in self.types.items() if fellowship == owner))

    def masks(self, listing: Listing) -> dict[str, int]:
        """The listing's types as one mask a group."""
        found = dict.fromkeys(MASKS.values(), 0)
        for code in listing.types:
            if row := self.types.get((listing.fellowship, code)):
                found[MASKS[row.group]] |= 1 << row.bit
        return found


def _group(listing: Listing) -> GroupFacts:
    assert listing.group is not None  # noqa: S101  callers hand in listings that name a group
    return listing.group


def _group_columns(facts: GroupFacts) -> dict[str, Any]:
    columns = asdict(facts)
    del columns["key"]
    return fit(Group, columns)


def search_text(listing: Listing) -> str:
    """All words by which a meeting may be looked for, folded."""
    place = listing.place or PlaceFacts()
    words = [listing.name, listing.group.name if listing.group else "", place.name, place.street]
    words += [place.neighborhood, place.city, place.region, place.notes, listing.notes]
    return searchable(*words)


def slug_wish(listing: Listing) -> str:
    """The slug a new meeting would like: its source's own, else its name, town, day and time."""
    if listing.slug:
        return naming.wish(listing.slug)
    days = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
    when = f"{days[listing.slot.weekday]} {listing.slot.start:%H%M}" if listing.slot else ""
    return naming.wish(listing.name[:36], listing.place.city[:12] if listing.place else "", when)


def new_meetings(listings: Sequence[Listing], shelf: Shelf) -> list[Meeting]:
    """Unsaved rows for new listings, each with a slug of its own."""
    wishes = [(slug_wish(one), f"{shelf.source}:{one.source_id}") for one in listings]
    slugs = naming.give(Meeting, wishes)
    return [Meeting(slug=slug, **shelf.columns(one)) for slug, one in zip(slugs, listings, strict=True)]


def listing_of(
    meeting: Meeting, origin: Origin | None = None, types: tuple[str, ...] | None = None
) -> Listing:
    """The neutral form of a row: what its facts are now, hand edits included.

    Wants the row `with_context()`. `origin` gives the source's id and `extra`; without one the slug
    stands for the id. Who has the codes of its types at hand gives them and saves a query.
    """
    group, body = meeting.group, meeting.body
    return Listing(
        source_id=origin.key if origin else meeting.slug,
        slug=origin.said.get("slug", "") if origin else meeting.slug,
        name=meeting.name,
        fellowship=meeting.fellowship.slug,
        attendance=Attendance(meeting.attendance),
        timezone=meeting.timezone,
        slot=slot_of(meeting),
        place=_place_facts(meeting.place) if meeting.place else None,
        online=Online(
            meeting.online_url, meeting.online_url_notes, meeting.online_phone, meeting.online_phone_notes
        ),
        group=_group_facts(group) if group else None,
        body_key=_body_key(body, origin) if body else "",
        types=type_codes(meeting) if types is None else types,
        notes=meeting.notes,
        status=Status(meeting.status),
        paused_from=meeting.paused_from,
        paused_until=meeting.paused_until,
        dated_changes=tuple(change_of(row) for row in meeting.dated_changes.all()),
        updated_at=meeting.updated_at,
        extra=origin.extra if origin else {},
    )


def _body_key(body: ServiceBody, origin: Origin | None) -> str:
    return body.source_key if origin and body.source_id == origin.source_id else body.slug


def _place_facts(row: Place) -> PlaceFacts:
    return PlaceFacts(**{one.name: getattr(row, one.name) for one in fields(PlaceFacts)})


def _group_facts(row: Group) -> GroupFacts:
    return GroupFacts(
        key=row.source_key or row.slug,
        name=row.name,
        notes=row.notes,
        website=row.website,
        email=row.email,
        phone=row.phone,
    )


def type_codes(meeting: Meeting) -> tuple[str, ...]:
    """The codes of a row's types, sorted."""
    return _codes(meeting, Type.objects.filter(fellowship_id=meeting.fellowship_id))


def _codes(meeting: Meeting, types: Iterable[Type]) -> tuple[str, ...]:
    return tuple(sorted(row.code for row in types if getattr(meeting, MASKS[row.group]) >> row.bit & 1))
