"""The words a question is made of: places, types and service bodies."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.serializers import Serializer

from meetings import asking, geocode
from meetings.api.base import KeptView
from meetings.api.parameters import FELLOWSHIP, PLACE_TEXT, documented
from meetings.api.shapes import BodiesSerializer, PlacesSerializer, TypesSerializer
from meetings.geocode import GeoPlace
from meetings.models import ServiceBody, Type


def place_json(place: GeoPlace) -> dict[str, Any]:
    """A place that a text may have meant."""
    return {
        "label": place.label,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "country": place.country,
        "region": place.region,
        "timezone": place.timezone,
    }


def _told(name: str, parameter: OpenApiParameter, shape: type[Serializer[object]]) -> Any:
    """How the document tells one of these views."""
    return extend_schema_view(
        get=extend_schema(operation_id=name, parameters=[parameter], responses=documented(shape))
    )


def asked(request: HttpRequest, name: str) -> Any:
    """The value of one find parameter, None without one; a bad one ends in problem details."""
    values, errors = asking.read(request.GET, only={name})
    if errors:
        raise ValidationError(errors)
    return values.get(name)


@_told("places", PLACE_TEXT, PlacesSerializer)
class Places(KeptView):
    """Places by the beginning of their name, the likeliest first: for suggestions while someone types."""

    def answer(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        text = asked(request, "q")
        found = geocode.suggest(text) if text else []
        return {"places": [place_json(place) for place in found]}


@_told("types", FELLOWSHIP, TypesSerializer)
class Types(KeptView):
    """All types by fellowship, with their names in the language asked for (`Accept-Language`)."""

    def answer(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        rows = Type.objects.select_related("fellowship")
        if fellowships := asked(request, "fellowship"):
            rows = rows.filter(fellowship__slug__in=fellowships)
        language = (get_language() or "en").partition("-")[0]
        return {"types": [_type_json(row, language) for row in rows]}


def _type_json(row: Type, language: str) -> dict[str, Any]:
    return {
        "fellowship": row.fellowship.slug,
        "code": row.code,
        "group": row.group,
        "name": row.names.get(language) or row.names.get("en") or row.code,
        "description": row.descriptions.get(language) or row.descriptions.get("en") or "",
        "language": row.language,
    }


@_told("bodies", FELLOWSHIP, BodiesSerializer)
class Bodies(KeptView):
    """The service bodies, flat: `parent` is the slug of the one above, null at the top."""

    def answer(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        rows = ServiceBody.objects.order_by("name", "slug")
        if fellowships := asked(request, "fellowship"):
            rows = rows.filter(fellowship__slug__in=fellowships)
        names = ("slug", "name", "parent__slug", "fellowship__slug", "kind", "website", "phone")
        told = ("slug", "name", "parent", "fellowship", "kind", "website", "phone")
        found = [dict(zip(told, values, strict=True)) for values in rows.values_list(*names)]
        return {"bodies": found}
