"""Days and times as people and programs write them: 3, "3", "Monday", "6:30 PM", "19h30", "Noon".

What cannot be read is said to be unread, never guessed at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from rules.folding import fold

# Sunday first. Words that two languages give to different days ("mit", "do") are left out.
_DAY_WORDS = (
    "sunday sun domingo dom dimanche dim sonntag domenica zondag sondag niedziela nedela sunnuntai",
    "monday mon lunes lun lundi montag lunedi segunda segunda-feira maandag mandag poniedzialek maanantai",
    "tuesday tue tues martes mar mardi dienstag martedi terca terca-feira dinsdag tisdag tirsdag wtorek",
    "wednesday wed weds miercoles mie mercredi mer mittwoch mercoledi quarta quarta-feira woensdag onsdag"
    " sroda",
    "thursday thu thur thurs jueves jue jeudi jeu donnerstag giovedi quinta quinta-feira donderdag torsdag"
    " czwartek",
    "friday fri viernes vie vendredi ven freitag venerdi sexta sexta-feira vrijdag fredag piatek perjantai",
    "saturday sat sabado sab samedi sam samstag sabato zaterdag lordag sobota lauantai",
)
_SPANS = {
    "daily": range(7),
    "every day": range(7),
    "everyday": range(7),
    "weekdays": range(1, 6),
    "weekends": (0, 6),
}
_DAYS: dict[str, tuple[int, ...]] = {
    **{fold(word): (day,) for day, words in enumerate(_DAY_WORDS) for word in words.split()},
    **{word: tuple(days) for word, days in _SPANS.items()},
}
_BETWEEN_DAYS = re.compile(r"[,;/&|+\n]|\band\b|\by\b|\bet\b|\bund\b", re.IGNORECASE)

_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[:.h]\s*(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?)?"
    r"\s*(?P<unit>h|hrs|uhr)?\s*(?P<half>[ap]\.?\s?m?\.?)?",
    re.IGNORECASE,
)
_WORDS = {"noon": 12, "midday": 12, "midi": 12, "mediodia": 12, "midnight": 0, "minuit": 0, "medianoche": 0}
_DURATION = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")


@dataclass(frozen=True, slots=True)
class Days:
    """The days named, 0 = Sunday, ascending. `unread` names no day; `guessed`: a 7 was taken as Sunday."""

    days: tuple[int, ...] = ()
    unread: tuple[str, ...] = ()
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day. `guessed` when the writing allows another reading."""

    time: time
    guessed: bool = False


def read_days(value: object) -> Days:
    """All days that `value` names: a number, a name, a text of several, or a list of these."""
    found: set[int] = set()
    unread: list[str] = []
    guessed = False
    for part in _parts(value):
        days = _days_of(part)
        if days is None:
            unread.append(str(part))
        else:
            guessed = guessed or 7 in days
            found.update(day % 7 for day in days)
    return Days(tuple(sorted(found)), tuple(unread), guessed)


def _parts(value: object) -> list[object]:
    """The single days of a list (of lists, down to the third floor) or of a text, without the empty ones."""
    parts = [value]
    for _floor in range(3):
        parts = [piece for part in parts for piece in (part if isinstance(part, list) else [part])]
    split = [
        piece for part in parts for piece in (_BETWEEN_DAYS.split(part) if isinstance(part, str) else [part])
    ]
    return [part.strip() if isinstance(part, str) else part for part in split if part not in (None, "", [])]


def _days_of(part: object) -> tuple[int, ...] | None:
    """() for a blank text, None for what names no day."""
    if isinstance(part, bool) or not isinstance(part, int | float | str):
        return None
    if isinstance(part, str):
        word = fold(part)
        if not word or word in _DAYS:
            return _DAYS.get(word, ())
        if not re.fullmatch(r"[0-9](\.0+)?", part):
            return _DAYS.get(word.removesuffix("s"))
        part = float(part)
    return (int(part),) if part in range(8) else None


def read_clock(value: object) -> Clock | None:
    """The time of day that `value` names; None when there is none in it. "24:00" is none: which day?"""
    if isinstance(value, int) and not isinstance(value, bool):
        value = f"{value:04d}" if 100 <= value <= 2359 else ""
    if not isinstance(value, str):
        return None
    text = value.strip()
    word = fold(text).removeprefix("12 ")
    if word in _WORDS:
        return Clock(time(_WORDS[word]), guessed=_WORDS[word] == 0)
    if re.fullmatch(r"[0-9]{4}", text):
        spaced = read_clock(f"{text[:2]}:{text[2:]}")
        return Clock(spaced.time, guessed=True) if spaced else None
    match = _CLOCK.fullmatch(text)
    return _clock(match) if match else None


def _clock(match: re.Match[str]) -> Clock | None:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = (match["half"] or "")[:1].lower()
    if not (match["minute"] or match["unit"] or half):
        return None  # a bare "7": morning or evening?
    if hour > 23 or minute > 59 or (half and hour == 0):
        return None
    guessed = bool(half) and hour > 12  # "18:30 PM"
    if half == "a" and hour > 12:
        return None
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return Clock(time(hour, minute), guessed)


def read_minutes(value: object) -> int | None:
    """A duration written "01:30:00" or "01:30", in minutes; None for none, or for more than a day."""
    match = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    minutes = int(match[1]) * 60 + int(match[2]) if match else 0
    return minutes if 0 < minutes <= 24 * 60 else None
