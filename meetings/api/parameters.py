"""The find parameters as the OpenAPI document tells them. Their forms are those of `rules.asking`."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from meetings.api.shapes import ProblemSerializer
from rules import asking as form
from rules.listing import Attendance
from rules.search import Order, When
from rules.zones import zone_names

PROBLEMS = {
    400: "Some values are to mend; `errors` says which, and how.",
    404: "Nothing is at this address.",
    406: "The answer is JSON, which was not accepted.",
    410: "It was here once and has been removed.",
    429: "Too often in one minute; Retry-After says how many seconds to wait.",
}


def documented(shape: type[serializers.Serializer[object]], *more: int) -> dict[Any, OpenApiResponse]:
    """The answer's shape, with the problems that any reading may meet and those in `more`."""
    problems: dict[Any, OpenApiResponse] = {
        (status, "application/problem+json"): OpenApiResponse(ProblemSerializer, PROBLEMS[status])
        for status in (400, 406, 429, *more)
    }
    return {200: OpenApiResponse(shape), 304: OpenApiResponse(description="As it was.")} | problems


def _one(name: str, told: str, **schema: Any) -> OpenApiParameter:
    return OpenApiParameter(name, {"type": "string", **schema}, description=told)


def _many(name: str, told: str, **item: Any) -> OpenApiParameter:
    schema = {"type": "array", "items": {"type": "string", **item}, "maxItems": form.MOST_VALUES}
    return OpenApiParameter(name, schema, description=told, style="form", explode=True)


def empty_is_none(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Say of each single query parameter that it may stand without a value, as a form sends it."""
    for path in result["paths"].values():
        for one in path.get("get", {}).get("parameters", ()):
            if one["in"] == OpenApiParameter.QUERY and one["schema"]["type"] != "array":
                one["allowEmptyValue"] = True
    return result


def _exactly(pattern: str) -> str:
    """The whole of it, or nothing at all."""
    return f"^(?:{pattern})?$"


def _text(name: str, told: str) -> OpenApiParameter:
    return _one(name, told, maxLength=form.MOST_LETTERS, pattern=f"^{form.TEXT}$")


def _clock(name: str, told: str) -> OpenApiParameter:
    return _one(name, told, pattern=_exactly(form.CLOCK))


def _radius(name: str, told: str, most: float) -> OpenApiParameter:
    return _one(name, told, type="number", exclusiveMinimum=0, maximum=most)


FELLOWSHIP = _many("fellowship", "Slugs, any of them: `aa`, `na`, `al-anon` ...", pattern=_exactly(form.SLUG))
PLACE_TEXT = _text("q", "The beginning of a place's name, or a postal code.")
TYPE_TOLD = "`O` in every fellowship asked for, `aa:O` in one. "

FIND = [
    _text("near", "`latitude,longitude`, or a place in words: a town, “town, state”, a US ZIP, a landmark."),
    _radius("radius_km", "How far at most. Without one: widened until 10 are found.", form.MOST_KM),
    _radius("radius_mi", "The same in miles; of the two the smaller holds.", form.MOST_MILES),
    _one(
        "when",
        "`now`: in progress or within the hour. `today`, `tonight` (17:00 to 04:00), `tomorrow`: in `tz`.",
        enum=[one.value for one in When],
    ),
    _many("day", "0 (Sunday) to 6, any of them.", type="integer", minimum=0, maximum=6),
    _clock("from", "Starts at this hour or later, by the meeting's own clock: `HH:MM`."),
    _clock("to", "Starts at this hour or earlier. `from` after `to` reaches past midnight."),
    _many("attendance", "How one takes part, any of them.", enum=[one.value for one in Attendance]),
    FELLOWSHIP,
    _many("type", TYPE_TOLD + "All of them.", pattern=_exactly(form.TYPE)),
    _many("type_any", TYPE_TOLD + "Any of them.", pattern=_exactly(form.TYPE)),
    _many("language", "ISO 639 codes, any of them.", pattern=_exactly(form.LANGUAGE)),
    _one("body", "A service body's slug; those below it count too.", pattern=_exactly(form.SLUG)),
    _one("group", "A group's slug.", pattern=_exactly(form.SLUG)),
    _text("q", "Words in the name, group, place, notes or region. Typing errors are forgiven."),
    _one(
        "order",
        "Without one: `distance` with `near`, else `soonest`. Without `near` there is only `soonest`.",
        enum=[one.value for one in Order],
    ),
    _one(
        "tz", "The asker's IANA zone. Without one: the place's, else the site's.", enum=sorted(zone_names())
    ),
    _one("facets", "`0` leaves the counts out.", type="integer", enum=[0, 1], default=1),
    _one("limit", "How many at most.", type="integer", minimum=1, maximum=form.MOST_ANSWERS, default=50),
    _one("cursor", "From an answer's `next`.", pattern=_exactly(form.CURSOR)),
]
