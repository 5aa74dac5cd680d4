"""One row of a feed under the reader's eyes: its texts made plain, and what there is to say about it."""

from __future__ import annotations

import html
import math
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from rules.listing import Remark

Raw = dict[str, Any]

# How deep a value may be nested. What real feeds nest is lists of texts.
DEEPEST = 8
# How long texts may be where they are kept. The whole row stands in `extra` all the same.
LONGEST = {
    "address": 255,
    "body_key": 128,
    "city": 128,
    "country": 64,
    "phone": 64,
    "place": 255,
    "postal_code": 32,
    "region": 128,
    "url": 1024,
}
LONGEST_LINE = 255
LONGEST_NOTES = 10_000

_LINE_BREAK = re.compile(r"<\s*br\s*(?:/\s*)?>|</\s*(?:p|div|li|h\d|tr)\s*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,10});")
# What no database keeps, or what turns text around: controls but tab and line break, lone surrogates.
_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


class FeedError(Exception):
    """A feed that cannot be read at all; `message` is for people. `permanent`: trying again will not help."""

    def __init__(self, message: str, *, permanent: bool) -> None:
        super().__init__(message)
        self.message = message
        self.permanent = permanent


def plain(value: object) -> str:
    """A value as text, without markup and without characters that cannot be kept; "" for what is no text."""
    if isinstance(value, str):
        if value.isprintable() and "<" not in value and "&" not in value:
            return value.strip()
        return _without_markup(_UNFIT.sub("", value.replace("\r\n", "\n").replace("\r", "\n")))
    if isinstance(value, float) and math.isfinite(value):
        return str(int(value) if value.is_integer() else value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _without_markup(text: str) -> str:
    if "<" in text and _TAG.search(text):
        text = _TAG.sub("", _LINE_BREAK.sub("\n", text))
    if "&" in text:
        text = _UNFIT.sub("", _ENTITY.sub(lambda match: html.unescape(match[0]), text))
    return text.replace("\xa0", " ").strip()


def keepable(value: object, depth: int = 0) -> Any:
    """A JSON value as any database can keep it: no NUL, no lone surrogate, no infinite number, no abyss."""
    if isinstance(value, str):
        return value if value.isprintable() else re.sub("[\x00\ud800-\udfff]", "", value)
    if isinstance(value, list | dict) and depth >= DEEPEST:
        return None
    if isinstance(value, list):
        return [keepable(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {sys.intern(keepable(key)): keepable(item, depth + 1) for key, item in value.items()}
    return _number(value)


def _number(value: Any) -> Any:
    """Numbers arrive as int or Decimal; ones beyond 15 digits are kept as text."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if abs(value) < 10**15 else str(value)
    number = float(value)
    return number if math.isfinite(number) else str(value)


@dataclass(slots=True)
class Row:
    """A row of a feed and its number, counted from 1. Remarks land in the list all rows share."""

    number: int
    raw: Raw
    remarks: list[Remark]
    source_id: str = ""

    def guess(self, code: str, text: str) -> None:
        """Say what was guessed."""
        self.remarks.append(Remark(self.number, "guess", code, text, self.source_id))

    def problem(self, code: str, text: str) -> None:
        """Say what is wrong."""
        self.remarks.append(Remark(self.number, "problem", code, text, self.source_id))

    def value(self, *keys: str) -> Any:
        """The first of these fields that is there and not empty, as it came; else None."""
        for key in keys:
            found = self.raw.get(key)
            if found not in (None, "", []):
                return found
        return None

    def line(self, *keys: str, longest: int = LONGEST_LINE) -> str:
        """The first of these fields that holds text, on one line."""
        for key in keys:
            text = " ".join(self.text(key).split())
            if text:
                return self._cut(text, longest, key)
        return ""

    def notes(self, *keys: str) -> str:
        """The first of these fields that holds text, with its line breaks."""
        for key in keys:
            lines = [" ".join(line.split()) for line in self.text(key).split("\n")]
            text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
            if text:
                return self._cut(text, LONGEST_NOTES, key)
        return ""

    def text(self, key: str) -> str:
        """One field made plain."""
        value = self.raw.get(key)
        text = plain(value)
        if isinstance(value, str) and _TAG.search(value):
            self.guess("markup", _("Tags of a web page were taken out of “%(field)s”.") % {"field": key})
        return text

    def _cut(self, text: str, longest: int, key: str) -> str:
        if len(text) <= longest:
            return text
        self.problem(
            "too_long",
            _("“%(field)s” has %(length)d characters. %(longest)d are shown.")
            % {"field": key, "length": len(text), "longest": longest},
        )
        return text[: longest - 1].rstrip() + "…"


@dataclass(slots=True)
class Rows:
    """The rows of one feed, each made by `make`, and all that was said about them."""

    make: type[Row] = Row
    remarks: list[Remark] = field(default_factory=list)

    def read(self, values: Iterator[tuple[int, Any]]) -> Iterator[Row]:
        """The rows that are objects. Of any other a problem is told, and the next one goes on."""
        for number, value in values:
            if isinstance(value, dict):
                yield self.make(number, keepable(value), self.remarks)
            else:
                self.say(number, "problem", "no_object", _("This row is not a meeting at all."))

    def say(self, number: int, kind: str, code: str, text: str) -> None:
        """A remark outside any readable row; number 0 is the feed as a whole."""
        self.remarks.append(Remark(number, kind, code, text))

    def say_encoding(self, encoding: str) -> None:
        """Tell of a feed that was not in UTF-8, as it should be; `encoding` is what it was taken for."""
        if encoding:
            text = _("The feed is not in UTF-8. It was read as %(encoding)s; look at its accents.")
            self.say(0, "guess", "encoding", text % {"encoding": encoding})


def excerpt(value: object) -> str:
    """A value short enough to be quoted in a sentence."""
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else text[:39] + "…"
