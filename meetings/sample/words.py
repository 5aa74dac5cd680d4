"""Invented names and notes, in the language of the meeting."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from rules.listing import Attendance

from .dice import Dice

FAMILIES = frozenset({"al-anon", "nar-anon", "gam-anon", "families-anonymous"})


@dataclass(frozen=True)
class Words:
    """One language's words. See `words.toml` for their meaning."""

    names: tuple[str, ...]
    first: tuple[str, ...]
    last: tuple[str, ...]
    family: tuple[str, ...]
    sangha: tuple[str, ...]
    rooms: tuple[str, ...]
    saints: tuple[str, ...]
    stems: tuple[str, ...]
    streets: tuple[str, ...]
    notes: tuple[str, ...]
    door: tuple[str, ...]
    screen: tuple[str, ...]
    room_notes: tuple[str, ...]
    url_notes: tuple[str, ...]
    phone_notes: tuple[str, ...]
    closed: tuple[str, ...]
    moved: tuple[str, ...]
    extra: tuple[str, ...]

    def group(self, fellowship: str, dice: Dice) -> str:
        """The name of a group."""
        if fellowship in FAMILIES:
            return self._around(self.family, dice)
        if fellowship == "dharma":
            return self._around(self.sangha, dice)
        if self.first and dice.chance(0.6):
            return f"{dice.one(self.first)} {dice.one(self.last)}"
        return dice.one(self.names)

    def _around(self, patterns: tuple[str, ...], dice: Dice) -> str:
        return dice.one(patterns).format(first=dice.one(self.first) if self.first else "")

    def room(self, dice: Dice) -> str:
        """The name of a building or room."""
        return dice.one(self.rooms).format(stem=dice.one(self.stems), saint=dice.one(self.saints))

    def street(self, dice: Dice) -> str:
        """A street with a number."""
        return dice.one(self.streets).format(stem=dice.one(self.stems), number=dice.upto(180))

    def note(self, attendance: Attendance, dice: Dice) -> str:
        """Something worth knowing before one comes."""
        own = self.screen if attendance is Attendance.ONLINE else self.door
        return dice.one(own if dice.chance(0.5) else self.notes)

    def join_notes(self, patterns: tuple[str, ...], dice: Dice) -> str:
        """How to get into a meeting on a screen or a telephone."""
        return dice.one(patterns).format(code=f"{dice.upto(899_999) + 100_000}")


@cache
def _all() -> dict[str, Words]:
    tables = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
    names = [field.name for field in fields(Words)]
    return {
        language: Words(**{name: tuple(table[name]) for name in names}) for language, table in tables.items()
    }


def words(language: str) -> Words:
    """The words of a language; the English ones for a language without."""
    return _all().get(language) or _all()["en"]


def languages() -> tuple[str, ...]:
    """The languages that have words here."""
    return tuple(_all())
