"""The mark of invented meetings in feeds that have no better room for it than a meeting's notes.

Readers of ours take it off again, and the site that reads it shows the same sentence in turn: so what was
invented once is nowhere taken for real.
"""

from collections.abc import Mapping
from typing import Any

SENTENCE = "Invented data: do not travel to these"
"""The one sentence of such a site, in English: feeds for programs are the same in every language."""

MARK = f"{SENTENCE}."


def marked(notes: str) -> str:
    """The notes of an invented meeting as they go out."""
    return f"{MARK}\n{notes}" if notes else MARK


def is_marked(raw: Mapping[str, Any]) -> bool:
    """Whether a row, as it came, bears the mark in some field."""
    return any(isinstance(value, str) and value.startswith(MARK) for value in raw.values())


def unmarked(notes: str) -> tuple[str, bool]:
    """The notes without the mark, and whether it was there."""
    if not notes.startswith(MARK):
        return notes, False
    return notes.removeprefix(MARK).lstrip("\n "), True
