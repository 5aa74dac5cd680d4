"""The types of a Meeting Guide row: codes, names or aliases, in a list or in one text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from meetings.feeds.reading import Row, excerpt, plain
from rules.folding import fold
from rules.vocabulary import LANGUAGE_NAMES, TYPES
from rules.vocabulary.languages import MEETING_GUIDE_ODD

# Words that say how one attends, not what kind of meeting it is.
_HOW = {"onl": "online", "online": "online", "online meeting": "online", "inactive": "inactive"}
_NO_TYPE = frozenset({"active", "in person", "inperson", "hybrid"})
_ALIASES = {
    "sign language": "ASL",
    "outdoor meeting": "OUT",
    "outdoors": "OUT",
    "step meeting": "ST",
    "step": "ST",
    "steps": "ST",
    "beginner": "BE",
    "beginners": "BE",
    "newcomers": "BE",
    "wheelchair": "X",
    "wheelchair accessible": "X",
    "handicapped accessible": "X",
    "open meeting": "O",
    "closed meeting": "C",
    "big book study": "B",
    "child friendly": "CF",
    "smoking": "SM",
    "speaker meeting": "SP",
    "discussion meeting": "D",
    "lgbt": "LGBTQ",
    "temporarily closed": "TC",
}


@dataclass(frozen=True, slots=True)
class TypesRead:
    """The types of a row, sorted, and what its type words said about how one attends."""

    codes: tuple[str, ...]
    says_online: bool = False
    says_inactive: bool = False


@lru_cache(maxsize=32)
def _words(fellowship: str) -> dict[str, str]:
    """{folded code, name, alias or ISO language: code}. A word of two types is the first one's."""
    own = TYPES.get(fellowship, {})
    by_language = {seed.language: code for code, seed in own.items() if seed.language}
    known: dict[str, str] = {fold(code): code for code in own}
    for code, seed in own.items():
        for name in seed.names.values():
            known.setdefault(fold(name), code)
    for alias, code in _ALIASES.items():
        if code in own:
            known.setdefault(alias, code)
    for code, seed in own.items():
        if seed.meaning:  # as our own feeds write it for readers who know AA's codes alone
            known.setdefault(fold(seed.meaning), code)
    for iso in LANGUAGE_NAMES:
        known.setdefault(fold(iso), by_language[iso])
        known.setdefault(fold(MEETING_GUIDE_ODD.get(iso, iso)), by_language[iso])
    if fellowship == "aca":
        known["sp"] = by_language["es"]
    return known


def read_types(row: Row, fellowship: str) -> TypesRead:
    """The row's types. Unknown words are told and left out; a meeting both open and closed is closed."""
    codes: set[str] = set()
    how: set[str] = set()
    unknown: list[str] = []
    own = TYPES.get(fellowship, {})
    for word in _pieces(row.raw.get("types")):
        folded = fold(word)
        code = word if word in own else _words(fellowship).get(folded, "")
        if folded in _HOW:
            how.add(_HOW[folded])
        elif code:
            codes.add(code)
        elif folded and folded not in _NO_TYPE:
            unknown.append(word)
    if unknown:
        text = _("Types we do not know: %(types)s. They were left out.")
        row.problem("unknown_type", text % {"types": ", ".join(excerpt(word) for word in unknown[:8])})
    return TypesRead(_settled(row, codes), "online" in how, "inactive" in how)


def _pieces(value: object) -> list[str]:
    parts = value if isinstance(value, list) else [value]
    texts = (plain(part) for part in parts)
    return [piece.strip() for text in texts for piece in text.split(",") if piece.strip()]


def _settled(row: Row, codes: set[str]) -> tuple[str, ...]:
    if {"O", "C"} <= codes:
        codes.discard("O")
        row.guess(
            "open_and_closed", _("Both open and closed. Taken as closed, so that nobody walks in on it.")
        )
    if {"M", "W"} <= codes:
        row.problem("men_and_women", _("Both for men and for women. Both are shown."))
    return tuple(sorted(codes))
