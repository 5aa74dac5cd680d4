"""The only writers of listings. Every verb is one transaction, leaves its revisions, and bumps the version.

`by` is the member who acts (None: the product itself, for a source), `now` the moment. Nothing here
reads the clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import prefetch_related_objects

from meetings import bulk, timekeeping
from meetings.models import DatedChange, ListingsVersion, Meeting, Origin, Revision, Source, Word
from meetings.storing import Shelf, listing_of, new_meetings
from rules.batches import batched
from rules.changes import Difference, as_json, diff, fingerprint, merge
from rules.listing import BodyFacts, Listing, Status, TypeFacts
from rules.listing import DatedChange as DatedChangeFacts
from rules.reconcile import Plan

BATCH = 1000

By = AbstractBaseUser | None
Deed = Revision.Deed

REMOVED = "removed_at"
"""Stands in `Origin.held` of a meeting that a person took off the list: its source does not put it back."""


@dataclass
class Outcome:
    """What a verb did. `conflicts` are news that met a hand edit: (slug, what the source says now)."""

    created: int = 0
    changed: int = 0
    removed: int = 0
    conflicts: list[tuple[str, Difference]] = field(default_factory=list)
    full_types: list[TypeFacts] = field(default_factory=list)


@dataclass(frozen=True)
class _Hand:
    """Who acts, when, for whom and why: what every revision of one deed says alike."""

    by: By
    now: datetime
    source: Source | None = None
    reason: str = ""

    def revision(
        self, deed: str, subject: str, pk: int, *, before: dict[str, Any], after: dict[str, Any]
    ) -> Revision:
        return Revision(
            at=self.now,
            by_id=self.by.pk if self.by else None,
            source=self.source,
            deed=deed,
            subject=subject,
            subject_id=pk,
            before=before,
            after=after,
            reason=self.reason,
        )


@transaction.atomic
def apply(
    plan: Plan,
    *,
    source: Source,
    by: By = None,
    now: datetime,
    bodies: Sequence[BodyFacts] = (),
    types: Sequence[TypeFacts] = (),
    reason: str = "",
) -> Outcome:
    """Do what a plan says, all or nothing. A plan with a refusal is a caller's mistake: `ValueError`."""
    if plan.refusal:
        raise ValueError(plan.refusal)
    source = Source.objects.select_for_update(of=("self",)).select_related("fellowship").get(pk=source.pk)
    hand = _Hand(by, now, source, reason)
    shelf = Shelf(source)
    outcome = Outcome(full_types=shelf.learn_types(source.fellowship.slug, types))
    shelf.learn_bodies(source.fellowship.slug, bodies)
    for batch in batched(plan.create, BATCH):
        outcome.created += len(_create(batch, shelf, hand))
    for batch in batched(plan.change, BATCH):
        outcome.changed += _take_news(batch, shelf, hand, outcome)
    for keys in batched(plan.vanish, BATCH):
        vanished = Meeting.objects.kept().filter(origin__source=source, origin__key__in=keys)
        outcome.removed += _remove(vanished, hand)
    if _write_shelf(shelf, hand) or not plan.changes_nothing:
        ListingsVersion.bump()
    return outcome


def publish(
    listing: Listing, *, by: By, now: datetime, source: Source | None = None, reason: str = ""
) -> Meeting:
    """Add one meeting. With a `source`, its `source_id` is remembered as that source's own."""
    with transaction.atomic():
        shelf, hand = Shelf(source, by_hand=True), _Hand(by, now, source, reason)
        [meeting] = _create([listing], shelf, hand)
        _write_shelf(shelf, hand)
        ListingsVersion.bump()
        return meeting


def change(meeting: Meeting, *, by: By, now: datetime, reason: str = "", **facts: Any) -> Meeting:
    """Set facts of one meeting by hand: any fields of `Listing`, by name.

    Facts that a source also tells are from then on held: the source's news about them is reported as a
    conflict, never taken silently.
    """
    with transaction.atomic():
        meeting = _locked(meeting)
        origin = Origin.objects.filter(meeting=meeting).select_related("source").first()
        before = listing_of(meeting, origin)
        after = replace(before, **facts)
        changes = diff(as_json(before), as_json(after))
        if changes:
            shelf = Shelf(origin.source if origin else None, by_hand=True)
            hand = _Hand(by, now, None, reason)
            if origin:
                origin.held = sorted({*origin.held, *(one.field for one in changes)})
                origin.save(update_fields=["held"])
            _store([(meeting, after)], shelf, hand)
            _write_shelf(shelf, hand)
            _changed([(meeting, changes)], hand)
            ListingsVersion.bump()
    return meeting


def pause(
    meeting: Meeting,
    *,
    by: By,
    now: datetime,
    since: date | None = None,
    until: date | None = None,
    reason: str = "",
) -> Meeting:
    """Take it off the list for a while: `since` (None: at once) until it is back on `until` (None: open)."""
    return change(
        meeting, by=by, now=now, reason=reason, status=Status.PAUSED, paused_from=since, paused_until=until
    )


def resume(meeting: Meeting, *, by: By, now: datetime, reason: str = "") -> Meeting:
    """End a pause, or open a closed meeting again."""
    return change(
        meeting, by=by, now=now, reason=reason, status=Status.ACTIVE, paused_from=None, paused_until=None
    )


def close(meeting: Meeting, *, by: By, now: datetime, reason: str = "") -> Meeting:
    """It has ended for good. Its page stays and says so."""
    return change(meeting, by=by, now=now, reason=reason, status=Status.CLOSED)


@transaction.atomic
def except_dates(
    meeting: Meeting, dates: Iterable[DatedChangeFacts], *, by: By, now: datetime, reason: str = ""
) -> Meeting:
    """Add exceptions on single dates; one already there for the same date and kind is replaced."""
    standing = {(one.on, one.kind): one for one in listing_of(_locked(meeting)).dated_changes}
    standing.update({(one.on, one.kind): one for one in dates})
    ordered = tuple(sorted(standing.values(), key=lambda one: (one.on, one.kind)))
    return change(meeting, by=by, now=now, reason=reason, dated_changes=ordered)


def confirm(meetings: Iterable[Meeting], *, by: By, now: datetime, reason: str = "") -> None:
    """Note that these meetings were confirmed to be right at `now`."""
    with transaction.atomic():
        hand = _Hand(by, now, None, reason)
        for batch in batched(meetings, BATCH):
            Meeting.objects.filter(pk__in=[one.pk for one in batch]).update(confirmed_at=now)
            after = {"confirmed_at": now.isoformat()}
            bulk.insert(
                [hand.revision(Deed.CONFIRMED, "meeting", one.pk, before={}, after=after) for one in batch]
            )
        ListingsVersion.bump()


def remove(meetings: Iterable[Meeting], *, by: By, now: datetime, reason: str = "") -> int:
    """Take meetings off the list softly: their page says so, their slug stays theirs. How many were.

    They stay off, whatever their source goes on telling.
    """
    with transaction.atomic():
        hand, removed = _Hand(by, now, None, reason), 0
        for batch in batched(meetings, BATCH):
            ids = [one.pk for one in batch]
            removed += _remove(Meeting.objects.kept().filter(pk__in=ids), hand)
            origins = list(Origin.objects.select_for_update().filter(meeting__in=ids))
            for origin in origins:
                origin.held = sorted({*origin.held, REMOVED})
            Origin.objects.bulk_update(origins, ["held"])
        if removed:
            ListingsVersion.bump()
    return removed


# --- The hands behind the verbs; each is called inside a verb's transaction ------------------------


def _locked(meeting: Meeting) -> Meeting:
    """The row as it is now, for nobody else to change until we are done."""
    return Meeting.objects.select_for_update(of=("self",)).with_context().get(pk=meeting.pk)


def _create(listings: Sequence[Listing], shelf: Shelf, hand: _Hand) -> list[Meeting]:
    shelf.learn_groups(listings)
    shelf.learn_places(listings)
    meetings = new_meetings(listings, shelf)
    for meeting, listing in zip(meetings, listings, strict=True):
        meeting.updated_at = listing.updated_at or hand.now
        timekeeping.work_out(meeting, listing.dated_changes, hand.now)
    bulk.insert(meetings)
    Word.learn(meeting.search_text for meeting in meetings)
    pairs = list(zip(meetings, listings, strict=True))
    _write_dated_changes(pairs)
    source = hand.source
    if source:
        bulk.insert([_origin(meeting, listing, source) for meeting, listing in pairs])
    bulk.insert(
        [
            hand.revision(Deed.CREATED, "meeting", meeting.pk, before={}, after=as_json(listing))
            for meeting, listing in pairs
        ]
    )
    return meetings


def _origin(meeting: Meeting, listing: Listing, source: Source) -> Origin:
    return Origin(
        meeting=meeting,
        source=source,
        key=listing.source_id,
        fingerprint=fingerprint(listing),
        said=as_json(listing),
        extra=listing.extra,
    )


def _take_news(listings: Sequence[Listing], shelf: Shelf, hand: _Hand, outcome: Outcome) -> int:
    """Bring known meetings up to what their source tells now, hand edits kept; how many it told anew."""
    told = {listing.source_id: listing for listing in listings}
    known = Origin.objects.filter(source=hand.source, key__in=told)
    # The rows are locked before anything of them is read: an edit by hand is seen whole or waits.
    ids = known.values("meeting_id")
    rows = list(Meeting.objects.select_for_update(of=("self",)).with_context().filter(pk__in=ids))
    prefetch_related_objects(rows, "dated_changes")
    origins = {origin.meeting_id: origin for origin in known}
    to_store, news = [], []
    for meeting in rows:
        origin = origins[meeting.pk]
        incoming = told[origin.key]
        merged = merge(origin.said, incoming, listing_of(meeting, origin, shelf.codes(meeting)), origin.held)
        outcome.conflicts += [(meeting.slug, one) for one in merged.conflicts]
        returned = meeting.removed_at is not None and REMOVED not in origin.held
        if returned:
            meeting.removed_at = None
        origin.fingerprint, origin.said, origin.extra = (
            fingerprint(incoming),
            as_json(incoming),
            incoming.extra,
        )
        to_store.append((meeting, merged.listing))
        news.append((meeting, list(merged.news), Deed.RESTORED if returned else Deed.CHANGED))
    _store(to_store, shelf, hand)
    Origin.objects.bulk_update(origins.values(), ["fingerprint", "said", "extra"])
    for deed in (Deed.CHANGED, Deed.RESTORED):
        _changed([(meeting, changes) for meeting, changes, was in news if was == deed], hand, deed)
    return len(news)


def _store(pairs: Sequence[tuple[Meeting, Listing]], shelf: Shelf, hand: _Hand) -> None:
    """Write the facts of known meetings into their rows and work out what follows from them."""
    listings = [listing for _, listing in pairs]
    shelf.learn_groups(listings)
    shelf.learn_places(listings)
    for meeting, listing in pairs:
        for name, value in shelf.columns(listing).items():
            setattr(meeting, name, value)
        meeting.listed = meeting.listed and meeting.removed_at is None
        meeting.updated_at = hand.now if hand.source is None else listing.updated_at or hand.now
        timekeeping.work_out(meeting, listing.dated_changes, hand.now)
    # An upsert by primary key: one statement for many wide rows, where bulk_update builds a CASE a cell.
    Meeting.objects.bulk_create(
        [meeting for meeting, _ in pairs],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[one.name for one in Meeting._meta.concrete_fields if not one.primary_key],
    )
    Word.learn(meeting.search_text for meeting, _ in pairs)
    DatedChange.objects.filter(meeting__in=[meeting for meeting, _ in pairs]).delete()
    _write_dated_changes(pairs)


def _write_dated_changes(pairs: Iterable[tuple[Meeting, Listing]]) -> None:
    bulk.insert(
        [
            DatedChange(
                meeting=meeting,
                on=one.on,
                kind=one.kind.value,
                to_date=one.to_date,
                to_start=None if one.to_start is None else one.to_start.hour * 60 + one.to_start.minute,
                minutes=one.minutes,
                note=one.note,
            )
            for meeting, listing in pairs
            for one in listing.dated_changes
        ]
    )


def _changed(
    changes: Sequence[tuple[Meeting, list[Difference]]], hand: _Hand, deed: str = Deed.CHANGED
) -> None:
    Revision.objects.bulk_create(
        hand.revision(
            deed,
            "meeting",
            meeting.pk,
            before={one.field: one.before for one in differences},
            after={one.field: one.after for one in differences},
        )
        for meeting, differences in changes
    )


def _remove(meetings: Iterable[Meeting], hand: _Hand) -> int:
    ids = [meeting.pk for meeting in meetings]
    Meeting.objects.filter(pk__in=ids).update(
        removed_at=hand.now, listed=False, next_start=None, next_end=None, updated_at=hand.now
    )
    Revision.objects.bulk_create(
        hand.revision(Deed.REMOVED, "meeting", pk, before={}, after={}) for pk in ids
    )
    return len(ids)


def _write_shelf(shelf: Shelf, hand: _Hand) -> bool:
    """Leave the history of the shared rows that a verb made or changed; whether there were any."""
    revisions = [
        hand.revision(Deed.CREATED, subject, pk, before={}, after=after) for subject, pk, after in shelf.made
    ]
    revisions += [
        hand.revision(Deed.CHANGED, subject, pk, before=before, after=after)
        for subject, pk, before, after in shelf.changed
    ]
    bulk.insert(revisions)
    return bool(revisions)
