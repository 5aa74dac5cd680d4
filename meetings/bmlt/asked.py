"""The parameters of a BMLT request, read as a PHP server reads them: nonsense is ignored, never refused."""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from dataclasses import dataclass

from django.http import QueryDict

from meetings.bmlt.fields import DISTANCES
from rules.bmlt_circle import FARTHEST, KM_A_DEGREE, MILES_A_DEGREE
from rules.folding import fold
from rules.stop_words import STOP_WORDS

MOST_VALUES = 20_000
_WHOLE = re.compile(r"\s*([+-]?\d{1,15})(?!\d)")
_NUMBER = re.compile(r"\s*[+-]?(?:\d{1,15}\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?")
_ARRAY = re.compile(r"([^\[]+)(?:\[[^\[\]]*\])+")
SORT_KEYS = {
    "weekday": ("weekday_tinyint", "start_time"),
    "time": ("start_time", "weekday_tinyint"),
    "town": ("location_municipality", "weekday_tinyint", "start_time"),
    "state": ("location_province", "location_municipality", "weekday_tinyint", "start_time"),
    "weekday_state": ("weekday_tinyint", "location_province", "location_municipality", "start_time"),
}
DEFAULT_SORT = ("weekday_tinyint", "start_time", "duration_time")
AUTO_RADIUS = 10
"""How many an address search without a radius looks for."""


class Params:
    """A query string as PHP sees it: `key`, `key[]` and `key[n]` are one parameter, "" is none."""

    def __init__(self, query: QueryDict) -> None:
        self._values: dict[str, list[str]] = {}
        for key, values in query.lists():
            array = _ARRAY.fullmatch(key)
            self._values.setdefault(array[1] if array else key, []).extend(values)

    def has(self, name: str) -> bool:
        """Whether it is there at all, with a value or without."""
        return name in self._values

    def one(self, name: str) -> str:
        """The value; of several the last. "" for none."""
        return self._values.get(name, [""])[-1].strip().replace("\0", "")

    def several(self, name: str) -> list[str]:
        """The values, in arrays, comma lists, or both."""
        parts = (part.strip() for value in self._values.get(name, ()) for part in value.split(","))
        return [part.replace("\0", "") for part in parts if part][:MOST_VALUES]

    def values(self, name: str) -> list[str]:
        """The values of an array, or the one value, commas kept."""
        return [value.strip().replace("\0", "") for value in self._values.get(name, ())][:MOST_VALUES]

    def flag(self, name: str) -> bool:
        """Whether it is on."""
        return self.one(name).lower() in {"1", "true"}

    def signed(self, name: str) -> Signed:
        """What to include (positive) and to leave out (negative)."""
        numbers = [whole(part) for part in self.several(name)]
        return Signed(
            frozenset(number for number in numbers if number > 0),
            frozenset(-number for number in numbers if number < 0),
        )

    def minutes(self, name: str) -> int | None:
        """`nameH` and `nameM` as minutes; hours end at 23 and minutes at 59. None where neither counts."""
        told = [self.one(f"{name}{unit}") for unit in "HM"]
        if not any(_WHOLE.match(text) for text in told):
            return None
        hours, minutes = (max(whole(text), 0) for text in told)
        return min(hours, 23) * 60 + min(minutes, 59)


@dataclass(frozen=True, slots=True)
class Signed:
    """Numbers to include (any of them; none = all) and numbers to leave out."""

    include: frozenset[int] = frozenset()
    exclude: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.include or self.exclude)

    def holds(self, numbers: Collection[int]) -> bool:
        """Whether something with these numbers is meant, where any of the included ones will do."""
        if self.include and self.include.isdisjoint(numbers):
            return False
        return self.exclude.isdisjoint(numbers)


@dataclass(frozen=True, slots=True)
class Circle:
    """Where to look. A `radius` of None measures only; `least` widens until so many are found."""

    latitude: float
    longitude: float
    radius: float | None = None
    least: int = 0
    in_km: bool = False

    @property
    def a_degree(self) -> float:
        """How many of the asked unit a degree has."""
        return KM_A_DEGREE if self.in_km else MILES_A_DEGREE


@dataclass(frozen=True, slots=True)
class Search:
    """A `GetSearchResults` request, understood. `nothing`: by the contract it finds none."""

    meeting_ids: Signed = Signed()
    weekdays: Signed = Signed()
    venue_types: Signed = Signed()
    formats: Signed = Signed()
    any_format: bool = False
    services: Signed = Signed()
    recursive: bool = False
    key: str = ""
    values: tuple[str, ...] = ()
    starts_after: int | None = None
    starts_before: int | None = None
    ends_before: int | None = None
    min_minutes: int | None = None
    max_minutes: int | None = None
    circle: Circle | None = None
    by_distance: bool = False
    words: tuple[str, ...] | None = None
    address: str = ""
    sort: tuple[str, ...] = DEFAULT_SORT
    page_size: int = 0
    page: int = 1
    fields: tuple[str, ...] = ()
    used_formats: bool = False
    formats_only: bool = False
    language: str = ""
    nothing: bool = False

    @property
    def wants_distances(self) -> bool:
        return any(name in self.fields for name in DISTANCES)


def whole(text: str) -> int:
    """The whole number a text begins with; 0 for none, as in PHP."""
    found = _WHOLE.match(text)
    return int(found[1]) if found else 0


def number(text: str) -> float | None:
    """The number a text begins with; None for none."""
    found = _NUMBER.match(text)
    value = float(found[0]) if found else math.nan
    return value if math.isfinite(value) else None


def read(params: Params) -> Search:
    """What a request asks for."""
    fields = tuple(params.several("data_field_key"))
    circle, nowhere = _circle(params, wants_distances=any(name in fields for name in DISTANCES))
    meeting_ids = params.signed("meeting_ids")
    words, ids, address = _text(params)
    published = params.one("advanced_published")
    key = params.one("meeting_key")
    values = tuple(params.values("meeting_key_value"))
    sort, by_distance = _sort(params)
    return Search(
        meeting_ids=Signed(meeting_ids.include | ids.include, meeting_ids.exclude | ids.exclude),
        weekdays=params.signed("weekdays"),
        venue_types=params.signed("venue_types"),
        formats=params.signed("formats"),
        any_format=params.has("formats_comparison_operator")
        and params.one("formats_comparison_operator") not in {"AND", ""},
        services=params.signed("services"),
        recursive=params.flag("recursive"),
        key=key,
        values=values,
        starts_after=params.minutes("StartsAfter"),
        starts_before=params.minutes("StartsBefore"),
        ends_before=params.minutes("EndsBefore"),
        min_minutes=params.minutes("MinDuration"),
        max_minutes=params.minutes("MaxDuration"),
        circle=circle,
        by_distance=by_distance and (circle is not None or bool(address)),
        words=words,
        address=address,
        sort=sort,
        page_size=max(whole(params.one("page_size")), 0),
        page=max(whole(params.one("page_num")), 1),
        fields=fields,
        used_formats=params.has("get_used_formats"),
        formats_only=params.has("get_formats_only"),
        language=language(params),
        # We hold nothing that its source has not published.
        nothing=nowhere or published not in {"", "0", "1"} or (bool(key) and not any(values)),
    )


def language(params: Params) -> str:
    """The language of formats that a search asks for; "" for the server's own."""
    return next(iter(params.several("lang_enum")), "").lower()


def _circle(params: Params, *, wants_distances: bool) -> tuple[Circle | None, bool]:
    """Where to look, and whether the coordinates given mean no place at all."""
    if not (params.one("lat_val") or params.one("long_val")):
        return None, False
    latitude, longitude = number(params.one("lat_val")), number(params.one("long_val"))
    width, in_km = _width(params)
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 360:
        return None, True
    longitude = (longitude + 180) % 360 - 180
    if not width:
        return Circle(latitude, longitude, in_km=in_km), not wants_distances
    return around(latitude, longitude, width, in_km=in_km), False


def _width(params: Params) -> tuple[float, bool]:
    """The radius asked for, negative for "at least so many"; 0 for none. Miles win over kilometres."""
    for name, in_km in (("geo_width", False), ("geo_width_km", True)):
        width = number(params.one(name)) or 0.0
        if width <= -1 or width > 0:
            return width, in_km
    return 0.0, False


def around(latitude: float, longitude: float, width: float, *, in_km: bool) -> Circle:
    """The circle of a radius; a negative one counts meetings."""
    if width < 0:
        return Circle(latitude, longitude, None, int(-width), in_km)
    circle = Circle(latitude, longitude, width, in_km=in_km)
    most = FARTHEST * circle.a_degree
    return circle if width <= most else Circle(latitude, longitude, most, in_km=in_km)


def _text(params: Params) -> tuple[tuple[str, ...] | None, Signed, str]:
    """The words to look for (None: whatever they are), the ids that the text is made of, or its address."""
    text = params.one("SearchString")
    parts = [part for part in params.several("SearchString") if part]
    if params.flag("StringSearchIsAnAddress"):
        return None, Signed(), text[:200]
    if parts and all(re.fullmatch(r"-?\d{1,15}", part) for part in parts):
        return None, params.signed("SearchString"), ""
    if len(text) <= 2:
        return None, Signed(), ""
    words = dict.fromkeys(word for word in fold(text[:200]).split() if len(word) > 2)
    return tuple(word for word in words if word not in STOP_WORDS), Signed(), ""


def _sort(params: Params) -> tuple[tuple[str, ...], bool]:
    """The fields to sort by, and whether the distance goes before them."""
    by_distance = params.flag("sort_results_by_distance")
    keys = tuple(params.several("sort_keys"))
    named = params.one("sort_key")
    if not keys and named:
        by_distance = by_distance or named == "sort_results_by_distance"
        keys = SORT_KEYS.get(named, ())
    return keys or DEFAULT_SORT, by_distance
