"""`manage.py export_feed KIND [FILE]`: write what a feed's address would answer into a file."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict
from django.utils import timezone

from meetings import exporting, publishing
from meetings.asking import ask
from meetings.bmlt import forms
from meetings.bmlt.answering import Question, search_results
from meetings.bmlt.asked import Params
from meetings.bmlt.book import book
from meetings.feeds import csv_out, geojson, ical, meeting_guide_out
from meetings.feeds.ical import Style
from rules.search import Query

KINDS = ("meeting_guide", "bmlt", "csv", "geojson", "ical", "naws")


class Command(BaseCommand):
    help = "Export meetings as a feed. All of them, or those that --query asks for."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=KINDS)
        parser.add_argument("file", nargs="?", default="-", help="where to (else standard output)")
        parser.add_argument(
            "--query",
            default="",
            help='as in the address: "fellowship=aa&body=..."; bmlt: its own parameters',
        )
        parser.add_argument("--site", default="", help="the site's address (else SITE_URL)")

    def handle(self, *_: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            pieces = self.pieces(
                options["kind"], QueryDict(options["query"]), options["site"].rstrip("/"), now
            )
            written = write(pieces, options["file"])
        except meeting_guide_out.NothingToTell:
            raise CommandError("No such meeting is listed, and an empty feed breaks readers.") from None
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be written: {error.strerror}.") from None
        if options["file"] != "-":
            self.stderr.write(f"{options['file']}: {written:,} bytes")

    def pieces(self, kind: str, params: QueryDict, root: str, now: datetime) -> Iterable[bytes]:
        """The feed in pieces."""
        site = publishing.site(root or publishing.LOCAL)
        if root:
            site = replace(site, root=root)
        if kind in {"bmlt", "naws"}:
            return bmlt(kind, params, f"{site.root}/main_server", site.notice, now)
        query = asked(params, now)
        if kind == "meeting_guide" and not query.fellowships:
            query = replace(query, fellowships=frozenset(settings.MEETING_GUIDE_FELLOWSHIPS))
        found = exporting.every(query, now, limited="limit" in params)
        match kind:
            case "meeting_guide":
                return meeting_guide_out.pieces(found, site, now)
            case "csv":
                return csv_out.pieces(found, site)
            case "geojson":
                return geojson.pieces(found, site)
        return ical.pieces(found, site, now, Style(publishing.calendar_words()))


def asked(params: QueryDict, now: datetime) -> Query:
    """What `--query` asks for; `CommandError` with what would be right."""
    found = ask(params, now=now, default_zone=settings.TIME_ZONE)
    if found.errors:
        raise CommandError(" ".join(f"{name}: {right}" for name, right in found.errors.items()))
    if found.query is None:
        raise CommandError(f"Nobody knows a place called “{found.near_text}”.")
    return found.query


def bmlt(kind: str, params: QueryDict, root: str, notice: str, now: datetime) -> Iterator[bytes]:
    """What the BMLT address answers; for NAWS all service bodies, one table."""
    current = book()
    if kind == "bmlt":
        yield from search_results(Question(Params(params), current, now, root, notice))
        return
    tops = [body.number for body in current.bodies.values() if body.parent_id not in current.bodies]
    for number in [params["sb_id"]] if "sb_id" in params else tops:
        table = forms.naws(Question(Params(QueryDict(f"sb_id={number}")), current, now, root, notice))
        pieces = iter(table)
        header = next(pieces)
        if number in {params.get("sb_id"), tops[0]}:
            yield header
        yield from pieces


def write(pieces: Iterable[bytes], to: str) -> int:
    """Write them all; how many bytes."""
    written = 0
    with nullcontext(sys.stdout.buffer) if to == "-" else Path(to).open("wb") as file:
        for piece in pieces:
            written += file.write(piece)
    return written
