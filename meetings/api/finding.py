"""Find meetings: the question's parameters in, the documented answer out."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.exceptions import ValidationError

from meetings import notice
from meetings.api.base import KEPT_SECONDS, KeptView, minute
from meetings.api.parameters import FIND, documented
from meetings.api.shapes import AnswerSerializer
from meetings.api.vocabulary import place_json
from meetings.asking import Asked, ask
from meetings.find import find
from rules.asking import cursor

# What may stand in an address as it is; what was escaped already stays so.
SAFE = "%&=+,;:/?@!$'()*~[]"


@extend_schema_view(
    get=extend_schema(operation_id="meetings", parameters=FIND, responses=documented(AnswerSerializer))
)
class Meetings(KeptView):
    """Meetings by place, time, kind and words: nearest or soonest first."""

    def answer(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        now = minute(self.now)
        asked = ask(request.GET, now=now, default_zone=settings.TIME_ZONE, language=get_language() or "en")
        if asked.errors:
            raise ValidationError(asked.errors)
        if asked.query is None:
            return _nothing(self.version)
        found = find(asked.query, now, version=self.version)
        return {
            "meetings": found.meetings,
            "facets": found.facets,
            "total": found.total,
            "place": _place(asked),
            "radius_km": found.radius_km,
            "next": _next(request, found.next_offset),
            "version": found.version,
            **notice_json(found.version),
        }


def notice_json(version: int) -> dict[str, Any]:
    """The one sentence of a site with invented data, where there is need of it; asked once a version."""
    key = f"notice:{settings.INVENTED_DATA_NOTICE}:{version}"
    needed = caches["answers"].get_or_set(key, notice.needed, KEPT_SECONDS)
    return {"notice": str(notice.SENTENCE)} if needed else {}


def _nothing(version: int) -> dict[str, Any]:
    """Nobody knows the place: no meetings, rather than others somewhere else."""
    return {
        "meetings": [],
        "facets": None,
        "total": 0,
        "place": None,
        "radius_km": None,
        "next": None,
        "version": version,
        **notice_json(version),
    }


def _place(asked: Asked) -> dict[str, Any] | None:
    return place_json(asked.place) | {"exact": asked.place.exact} if asked.place else None


def _next(request: HttpRequest, offset: int | None) -> str | None:
    """The next page's address, absolute, with all parameters kept."""
    if offset is None:
        return None
    asked = request.META.get("QUERY_STRING", "").encode("latin-1").split(b"&")
    kept = b"&".join(one for one in asked if not one.startswith(b"cursor="))
    question = f"{quote(kept, safe=SAFE)}&cursor={cursor(offset)}".lstrip("&")
    site = settings.SITE_URL or f"{request.scheme}://{request.get_host()}"
    return f"{site}{request.path}?{question}"
