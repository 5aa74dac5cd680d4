"""Takes a typed text apart: coordinates, words, commas, post codes. Knows no place."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from meetings.gazetteer.keys import key

_NUMBER = r"[-+−]?\d{1,3}(?:\.\d+)?"
_POINT = re.compile(
    rf"\s*\(?\s*({_NUMBER})\s*°?\s*([NSns]?)\s*[,;\s]\s*({_NUMBER})\s*°?\s*([EWew]?)\s*\)?\s*"
)
# The last words of an address tell the place; nobody types more of them.
LONGEST = 24
# Words in front of a name that are not part of it.
FILLERS = frozenset(
    "in near around at by downtown uptown central city town village borough of the nearby".split()  # noqa: SIM905
)
# Signs that the words before a town's name are a street.
STREETS = frozenset(
    "st street ave avenue rd road blvd boulevard dr drive ln lane way ct court pl place sq square hwy "  # noqa: SIM905
    "highway pkwy parkway ter terrace cir circle calle rue strasse str via avenida av plaza platz weg "
    "allee laan straat gata vej church hall".split()
)
# After these letters alone are a post code: "Preston PR, United Kingdom".
BRITAIN = (("united", "kingdom"), ("uk",), ("gb",))
_OUTWARD = re.compile(r"([a-z]{1,2})\d[a-z\d]?")
_INWARD = re.compile(r"\d[a-z]{2}")
_CANADA = re.compile(r"[a-z]\d[a-z]")
_CANADA_END = re.compile(r"\d[a-z]\d")


@dataclass(frozen=True, slots=True)
class Typed:
    """The words of a text; `starts` are the numbers of the words that stand first after a comma."""

    words: tuple[str, ...]
    starts: frozenset[int]


class CodeWords(NamedTuple):
    """Words [first, end) that may be a post code, spelled as the file spells it; "" any country."""

    first: int
    end: int
    code: str
    country: str
    whole: bool


def point(text: str) -> tuple[float, float] | None:
    """Latitude and longitude, when the text is nothing else and they are on earth."""
    # One blank at most between signs: runs of them would have the pattern try every way to share them out.
    found = _POINT.fullmatch(" ".join(text.split()))
    if not found:
        return None
    latitude, south, longitude, west = found.groups()
    if not south and not west and "," not in text and ";" not in text and "." not in text:
        return None  # "90 45" is no point
    lat = float(latitude.replace("−", "-")) * (-1 if south in {"S", "s"} else 1)
    lon = float(longitude.replace("−", "-")) * (-1 if west in {"W", "w"} else 1)
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None


def take_apart(text: str) -> Typed:
    """The last words of `text`, as keys."""
    words: list[str] = []
    starts = set()
    for part in re.split(r"[,;\n\r\t|•]+", text[-400:]):
        if found := key(part).split():
            starts.add(len(words))
            words += found
    cut = max(0, len(words) - LONGEST)
    return Typed(tuple(words[cut:]), frozenset(start - cut for start in starts if start >= cut))


def without(typed: Typed, first: int, end: int) -> Typed:
    """`typed` with the words [first, end) left out."""
    kept = typed.words[:first] + typed.words[end:]
    moved = {start if start <= first else max(first, start - end + first) for start in typed.starts}
    return Typed(kept, frozenset(start for start in moved if start < len(kept)))


def post_codes(words: tuple[str, ...]) -> list[CodeWords]:
    """What may be a post code, the last words first."""
    found = []
    for i in range(len(words) - 1, -1, -1):
        word, following = words[i], words[i + 1] if i + 1 < len(words) else ""
        if i and len(word) < 3 and words[i + 1 :] in BRITAIN:
            found.append(CodeWords(i, i + 1, word, "GB", False))
        if not any(c.isdigit() for c in word + following):
            continue
        found += _british_or_canadian(i, word, following)
        if following and len(word + following) <= 10:
            found.append(CodeWords(i, i + 2, word + following, "", True))
        if len(word) >= 3 and any(c.isdigit() for c in word):
            zip_plus_4 = len(word) == 5 and word.isdigit() and len(following) == 4 and following.isdigit()
            found.append(CodeWords(i, i + 2 if zip_plus_4 else i + 1, word, "US" if zip_plus_4 else "", True))
    return found


def _british_or_canadian(i: int, word: str, following: str) -> list[CodeWords]:
    """Known by their first signs alone: "SW1A 1AA" by "SW", "M5V 2T6" by "M5V"."""
    end = i + 1
    if len(word) > 4 and not following.isdigit():
        word, following = word[:-3], word[-3:]
    elif following:
        end = i + 2
    if _CANADA.fullmatch(word) and not following:
        return [CodeWords(i, i + 1, word, "CA", True), CodeWords(i, i + 1, word[0], "GB", False)]
    if area := _OUTWARD.fullmatch(word):
        if _INWARD.fullmatch(following):
            return [CodeWords(i, end, area[1], "GB", False)]
        if _CANADA.fullmatch(word) and _CANADA_END.fullmatch(following):
            return [CodeWords(i, end, word, "CA", False)]
        if len(word) > 2:
            return [CodeWords(i, i + 1, area[1], "GB", False)]
    if _CANADA.fullmatch(word):
        return [CodeWords(i, i + 1, word, "CA", True)]
    return []
