"""Sends long answers in pieces, and none to whom has them already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import blake2b

from django.conf import settings
from django.core.cache import caches
from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

from meetings.models import ListingsVersion, Meeting

FORM = 1
"""Raised when the feeds say the same things in other words: then nobody's copy is good any more."""

FRESH_SECONDS = 300
CHUNK = 64 * 1024


def root_of(request: HttpRequest) -> str:
    """The site's address, as `SITE_URL` or else the request tells it."""
    return settings.SITE_URL or f"{request.scheme}://{request.get_host()}"


def etag_of(request: HttpRequest, now: datetime, *, hangs_on_now: bool) -> str:
    """Equal for equal answers: the question, the version of the listings, and the pauses begun or over."""
    version = ListingsVersion.current()
    facts = (
        FORM,
        version,
        now.replace(second=0, microsecond=0) if hangs_on_now else _last_turn(version, now),
        (now.year, now.month),  # calendars begin anew each year
        settings.INVENTED_DATA_NOTICE,
        get_language(),
        root_of(request),
        request.get_full_path(),
    )
    return f'"{blake2b(repr(facts).encode(), digest_size=16).hexdigest()}"'


def _last_turn(version: int, now: datetime) -> datetime | None:
    """When a pause last began or ended: the only thing that changes a feed without a new version."""
    minute = now.replace(second=0, microsecond=0)

    def ask() -> tuple[datetime | None]:
        paused = Meeting.objects.filter(listed=True, quiet_from__isnull=False)
        turns = paused.aggregate(
            begun=Max("quiet_from", filter=Q(quiet_from__lte=now)),
            over=Max("quiet_until", filter=Q(quiet_until__lte=now)),
        )
        return (max(filter(None, turns.values()), default=None),)

    key = f"turn:{version}:{minute.timestamp():.0f}"
    (turn,) = caches["answers"].get_or_set(key, ask, 60) or (None,)
    return turn


def unchanged(request: HttpRequest, now: datetime, *, hangs_on_now: bool = False) -> HttpResponseBase | None:
    """304 for whom the answer would be what they have."""
    etag = etag_of(request, now, hangs_on_now=hangs_on_now)
    request.META["homegroup.etag"] = etag
    answer = get_conditional_response(request, etag=etag)
    return _headed(answer, etag) if answer and answer.status_code == 304 else None


def send(
    request: HttpRequest, pieces: Iterable[bytes], content_type: str, *, filename: str = ""
) -> HttpResponseBase:
    """The pieces as one answer, streamed; for whom asks for the head alone, the head."""
    answer: HttpResponseBase
    if request.method == "HEAD":
        answer = HttpResponse(content_type=content_type)
    else:
        answer = StreamingHttpResponse(_chunks(pieces), content_type=content_type)
    if filename:
        answer.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return _headed(answer, request.META["homegroup.etag"])


def _headed(answer: HttpResponseBase, etag: str) -> HttpResponseBase:
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    return answer


def _chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in handier portions."""
    kept, size = [], 0
    for piece in pieces:
        kept.append(piece)
        size += len(piece)
        if size >= CHUNK:
            yield b"".join(kept)
            kept, size = [], 0
    if kept:
        yield b"".join(kept)
