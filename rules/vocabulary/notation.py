"""How the tables of types are written, and read.

"O; CW=CF; IP:Information Pamphlet|Folletos|Brochures": a Meeting Guide code means what it means there, `=`
says which other code means the same and lends its words, `:` brings own words in English, Spanish and French.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from .meeting_guide_names import NAMES


@dataclass(frozen=True, slots=True)
class Entry:
    """One type of a table. `meaning` is the Meeting Guide code with the same sense; "" for none."""

    code: str
    meaning: str
    names: dict[str, str]


def entries(table: str) -> Iterator[Entry]:
    """The types of one table, in its order."""
    for text in table.split(";"):
        head, own, words = text.strip().partition(":")
        code, _, meaning = head.partition("=")
        if own:
            names = dict(zip(("en", "es", "fr"), (word.strip() for word in words.split("|")), strict=True))
            yield Entry(code, meaning, names)
        else:
            yield Entry(code, meaning or code, NAMES[meaning or code])
