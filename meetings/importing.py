"""Bringing a feed in: read it, compare it with what we know of its source, apply or only tell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from meetings import editing
from meetings.feeds import bmlt, meeting_guide
from meetings.feeds.fetch import FeedError, fetch
from meetings.geocode import pin
from meetings.models import Fellowship, ImportRun, ListingsVersion, Origin, Source
from rules.changes import Difference
from rules.listing import Reading, Remark, TypeFacts
from rules.reconcile import Known, Plan, reconcile

DEFAULT_FELLOWSHIP = {Source.Kind.BMLT: "na"}
MOST_REMARKS_KEPT = 2000


@dataclass(frozen=True, slots=True)
class Request:
    """What to import, as an operator asks for it. `name` is how the source is called ("" = by location)."""

    kind: str
    location: str
    name: str = ""
    fellowship: str = ""
    formats: str = ""
    service_bodies: str = ""

    @property
    def source_name(self) -> str:
        """How the source is known: the name given, else the address, else the file's name."""
        if self.name:
            return self.name
        return (
            self.location if urlsplit(self.location).scheme in {"http", "https"} else Path(self.location).name
        )


@dataclass(frozen=True, slots=True)
class Report:
    """What an import found and did (or would do)."""

    source: str
    rows: int
    plan: Plan
    applied: bool
    conflicts: tuple[tuple[str, Difference], ...] = ()

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """All that the reader and the comparison had to say, in the order of the rows."""
        return tuple(sorted(self.plan.remarks, key=lambda remark: remark.row))


def run(request: Request, *, now: datetime, dry_run: bool = False, force: bool = False) -> Report:
    """Import once. Raises `FeedError` for a feed that cannot be read at all; then nothing has changed.

    A dry run reads and compares, and writes nothing, not even the source's name.
    """
    source = Source.objects.filter(name=request.source_name).select_related("fellowship").first()
    if source:
        _refuse_another(source, request)
    reading = read(request)
    plan = reconcile(known(source) if source else {}, reading.listings, reading.remarks, force=force)
    if dry_run:
        return Report(request.source_name, len(reading.listings), plan, applied=False)
    with transaction.atomic():
        source = source or Source.objects.create(
            name=request.source_name,
            kind=request.kind,
            location=request.location,
            fellowship=fellowship_of(request),
        )
        outcome = editing.Outcome()
        if not plan.refusal:
            outcome = editing.apply(
                plan, source=source, now=now, bodies=reading.bodies, types=reading.types, reason="import"
            )
            remember(source, reading)
            plan = replace(plan, remarks=(*plan.remarks, *map(_left_out, outcome.full_types)))
        _log(source, plan, outcome, rows=len(reading.listings), now=now)
    return Report(
        request.source_name,
        len(reading.listings),
        plan,
        applied=not plan.refusal,
        conflicts=tuple(outcome.conflicts),
    )


def _refuse_another(source: Source, request: Request) -> None:
    """One name is one list: else two files of one name would push each other's meetings off the list."""
    if (source.kind, source.fellowship.slug) == (request.kind, fellowship_of(request).slug):
        return
    known_as = f"{source.get_kind_display()}, {source.fellowship.slug}"
    raise FeedError(
        f"There is another source called “{source.name}” ({known_as}). Give this one a name: --as NAME.",
        permanent=True,
    )


def _left_out(facts: TypeFacts) -> Remark:
    name = facts.names.get("en") or facts.code
    text = f"The type “{name}” ({facts.code}) was left out: there is no room for more types of its group."
    return Remark(0, "problem", "no_room_for_type", text)


def remember(source: Source, reading: Reading) -> None:
    """Keep what the source tells beside its meetings; what this file does not tell stays as it was."""
    extra = source.extra | reading.extra
    if extra != source.extra:
        source.extra = extra
        source.save(update_fields=["extra"])
        ListingsVersion.bump()


def fellowship_of(request: Request) -> Fellowship:
    """Whose meetings these are; `FeedError` for a fellowship we do not know."""
    slug = request.fellowship or DEFAULT_FELLOWSHIP.get(Source.Kind(request.kind), "aa")
    found = Fellowship.objects.filter(slug=slug).first()
    if not found:
        known_slugs = ", ".join(Fellowship.objects.order_by("slug").values_list("slug", flat=True))
        raise FeedError(f"There is no fellowship “{slug}”. Known ones: {known_slugs}.", permanent=True)
    return found


def known(source: Source) -> dict[str, Known]:
    """What we remember of a source's meetings, by its own ids."""
    rows = Origin.objects.filter(source=source).values_list(
        "key", "fingerprint", "meeting__removed_at", "held"
    )
    return {
        key: Known(fingerprint, removed is not None, held=editing.REMOVED in held)
        for key, fingerprint, removed, held in rows.iterator()
    }


def read(request: Request) -> Reading:
    """The feed as listings, by the reader for its kind."""
    fellowship = fellowship_of(request).slug
    if request.kind == Source.Kind.MEETING_GUIDE:
        with fetch(request.location, settings.MAX_FEED_BYTES) as stream:
            return meeting_guide.read(stream, fellowship=fellowship, site_zone=settings.TIME_ZONE, pin=pin)
    return bmlt.load(
        request.location,
        formats=request.formats,
        service_bodies=request.service_bodies,
        fellowship=fellowship,
        site_zone=settings.TIME_ZONE,
        pin=pin,
        limit=settings.MAX_FEED_BYTES,
    )


def _log(source: Source, plan: Plan, outcome: editing.Outcome, *, rows: int, now: datetime) -> None:
    ImportRun.objects.create(
        source=source,
        at=now,
        outcome="refused" if plan.refusal else "applied",
        rows=rows,
        created=outcome.created,
        changed=outcome.changed,
        removed=outcome.removed,
        message=plan.refusal,
        remarks=[
            [one.row, one.kind, one.code, one.text, one.source_id] for one in plan.remarks[:MOST_REMARKS_KEPT]
        ],
    )
