"""The form of each find parameter: text in, value out, `ValueError` for what is outside its form or range.

Source of the forms: the documented find parameters. Nothing is clamped: a reader either knows what was
meant or says no. The patterns stand here by name because the API's document shows the same ones.
"""

from __future__ import annotations

import re

from rules.listing import Attendance
from rules.search import Order, Point, When
from rules.zones import is_zone

KM_A_MILE = 1.609344
MOST_KM = 1000.0
MOST_MILES = 621.371
MOST_ANSWERS = 500
MOST_LETTERS = 200
# Of one repeatable parameter; nobody means more, and each costs the database.
MOST_VALUES = 50

SLUG = "[a-z0-9][a-z0-9_-]{0,79}"
CODE = "[A-Za-z0-9][A-Za-z0-9_./+&'*-]{0,31}"
TYPE = f"(?:{SLUG}:)?{CODE}"
LANGUAGE = "[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"
CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
CURSOR = "o[0-9]{1,6}"
TEXT = "[^\\u0000-\\u001f\\u007f-\\u009f]*"  # no control characters

_NUMBER = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_PAIR = re.compile(rf"\s*({_NUMBER})\s*,\s*({_NUMBER})\s*", re.ASCII)
_HALVES = re.compile("[\ud800-\udfff]")  # of a character, which no text can hold
_DECIMALS = 3  # of a degree, about 100 m: equal questions meet in the cache, and nobody's door is sent about


def _whole(pattern: str, text: str) -> str:
    if not re.fullmatch(pattern, text, re.ASCII):
        raise ValueError(text)
    return text


def _integer(text: str, least: int, most: int) -> int:
    """A whole number; "3.0" is one too, as JSON Schema has it."""
    number = int(_whole("[0-9]{1,3}(?:[.]0{1,3})?", text).partition(".")[0])
    if not least <= number <= most:
        raise ValueError(text)
    return number


def words(text: str) -> str:
    """Free text, without the blanks round it."""
    if len(text) > MOST_LETTERS or _HALVES.search(text):
        raise ValueError("too long, or not text")
    return _whole(TEXT, text).strip()


def near(text: str) -> Point | str:
    """A point, rounded, when `text` is "latitude,longitude"; else the words, for a geocoder."""
    asked = words(text)
    pair = _PAIR.fullmatch(asked)
    if not pair:
        return asked
    latitude, longitude = float(pair[1]), float(pair[2])
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise ValueError(text)
    return rounded(latitude, longitude)


def rounded(latitude: float, longitude: float) -> Point:
    """A point as near as anybody needs to know."""
    return Point(round(latitude, _DECIMALS) + 0.0, round(longitude, _DECIMALS) + 0.0)  # + 0.0: no minus zero


def radius_km(text: str) -> float:
    """Kilometres, above 0 to 1,000."""
    return _radius(text, MOST_KM)


def radius_mi(text: str) -> float:
    """Miles, above 0 to 1,000 km; the answer is in kilometres."""
    return _radius(text, MOST_MILES) * KM_A_MILE


def _radius(text: str, most: float) -> float:
    radius = float(_whole(_NUMBER, text))
    if not 0 < radius <= most:
        raise ValueError(text)
    return radius


def when(text: str) -> When:
    """now, today, tonight, tomorrow."""
    return When(text)


def day(text: str) -> int:
    """0 (Sunday) to 6."""
    return _integer(text, 0, 6)


def clock(text: str) -> int:
    """HH:MM as minutes since midnight."""
    hours, minutes = _whole(CLOCK, text).split(":")
    return int(hours) * 60 + int(minutes)


def attendance(text: str) -> str:
    """in_person, online, hybrid."""
    return Attendance(text).value


def slug(text: str) -> str:
    """A slug that may or may not be anybody's."""
    return _whole(SLUG, text)


def type_code(text: str) -> tuple[str, str]:
    """(fellowship, code): "aa:A" in one fellowship, "A" ("", "A") in every one asked for."""
    fellowship, _, code = _whole(TYPE, text).rpartition(":")
    return fellowship, code


def language(text: str) -> str:
    """An ISO 639 code."""
    return _whole(LANGUAGE, text)


def order(text: str) -> Order:
    """distance, soonest."""
    return Order(text)


def zone(text: str) -> str:
    """An IANA zone that exists."""
    if not is_zone(text):
        raise ValueError(text)
    return text


def flag(text: str) -> bool:
    """1 or 0."""
    return _integer(text, 0, 1) == 1


def limit(text: str) -> int:
    """1 to 500 answers."""
    return _integer(text, 1, MOST_ANSWERS)


def cursor(offset: int) -> str:
    """The mark of the page that begins after `offset` answers."""
    return f"o{offset}"


def offset(text: str) -> int:
    """How many answers come before the page that `cursor` marked."""
    return int(_whole(CURSOR, text)[1:])
