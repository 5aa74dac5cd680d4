"""Finds meetings by words: the beginning of a word is enough, and slips in typing are forgiven.

The words stand on the row, folded, in `search_text`. An index over them (FTS5 on SQLite, GIN over a
tsvector on PostgreSQL, see the migration) takes our words as they are, so that both databases find the same.
"""

from __future__ import annotations

from django.db import connection

from meetings.clauses import NOTHING, Clause
from meetings.models import Word
from rules.spelling import asked_words, meant


def clause(text: str, version: int) -> Clause:
    """The meetings that have every word of `text`, or what it was meant to be."""
    asked = []
    for word in asked_words(text):
        if _is_used(word):
            asked.append(_beginning(word))
            continue
        near = [_exactly(one) for one in meant(word, _known(version))]
        if not near:
            return NOTHING
        asked.append(f"({_OR[connection.vendor].join(near)})")
    # Nothing but signs and blanks asks for nothing in particular.
    return (
        Clause(_HAS[connection.vendor], {"words": _AND[connection.vendor].join(asked)})
        if asked
        else Clause("1 = 1")
    )


# Our words hold letters and digits alone (`rules.folding`), so quoting them is all there is to do.
_HAS = {
    "sqlite": "id IN (SELECT rowid FROM meetings_words WHERE meetings_words MATCH %(words)s)",
    "postgresql": "array_to_tsvector(array_remove(string_to_array(search_text, ' '), ''))"
    " @@ %(words)s::tsquery",
}
_AND = {"sqlite": " AND ", "postgresql": " & "}
_OR = {"sqlite": " OR ", "postgresql": " | "}


def _exactly(word: str) -> str:
    return f'"{word}"' if connection.vendor == "sqlite" else f"'{word}'"


def _beginning(word: str) -> str:
    return _exactly(word) + ("*" if connection.vendor == "sqlite" else ":*")


def _is_used(word: str) -> bool:
    """Whether a word of some listed meeting begins so."""
    used = {
        "sqlite": "SELECT 1 FROM meetings_words JOIN meetings_meeting ON id = meetings_words.rowid"
        " WHERE meetings_words MATCH %(words)s AND listed LIMIT 1",
        "postgresql": f"SELECT 1 FROM meetings_meeting WHERE {_HAS['postgresql']} AND listed LIMIT 1",
    }
    with connection.cursor() as cursor:
        cursor.execute(used[connection.vendor], {"words": _beginning(word)})
        return cursor.fetchone() is not None


_kept: tuple[int, list[str]] | None = None


def _known(version: int) -> list[str]:
    """All words in use as of a version of the listings."""
    global _kept
    kept = _kept
    if kept is None or kept[0] != version:
        kept = _kept = (version, list(Word.objects.values_list("text", flat=True)))
    return kept[1]


def forget() -> None:
    """Read them again next time."""
    global _kept
    _kept = None
