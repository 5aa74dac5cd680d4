"""Find meetings: the question's parameters in, the documented answer out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from meetings import notice
from meetings.api.base import KEPT_SECONDS, KeptView, minute
from meetings.api.parameters import FIND, documented
from meetings.api.shapes import AnswerSerializer
from meetings.api.vocabulary import place_json
from meetings.asking import Asked, ask
from meetings.find import find
from meetings.models import ListingsVersion
from rules.asking import cursor


class Meetings(KeptView):
    """Meetings by place, time, kind and words: nearest or soonest first."""

    @extend_schema(operation_id="meetings", parameters=FIND, responses=documented(AnswerSerializer))
    def get(self, request: Request) -> HttpResponse:
        now = minute(self.now)
        question = request._request
        asked = ask(question.GET, now=now, default_zone=settings.TIME_ZONE, language=get_language() or "en")
        if asked.errors:
            raise ValidationError(asked.errors)
        if asked.query is None:
            return self.tell(request, _nothing(ListingsVersion.current()))
        found = find(asked.query, now)
        data = {
            "meetings": found.meetings,
            "facets": found.facets,
            "total": found.total,
            "place": _place(asked),
            "radius_km": found.radius_km,
            "next": _next(question, found.next_offset),
            "version": found.version,
        }
        return self.tell(request, data | notice_json(found.version))


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
    params = request.GET.copy()
    params["cursor"] = cursor(offset)
    address = f"{request.path}?{params.urlencode()}"
    return f"{settings.SITE_URL}{address}" if settings.SITE_URL else request.build_absolute_uri(address)
