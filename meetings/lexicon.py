"""The words of the listings: types, fellowships and bodies, as one version of the listings has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, TypeVar

from django.utils.functional import cached_property

from meetings.models import Fellowship, ServiceBody, Type
from rules.vocabulary import GROUPS, LANGUAGES, type_of

MASKS = tuple(f"{group}_bits" for group in GROUPS)
"""The columns with the types of a meeting, in the order of `vocabulary.GROUPS`."""

Masks = tuple[int, ...]
"""A meeting's masks, in that order; those at the end may be left out."""


Value = TypeVar("Value")


class Meanings(dict[int, list[Value]]):
    """What the set bits of a mask stand for, lowest first, by mask; each mask is taken apart once."""

    MOST = 5000

    def __init__(self, by_bit: Mapping[int, Value]) -> None:
        self.by_bit = by_bit

    def __missing__(self, mask: int) -> list[Value]:
        if len(self) >= self.MOST:
            self.clear()
        found = self[mask] = [value for bit, value in self.by_bit.items() if mask & bit]
        return found


class Term(NamedTuple):
    """One type of one fellowship."""

    fellowship_id: int
    fellowship: str
    code: str
    group: str
    bit: int
    language: str
    names: Mapping[str, str]

    def __hash__(self) -> int:
        return hash((self.fellowship_id, self.code))

    @property
    def sense(self) -> tuple[str, str]:
        """Equal for types of several fellowships that mean the same."""
        seed = type_of(self.fellowship, self.code)
        return self.group, (seed.meaning if seed else "") or self.name("en")

    def name(self, language: str) -> str:
        """What people call it in a language; in English where there is no such name."""
        return self.names.get(language) or self.names.get("en") or self.code


class Body(NamedTuple):
    """One service body."""

    id: int
    slug: str
    name: str
    parent_id: int | None


@dataclass(frozen=True)
class Lexicon:
    """All words of one version. Nothing in it may be changed by who reads it."""

    fellowships: dict[int, Fellowship]
    words_of: dict[int, list[Term]]
    bodies: dict[int, Body]
    _shown: dict[str, dict[int, list[Meanings[dict[str, str]]]]] = field(default_factory=dict)

    def fellowship_ids(self, slugs: Iterable[str]) -> list[int]:
        """Ids of the fellowships that go by these slugs; an unknown one has none."""
        wanted = set(slugs)
        return sorted(pk for pk, one in self.fellowships.items() if one.slug in wanted)

    def meaning(self, fellowship: str, code: str) -> list[Term]:
        """Every type that (fellowship or "", code) means."""
        return [
            word
            for words in self.words_of.values()
            for word in words
            if word.code == code and fellowship in ("", word.fellowship)
        ]

    def of_meeting(self, fellowship_id: int, masks: Masks) -> list[Term]:
        """The types that a meeting's masks stand for, in the order of display."""
        tables = self._terms[fellowship_id]
        return [term for table, mask in zip(tables, masks, strict=False) if mask for term in table[mask]]

    def types(self, language: str) -> dict[int, list[Meanings[dict[str, str]]]]:
        """By fellowship, for each group: what a mask stands for, ready to be shown in a language."""
        if language not in self._shown:
            self._shown[language] = {
                pk: [
                    Meanings({1 << term.bit: _shown(term, language) for term in terms if term.group == group})
                    for group in GROUPS
                ]
                for pk, terms in self.words_of.items()
            }
        return self._shown[language]

    @cached_property
    def _terms(self) -> dict[int, list[Meanings[Term]]]:
        return {
            pk: [Meanings({1 << term.bit: term for term in terms if term.group == group}) for group in GROUPS]
            for pk, terms in self.words_of.items()
        }

    def above(self, body_id: int | None) -> list[int]:
        """The body and all that it is part of, upwards."""
        found: list[int] = []
        while body_id is not None and body_id not in found:
            found.append(body_id)
            body_id = self.bodies[body_id].parent_id
        return found

    def called(self, slug: str) -> list[int]:
        """The id of the body that goes by a slug, if there is one."""
        return [body.id for body in self.bodies.values() if body.slug == slug] if slug else []

    def below(self, slug: str) -> list[int]:
        """Ids of the body called `slug` and of all below it; none where there is no such body."""
        children = defaultdict(list)
        for body in self.bodies.values():
            children[body.parent_id].append(body.id)
        waiting = self.called(slug)
        found: set[int] = set()
        while waiting:
            pk = waiting.pop()
            if pk not in found:
                found.add(pk)
                waiting.extend(children[pk])
        return sorted(found)


def _shown(term: Term, language: str) -> dict[str, str]:
    return {"code": term.code, "name": term.name(language), "group": term.group}


def languages(bits: int) -> list[str]:
    """The ISO codes that a language mask stands for."""
    return list(_languages(bits))


@lru_cache(maxsize=4096)
def _languages(bits: int) -> tuple[str, ...]:
    return tuple(code for bit, code in enumerate(LANGUAGES) if bits >> bit & 1)


_kept: tuple[int, Lexicon] | None = None


def lexicon(version: int) -> Lexicon:
    """The words as of `version`, read once by each process."""
    global _kept
    kept = _kept
    if kept is None or kept[0] != version:
        kept = _kept = (version, _read())
    return kept[1]


def forget() -> None:
    """Read them again next time."""
    global _kept
    _kept = None


def _read() -> Lexicon:
    fellowships = {one.pk: one for one in Fellowship.objects.all()}
    words_of: dict[int, list[Term]] = {pk: [] for pk in fellowships}
    columns = ("fellowship_id", "fellowship__slug", "code", "group", "bit", "language", "names")
    for row in Type.objects.values_list(*columns):
        words_of[row[0]].append(Term(*row))
    for words in words_of.values():
        words.sort(key=lambda word: (GROUPS.index(word.group), word.bit))
    bodies = {
        row[0]: Body(*row) for row in ServiceBody.objects.values_list("pk", "slug", "name", "parent_id")
    }
    return Lexicon(fellowships, words_of, bodies)
