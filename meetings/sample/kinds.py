"""Which fellowships meet how often, and which types their invented meetings carry.

Types are drawn by their sense (a Meeting Guide code), then said in the fellowship's own codes, so that
only types stand there which the fellowship has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache

from rules.listing import Attendance
from rules.vocabulary import TYPES

from .dice import Dice, Odds

FELLOWSHIPS = Odds(
    {
        "aa": 46,
        "na": 21,
        "al-anon": 9,
        "smart": 5,
        "dharma": 4.5,
        "ca": 4,
        "nar-anon": 3.5,
        "lifering": 2,
        "aca": 2,
        "oa": 1,
        "coda": 1,
        "ga": 1,
    }
)

_OPEN = 0.62
# How often a type of each sense stands on a meeting. What is not named is drawn as _RARE; TC never: a
# place that is closed is said by the meeting's status.
_SENSES = {
    "D": 0.30, "SP": 0.09, "BE": 0.12, "B": 0.13, "ST": 0.12, "LIT": 0.08, "MED": 0.06, "11": 0.04,
    "12x12": 0.05, "TR": 0.03, "DR": 0.04, "LS": 0.02, "ABSI": 0.02, "GR": 0.02, "A": 0.03, "H": 0.02,
    "X": 0.42, "XB": 0.14, "CF": 0.06, "BA": 0.03, "ASL": 0.012, "OUT": 0.02, "CAN": 0.03, "FF": 0.03,
    "DB": 0.08, "POA": 0.04, "BRK": 0.01, "AL-AN": 0.015, "AL": 0.008, "SM": 0.005, "XT": 0.02, "TC": 0.0,
    "W": 0.065, "M": 0.055, "LGBTQ": 0.045, "Y": 0.04, "G": 0.008, "L": 0.006, "T": 0.006, "NB": 0.006,
    "BI": 0.004, "SEN": 0.015, "POC": 0.015, "P": 0.008, "N": 0.004, "NDG": 0.004, "DD": 0.008,
}  # fmt: skip
_RARE = 0.015
_OF_ROOMS = frozenset(
    {"X", "XB", "CF", "BA", "OUT", "CAN", "FF", "BRK", "AL-AN", "AL", "SM", "CS", "NC", "RA", "NS"}
)
# What no meeting is as well, once it is the first.
_EITHER = {
    "D": {"SP"}, "W": {"M", "G"}, "M": {"L", "W"}, "G": {"L", "W"}, "L": {"M"}, "SEN": {"Y", "TEEN"},
    "CF": {"NC"}, "CS": {"NC"}, "NS": {"SM"}, "SM": {"NS"},
}  # fmt: skip


def types(fellowship: str, languages: Collection[str], attendance: Attendance, dice: Dice) -> tuple[str, ...]:
    """The codes of one meeting, sorted. `languages` are those to be named among them."""
    found = {"O" if dice.chance(_OPEN) else "C", *_drawn(fellowship, attendance, dice)}
    found.update(_language(fellowship, language) for language in languages)
    return tuple(sorted(found))


def _drawn(fellowship: str, attendance: Attendance, dice: Dice) -> Iterator[str]:
    without = set(_OF_ROOMS) if attendance is Attendance.ONLINE else set()
    for code, sense, odds in _likely(fellowship):
        if dice.random() < odds and sense not in without:
            without |= _EITHER.get(sense, set())
            yield code


@cache
def _likely(fellowship: str) -> tuple[tuple[str, str, float], ...]:
    """The fellowship's types but for open, closed and the languages: code, sense, how often."""
    senses = [
        (one.code, one.meaning or one.code)
        for one in TYPES[fellowship].values()
        if one.group in {"format", "feature", "community"}
    ]
    return tuple((code, sense, _SENSES.get(sense, _RARE)) for code, sense in senses)


@cache
def _language(fellowship: str, language: str) -> str:
    return next(one.code for one in TYPES[fellowship].values() if one.language == language)
