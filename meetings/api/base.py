"""What the views of the API share: open to all, counted per address, answered from memory where possible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any, ClassVar

import orjson
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from meetings import limits
from meetings.models import ListingsVersion
from rules.audience import Audience

JSON = "application/json"
# How long others may keep an answer, and how long we do. A new version of the listings makes a new one.
FRESH_SECONDS = 30
KEPT_SECONDS = 120
# A thousand answers of this size are what a worker can afford to keep.
MOST_KEPT_BYTES = 64 * 1024


class JsonRenderer(BaseRenderer):
    """JSON, quickly; texts that wait for their translation are translated."""

    media_type = JSON
    format = "json"
    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        return b"" if data is None else orjson.dumps(data, default=str)


class Counted(BaseThrottle):
    """One of `meetings.limits`, as REST framework asks for it."""

    def __init__(self, allowance: limits.Allowance) -> None:
        self.allowance = allowance
        self.seconds = 0

    def allow_request(self, request: Request, view: APIView) -> bool:
        self.seconds = limits.spend(request._request, self.allowance, timezone.now())
        return not self.seconds

    def wait(self) -> float:
        return self.seconds


class PublicView(APIView):
    """Open to everybody, as often as `allowances` say."""

    audience = Audience.PUBLIC
    authentication_classes = ()
    permission_classes = (AllowAny,)
    renderer_classes: Sequence[type[BaseRenderer]] = (JsonRenderer,)
    allowances: ClassVar[tuple[limits.Allowance, ...]] = (limits.READS,)

    def get_throttles(self) -> list[BaseThrottle]:
        return [Counted(allowance) for allowance in self.allowances]


class KeptView(PublicView):
    """Its answer hangs on the question, the minute, the language and the version of the listings alone.

    So an equal question is answered from memory, before any of the frame's machinery. `shared` says
    whether caches between us and the reader may keep the answer too.
    """

    shared: ClassVar[bool] = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.now = timezone.now()
        return self._ready(request) or super().dispatch(request, *args, **kwargs)

    def _ready(self, request: HttpRequest) -> HttpResponse | None:
        if request.method not in {"GET", "HEAD"} or not _takes_json(request):
            return None
        if any(limits.spend(request, allowance, self.now) for allowance in self.allowances):
            return None
        kept = caches["answers"].get(self._key(request))
        return self._send(request, *kept) if kept else None

    def tell(self, request: Request, data: Mapping[str, Any]) -> HttpResponse:
        """Send `data`, and keep it for who asks next."""
        body = orjson.dumps(data, default=str)
        etag = f'"{blake2b(body, digest_size=16).hexdigest()}"'
        if len(body) <= MOST_KEPT_BYTES:
            caches["answers"].set(self._key(request._request), (body, etag), KEPT_SECONDS)
        return self._send(request._request, body, etag)

    def _key(self, request: HttpRequest) -> str:
        """Worked out once a request, so that what is kept under a version is never older than it."""
        meta = request.META
        if "homegroup.question" not in meta:
            question = (
                ListingsVersion.current(),
                minute(self.now),
                get_language(),
                request.scheme,
                meta.get("HTTP_HOST"),
                request.path,
                meta.get("QUERY_STRING"),
            )
            meta["homegroup.question"] = blake2b(repr(question).encode(), digest_size=16).hexdigest()
        return f"api:{meta['homegroup.question']}"

    def _send(self, request: HttpRequest, body: bytes, etag: str) -> HttpResponse:
        answer = HttpResponse(body, content_type=JSON)
        # The language may have come from a cookie, of which a cache in between knows nothing.
        shared = self.shared and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES
        answer.headers["ETag"] = etag
        answer.headers["Cache-Control"] = f"{'public' if shared else 'private'}, max-age={FRESH_SECONDS}"
        answer.headers["Vary"] = "Accept-Language, Accept-Encoding"
        return get_conditional_response(request, etag=etag, response=answer) or answer


class Nowhere(PublicView):
    """Every other address below the API: a problem, not a page."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise NotFound


def minute(now: datetime) -> datetime:
    """The minute that has begun: all within it are answered alike."""
    return now.replace(second=0, microsecond=0)


def _takes_json(request: HttpRequest) -> bool:
    accept = request.META.get("HTTP_ACCEPT", "*/*")
    return any(kind in accept for kind in ("*/*", JSON, "application/*"))
