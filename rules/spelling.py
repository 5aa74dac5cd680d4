"""Words as they are looked for: how a text is cut into them, and which one a mistyped word meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .folding import fold

LONGEST_WORD = 60
"""Longer runs of letters are cut: nobody types them, and an index refuses monsters."""

MOST_WORDS = 2000
"""Of one meeting; notes that go on for ever are found by what they begin with."""

MOST_ASKED = 10
"""Of one question; the rest is left out."""

SHORTEST_FORGIVEN = 4
MOST_MEANT = 50


def searchable(*texts: str) -> str:
    """The distinct folded words of all `texts`, parted by single blanks: what a meeting is found by."""
    words = (word[:LONGEST_WORD] for text in texts for word in fold(text).split())
    return " ".join(list(dict.fromkeys(words))[:MOST_WORDS])


def asked_words(text: str) -> list[str]:
    """The words of a question, each looked for as the beginning of a word."""
    return searchable(text).split()[:MOST_ASKED]


def edits_forgiven(word: str) -> int:
    """How many slips (a letter wrong, missing, added, or two swapped) may lie between typed and meant."""
    return min(len(word) // 3, 3) if len(word) >= SHORTEST_FORGIVEN else 0


def meant(word: str, known: Sequence[str]) -> list[str]:
    """The known words nearest to one that nobody wrote; none where all are too far.

    Only those with the fewest slips: "serinity" means "serenity", not "trinity", which is one slip more.
    """
    most = edits_forgiven(word)
    if not most:
        return []
    near = process.extract(word, known, scorer=OSA.distance, score_cutoff=most, limit=None)
    least = min((slips for _, slips, _ in near if slips), default=0)
    return sorted(one for one, slips, _ in near if slips == least)[:MOST_MEANT] if least else []


def worth_knowing(texts: Iterable[str]) -> set[str]:
    """The words of searchable texts that a mistyped one may have meant: not numbers, not scraps."""
    words = {word for text in texts for word in text.split()}
    return {word for word in words if len(word) >= SHORTEST_FORGIVEN - 1 and not word.isdecimal()}
