"""The feeds: all that the find parameters ask for, streamed in the form that other programs read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from meetings import exporting, publishing
from meetings.asking import Asked, ask
from meetings.exporting import Published
from meetings.feeds import csv_out, geojson, meeting_guide_out
from meetings.feeds.site import Site
from meetings.limits import READS, spend
from meetings.problems import problem
from meetings.views.sending import root_of, send, unchanged
from rules.audience import public

SCHEMA = Path(meeting_guide_out.__file__).with_name("meeting_guide.schema.json")

Write = Callable[[Iterable[Published], Site, datetime], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One form of feed: how it is written, as what it is sent, and under which name it is saved."""

    write: Write
    content_type: str
    filename: str = ""


_MEETING_GUIDE = Kind(meeting_guide_out.pieces, "application/json")
_CSV = Kind(lambda found, site, _now: csv_out.pieces(found, site), "text/csv; charset=utf-8", "meetings.csv")
_GEOJSON = Kind(lambda found, site, _now: geojson.pieces(found, site), "application/geo+json")


@require_safe
@public
@gzip_page
def meeting_guide(request: HttpRequest) -> HttpResponseBase:
    """The Meeting Guide feed; of AA alone, whose codes it speaks, unless asked for another fellowship."""
    return _feed(request, _MEETING_GUIDE, settings.MEETING_GUIDE_FELLOWSHIPS)


@require_safe
@public
@gzip_page
def csv(request: HttpRequest) -> HttpResponseBase:
    """A table for spreadsheets."""
    return _feed(request, _CSV)


@require_safe
@public
@gzip_page
def geo_json(request: HttpRequest) -> HttpResponseBase:
    """A layer for maps."""
    return _feed(request, _GEOJSON)


@require_safe
@public
def schema(request: HttpRequest) -> HttpResponse:
    """The JSON Schema that our Meeting Guide feed keeps to."""
    answer = HttpResponse(SCHEMA.read_bytes(), content_type="application/schema+json")
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer


def _feed(request: HttpRequest, kind: Kind, fellowships: Iterable[str] = ()) -> HttpResponseBase:
    now = timezone.now()
    refused = too_often(request, now)
    if refused:
        return refused
    asked = ask(request.GET, now=now, default_zone=settings.TIME_ZONE, language=get_language() or "en")
    if asked.errors:
        return bad(asked.errors)
    same = unchanged(request, now, hangs_on_now=bool(request.GET.get("when")))
    if same:
        return same
    if asked.query and not asked.query.fellowships:
        asked = replace(asked, query=replace(asked.query, fellowships=frozenset(fellowships)))
    try:
        pieces = kind.write(found(request, asked, now), publishing.site(root_of(request)), now)
    except meeting_guide_out.NothingToTell:
        return problem(404, "no_meetings", _("No such meeting is listed, and an empty feed breaks readers."))
    return send(request, pieces, kind.content_type, filename=kind.filename)


def found(request: HttpRequest, asked: Asked, now: datetime) -> Iterator[Published]:
    """All that was asked for; a place that nobody knows has none."""
    if asked.query is None:
        return iter(())
    return exporting.every(asked.query, now, limited=bool(request.GET.get("limit")))


def too_often(request: HttpRequest, now: datetime) -> HttpResponse | None:
    """429 for an address that has read enough this minute."""
    wait = spend(request, READS, now)
    if not wait:
        return None
    words = _("Too many requests. Please wait a little.")
    return problem(429, "throttled", words, headers={"Retry-After": str(wait)})


def bad(errors: dict[str, str]) -> HttpResponse:
    """400 with what would be right."""
    return problem(400, "bad_parameters", _("Some values are to mend: see errors."), errors=errors)
