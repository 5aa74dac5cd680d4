"""Crisis lines by country, as the help page shows them. A table, checked by hand: numbers are never guessed.

`checked` is the day on which somebody last compared an entry with what its service says in public.
An entry that could not be compared does not belong here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Line:
    """One service. `call` and `text` are what to dial; `say` the word a text begins with."""

    name: str
    about: Any
    call: str = ""
    call_shown: str = ""
    text: str = ""
    say: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    """A country, or countries that share their numbers. `emergency` is for a life at risk.

    Without `lines` we know of none that surely answers there.
    """

    codes: tuple[str, ...]
    name: Any
    emergency: str
    lines: tuple[Line, ...]
    checked: date


_ALWAYS = _("Free, day and night")
_FOR_SUICIDE = _("For thoughts of suicide, your own or another’s. Free, day and night")
_SAMARITANS = Line("Samaritans", _("Call to talk about anything. Free, day and night"), "116123", "116 123")
_CHECKED = date(2026, 11, 23)

REGIONS = (
    Region(
        ("US",),
        _("the United States"),
        "911",
        (
            Line(
                "988 Suicide & Crisis Lifeline",
                _("Call or text, in English or Spanish. For drink and drugs too. Free, day and night"),
                "988",
                "988",
                "988",
            ),
            Line("Crisis Text Line", _ALWAYS, text="741741", say="HOME"),
            Line("SAMHSA", _("Where to get treatment. Day and night"), "+18006624357", "1-800-662-4357"),
            Line(
                "Veterans Crisis Line",
                _("Call 988 and press 1, or text. Free, day and night"),
                "988",
                "988",
                "838255",
            ),
        ),
        _CHECKED,
    ),
    Region(
        ("CA",),
        _("Canada"),
        "911",
        (
            Line(
                "Suicide Crisis Helpline",
                _("Call or text, in English or French. Free, day and night"),
                "988",
                "988",
                "988",
            ),
        ),
        _CHECKED,
    ),
    Region(
        ("GB",),
        _("the United Kingdom"),
        "999",
        (_SAMARITANS, Line("Shout", _ALWAYS, text="85258", say="SHOUT")),
        _CHECKED,
    ),
    Region(("IE",), _("Ireland"), "112", (_SAMARITANS,), _CHECKED),
    Region(("AU",), _("Australia"), "000", (Line("Lifeline", _ALWAYS, "131114", "13 11 14"),), _CHECKED),
    Region(
        ("NZ",),
        _("New Zealand"),
        "111",
        (Line("Need to talk?", _("Call or text. Free, day and night"), "1737", "1737", "1737"),),
        _CHECKED,
    ),
    Region(
        ("FR",),
        _("France"),
        "112",
        (Line("3114", _FOR_SUICIDE, "3114", "3114"),),
        _CHECKED,
    ),
    Region(
        ("ES",),
        _("Spain"),
        "112",
        (Line("024", _FOR_SUICIDE, "024", "024"),),
        _CHECKED,
    ),
    # The number is set aside for a listening line all over the EU; here somebody answers it.
    Region(
        ("CZ", "DE", "HU", "LV", "PL"),
        _("Czechia, Germany, Hungary, Latvia and Poland"),
        "112",
        (Line("116 123", _("A listening line. Free, day and night"), "116123", "116 123"),),
        _CHECKED,
    ),
    Region(
        ("AT", "BE", "BG", "CH", "CY", "DK", "EE", "FI", "GR", "HR", "IT", "LT", "LU", "MT", "NL", "PT", "RO",
         "SE", "SI", "SK"),
        pgettext_lazy("crisis lines in", "the rest of Europe"),
        "112",
        (),
        _CHECKED,
    ),
)  # fmt: skip


def region_of(country: str) -> Region | None:
    """The region a country belongs to; None where we know no lines."""
    return next((region for region in REGIONS if country in region.codes), None)
