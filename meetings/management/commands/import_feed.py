"""`manage.py import_feed KIND SOURCE`: bring a feed in, or only say what it would do."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from meetings.feeds.fetch import FeedError
from meetings.importing import Report, Request, run
from rules.listing import Remark

KINDS = ["meeting_guide", "bmlt"]


class Command(BaseCommand):
    help = "Import meetings from a feed: a file, or the address of a live one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=KINDS)
        parser.add_argument("source", help="a file or an http(s) address")
        parser.add_argument("--dry-run", action="store_true", help="only tell what would change")
        parser.add_argument("--force", action="store_true", help="believe a feed that suddenly shrank")
        parser.add_argument("--fellowship", default="", help="whose meetings (bmlt: na, else aa)")
        parser.add_argument("--formats", default="", help="bmlt: a file of GetFormats")
        parser.add_argument("--service-bodies", default="", help="bmlt: a file of GetServiceBodies")
        parser.add_argument("--as", default="", dest="name", help="the source's name (else its file name)")

    def handle(self, *_: Any, **options: Any) -> None:
        request = Request(
            kind=options["kind"],
            location=options["source"],
            name=options["name"],
            fellowship=options["fellowship"],
            formats=options["formats"],
            service_bodies=options["service_bodies"],
        )
        try:
            report = run(request, now=timezone.now(), dry_run=options["dry_run"], force=options["force"])
        except FeedError as error:
            raise CommandError(str(error)) from None
        self.tell(report, dry_run=options["dry_run"])
        if report.plan.refusal:
            raise CommandError(report.plan.refusal)

    def tell(self, report: Report, *, dry_run: bool) -> None:
        """Print the report: by row what was guessed or wrong, then what changed."""
        for remark in report.remarks:
            self.stdout.write(line(remark))
        for slug, difference in report.conflicts:
            self.stdout.write(
                f"held     {slug}: {difference.field} was set by hand and stays; the feed now says otherwise"
            )
        plan = report.plan
        said = Counter(remark.kind for remark in report.remarks)
        self.stdout.write(f"Guesses: {said['guess']}. Problems: {said['problem']}.")
        would = "Would be: " if dry_run else ""
        changes = len(plan.create) + len(plan.change) + len(plan.vanish)
        self.stdout.write(
            f"{report.source}: {report.rows} meetings read. {would}"
            f"{len(plan.create)} new, {len(plan.change)} changed, {len(plan.vanish)} gone, "
            f"{plan.unchanged} as before ({changes} changes)"
        )
        if plan.kept:
            self.stdout.write(f"{len(plan.kept)} kept, although the feed no longer names them (see above)")
        if dry_run:
            self.stdout.write("Nothing was written.")


def line(remark: Remark) -> str:
    """A remark as one line of the report."""
    where = f"row {remark.row}" if remark.row else "feed"
    which = f" [{remark.source_id}]" if remark.source_id else ""
    return f"{remark.kind:8} {where}{which}: {remark.text}"
