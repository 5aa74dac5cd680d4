"""`manage.py load_sample`: invented listings around real towns, for demos and benchmarks."""

from __future__ import annotations

import gc
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from meetings import editing
from meetings.importing import known
from meetings.models import Fellowship, Meeting, Source
from meetings.sample import FELLOWSHIPS, Sample, confirmed_days_ago
from rules.listing import Listing
from rules.reconcile import Known, Plan, reconcile

MEETINGS = 2000
MOST_MEETINGS = 10_000_000
BATCH = 8_000
AS_A_WHOLE = 20_000
REASON = "sample"


class Command(BaseCommand):
    help = (
        "Load invented meetings around real towns. The same number and seed give the same meetings, so a"
        " second time changes nothing; others replace those there were. All pages then say that the data"
        " are invented."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--meetings", type=int, default=MEETINGS, help=f"how many (else {MEETINGS})")
        parser.add_argument("--seed", type=int, default=1, help="another seed, other meetings (else 1)")
        parser.add_argument("--remove", action="store_true", help="take all invented meetings off the list")

    def handle(self, *_: Any, **options: Any) -> None:
        count, now = options["meetings"], timezone.now()
        if not 1 <= count <= MOST_MEETINGS:
            raise CommandError(f"--meetings is {count}. It can be 1 to {MOST_MEETINGS:,}.")
        if options["remove"]:
            self.stdout.write(f"{remove(now)} invented meetings taken off the list.")
            return
        loader = Loader(now)
        # A small sample is there as a whole or not at all; a large one is finished by the next call.
        with _few_collections(), transaction.atomic() if count <= AS_A_WHOLE else nullcontext():
            self._load(
                loader, Sample(count, seed=options["seed"], year=now.year), loud=options["verbosity"] > 0
            )
        done = loader.done
        if options["verbosity"] > 0:
            self.stdout.write(
                f"{count} invented meetings: {done.created} new, {done.changed} changed, {done.removed} gone,"
                f" {loader.unchanged} as before."
            )

    def _load(self, loader: Loader, sample: Sample, *, loud: bool) -> None:
        for number, listing in enumerate(sample, 1):
            loader.take(listing, sample)
            if loud and number % 100_000 == 0:
                self.stdout.write(f"{number:,} so far")
        loader.finish(sample)


@contextmanager
def _few_collections() -> Iterator[None]:
    """Let the garbage collector look around less often: rows come by the million, hardly any in a circle.

    It saves a quarter of the time.
    """
    before = gc.get_threshold()
    gc.set_threshold(200_000, 10, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def remove(now: datetime) -> int:
    """Take all that samples told off the list; how many meetings that were."""
    with transaction.atomic():
        gone = 0
        for source in Source.objects.filter(kind=Source.Kind.SAMPLE):
            standing = tuple(key for key, was in known(source).items() if not was.removed)
            gone += editing.apply(Plan(vanish=standing), source=source, now=now, reason=REASON).removed
        return gone


@dataclass
class Loader:
    """Hands a sample to `editing`, batch by batch; each fellowship's part is a source of its own."""

    now: datetime
    done: editing.Outcome = field(default_factory=editing.Outcome)
    unchanged: int = 0
    sources: dict[str, Source] = field(default_factory=dict)
    waiting: dict[str, list[Listing]] = field(default_factory=lambda: defaultdict(list))
    # What the sources told before and this sample has not told yet.
    before: dict[str, dict[str, Known]] = field(default_factory=dict)

    def take(self, listing: Listing, sample: Sample) -> None:
        """Store it, together with others of its fellowship once there are enough of them."""
        waiting = self.waiting[listing.fellowship]
        waiting.append(listing)
        if len(waiting) == BATCH:
            self._store(listing.fellowship, sample)

    def finish(self, sample: Sample) -> None:
        """Store what still waits, and take off the list what samples told before and this one does not."""
        for fellowship in FELLOWSHIPS:
            self._store(fellowship, sample)
            rest = tuple(key for key, was in self.before[fellowship].items() if not was.removed)
            if rest:
                source = self.sources[fellowship]
                done = editing.apply(Plan(vanish=rest), source=source, now=self.now, reason=REASON)
                self.done.removed += done.removed

    def _meet(self, fellowship: str) -> None:
        owner = Fellowship.objects.get(slug=fellowship)
        self.sources[fellowship], _ = Source.objects.get_or_create(
            name=f"Invented sample, {owner.short_name}",
            defaults={"kind": Source.Kind.SAMPLE, "fellowship": owner},
        )
        self.before[fellowship] = known(self.sources[fellowship])

    @transaction.atomic
    def _store(self, fellowship: str, sample: Sample) -> None:
        first = fellowship not in self.sources
        if first:
            self._meet(fellowship)
        source, before = self.sources[fellowship], self.before[fellowship]
        listings = self.waiting.pop(fellowship, [])
        standing = {one.source_id: before.pop(one.source_id) for one in listings if one.source_id in before}
        plan = reconcile(standing, listings, force=True)
        self.unchanged += plan.unchanged
        bodies = sample.bodies(fellowship) if first else ()
        if plan.changes_nothing and not bodies:
            return
        last = Meeting.objects.aggregate(last=Max("pk"))["last"] or 0
        outcome = editing.apply(plan, source=source, now=self.now, bodies=bodies, reason=REASON)
        self._confirm(plan.create, source, last)
        self.done.created += outcome.created
        self.done.changed += outcome.changed

    def _confirm(self, created: Sequence[Listing], source: Source, last: int) -> None:
        """Spread over the past when each new meeting was last confirmed, as in a list that people keep."""
        ages = {listing.source_id: confirmed_days_ago(listing) for listing in created}
        new = Meeting.objects.filter(origin__source=source, pk__gt=last)
        keys = dict(new.values_list("pk", "origin__key"))
        by_age: dict[int, list[Meeting]] = defaultdict(list)
        for meeting in new.only("pk"):
            days = ages[keys[meeting.pk]]
            if days is not None:
                by_age[days].append(meeting)
        for days, meetings in by_age.items():
            editing.confirm(meetings, by=None, now=self.now - timedelta(days=days), reason="invented")
