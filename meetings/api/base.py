"""What the views of the API share: open to all, counted per address, answered from memory where possible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from hashlib import blake2b
from typing import Any, ClassVar

import orjson
from django.conf import settings
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from rest_framework.exceptions import APIException, NotFound
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
# As many answers of this size as `CACHES` allows are what a worker can afford to keep.
MOST_KEPT_BYTES = 160 * 1024


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

    So an equal question is answered from memory, and a new one without the frame, which would take longer
    than the search: REST framework comes in only to refuse, or to tell what this address is about. `shared`
    says whether caches between us and the reader may keep the answer too.
    """

    shared: ClassVar[bool] = True

    def answer(self, request: HttpRequest, **kwargs: Any) -> Mapping[str, Any]:
        """What to tell; any `APIException` or `Http404` ends in problem details."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.now = timezone.now()
        if request.method in {"GET", "HEAD"} and _takes_json(request) and not self._too_often(request):
            with suppress(APIException, Http404):  # told below, as this one is asked again there
                return self._tell(request, **kwargs)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        return self._tell(request._request, **kwargs)

    def _too_often(self, request: HttpRequest) -> bool:
        return any(limits.spend(request, allowance, self.now) for allowance in self.allowances)

    def _tell(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        key = self._key(request)
        if kept := caches["answers"].get(key):
            return self._send(request, *kept)
        body = orjson.dumps(self.answer(request, **kwargs), default=str)
        etag = f'"{blake2b(body, digest_size=16).hexdigest()}"'
        if len(body) <= MOST_KEPT_BYTES:
            caches["answers"].set(key, (body, etag), KEPT_SECONDS)
        return self._send(request, body, etag)

    def _key(self, request: HttpRequest) -> str:
        """The version is read before the answer is: what is kept under it is never older than it."""
        self.version = ListingsVersion.current()
        question = (
            self.version,
            minute(self.now),
            get_language(),
            request.scheme,
            request.META.get("HTTP_HOST"),
            request.path,
            request.META.get("QUERY_STRING"),
        )
        return f"api:{blake2b(repr(question).encode(), digest_size=16).hexdigest()}"

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
