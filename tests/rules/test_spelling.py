"""Words as they are looked for, and what a mistyped one meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.spelling import (
    LONGEST_WORD,
    MOST_ASKED,
    MOST_MEANT,
    MOST_WORDS,
    asked_words,
    edits_forgiven,
    meant,
    searchable,
    worth_knowing,
)

KNOWN = ["serenity", "trinity", "security", "hope", "rope", "home", "meditation", "sunday", "as", "12th"]


def test_searchable_holds_each_folded_word_once() -> None:
    assert searchable("Café Größe", "", "the CAFÉ, the hall") == "cafe grosse the hall"


@given(st.text(max_size=300))
def test_searchable_is_words_parted_by_single_blanks(text: str) -> None:
    found = searchable(text)
    assert found == " ".join(found.split())
    assert searchable(found) == found
    assert all(len(word) <= LONGEST_WORD for word in found.split())


def test_monsters_are_cut() -> None:
    assert searchable("x" * 3000) == "x" * LONGEST_WORD
    assert len(searchable(" ".join(map(str, range(5000)))).split()) == MOST_WORDS
    assert len(asked_words(" ".join(map(str, range(50))))) == MOST_ASKED


@pytest.mark.parametrize(
    ("word", "edits"), [("as", 0), ("abc", 0), ("hope", 1), ("sunday", 2), ("meditation", 3)]
)
def test_longer_words_forgive_more(word: str, edits: int) -> None:
    assert edits_forgiven(word) == edits


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("serinity", ["serenity"]),
        ("sernity", ["serenity"]),
        ("esrenity", ["serenity"]),
        ("hpoe", ["hope"]),
        ("hape", ["hope"]),
        ("sope", ["hope", "rope"]),
        ("meditashun", ["meditation"]),
        ("sa", []),
        ("zzzzzz", []),
        # It is known, but nobody's: what was meant is another.
        ("hope", ["home", "rope"]),
    ],
)
def test_meant(typed: str, expected: list[str]) -> None:
    assert meant(typed, KNOWN) == expected


def test_meant_is_never_more_than_a_database_bears() -> None:
    known = [f"abcdefghi{chr(97 + one)}{chr(97 + two)}" for one in range(26) for two in range(26)]
    assert len(meant("abcdefghi1", known)) <= MOST_MEANT


def test_numbers_and_scraps_are_not_worth_knowing() -> None:
    assert worth_knowing(["st marys 12 12th", "of marys"]) == {"marys", "12th"}
