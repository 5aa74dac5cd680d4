"""The words of the fellowships: types by (fellowship, code), in five groups, with their names.

A code means something only together with its fellowship: `A` is Secular in AA and an age limit in ACA.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from .alcoholics_anonymous import AA
from .explanations import EXPLANATIONS
from .fellowships import FELLOWSHIPS, Fellowship
from .languages import LANGUAGE_NAMES, LANGUAGES, meeting_guide_code
from .meeting_guide_names import NAMES as MEETING_GUIDE_NAMES
from .narcotics_anonymous import NA, NA_EXPLANATIONS
from .notation import entries
from .other_fellowships import OTHER_EXPLANATIONS, OTHERS

__all__ = [
    "FELLOWSHIPS",
    "GROUPS",
    "LANGUAGES",
    "LANGUAGE_NAMES",
    "MEETING_GUIDE_CODES",
    "TYPES",
    "Fellowship",
    "SeedType",
    "language_of",
    "meeting_guide_codes",
    "seed_types",
    "type_of",
]

GROUPS = ("type", "format", "feature", "community", "language")
"""The five groups: who may come, what happens, what helps, who it is for, in which language."""

MEETING_GUIDE_CODES = frozenset(MEETING_GUIDE_NAMES)
"""The 87 codes of the Meeting Guide list."""

_TABLES: dict[str, dict[str, str]] = {"aa": AA, "na": NA, **OTHERS}
_EXPLANATIONS: dict[str, dict[str, str]] = {"na": NA_EXPLANATIONS, **OTHER_EXPLANATIONS}

# Where the two-letter code is taken by a type of a fellowship, its languages go by three letters.
_THREE_LETTERS = {"cs": "CES", "tr": "TUR"}


@dataclass(frozen=True, slots=True)
class SeedType:
    """One type as every site knows it from the start.

    `bit` is its place, 0 to 62, in the mask of its (fellowship, group); for a language its index in
    `LANGUAGES`, the same in every fellowship. `meaning` is the Meeting Guide code with the same sense, or "".
    """

    fellowship: str
    code: str
    group: str
    bit: int
    names: dict[str, str]
    descriptions: dict[str, str] = field(default_factory=dict)
    language: str = ""
    meaning: str = ""


def seed_types() -> Iterator[SeedType]:
    """All types of all fellowships, bits ascending within each (fellowship, group)."""
    for fellowship, table in _TABLES.items():
        for group, types in table.items():
            yield from _of_table(fellowship, group, types)
        for bit, iso in enumerate(LANGUAGES):
            code = _language_code(fellowship, iso)
            yield SeedType(fellowship, code, "language", bit, LANGUAGE_NAMES[iso], language=iso)


def _of_table(fellowship: str, group: str, types: str) -> Iterator[SeedType]:
    own = _EXPLANATIONS.get(fellowship, {})
    for bit, entry in zip(count(), entries(types)):
        words = own.get(entry.code) or EXPLANATIONS.get(entry.meaning)
        descriptions = {"en": words} if words else {}
        yield SeedType(fellowship, entry.code, group, bit, entry.names, descriptions, meaning=entry.meaning)


def _language_code(fellowship: str, iso: str) -> str:
    if fellowship == "aa":
        return meeting_guide_code(iso)
    return _THREE_LETTERS.get(iso, iso.upper())


TYPES: dict[str, dict[str, SeedType]] = {fellowship.slug: {} for fellowship in FELLOWSHIPS}
"""{fellowship: {code: type}}."""
for _seed in seed_types():
    TYPES[_seed.fellowship][_seed.code] = _seed


def type_of(fellowship: str, code: str) -> SeedType | None:
    """The type a fellowship means by `code`, or None."""
    return TYPES.get(fellowship, {}).get(code)


def language_of(fellowship: str, code: str) -> str:
    """The ISO 639 code of a language type; "" for any other."""
    known = type_of(fellowship, code)
    return known.language if known else ""


def meeting_guide_codes(fellowship: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    """The AA-list codes with the same sense as the fellowship's `codes`; what has none is left out."""
    known = (type_of(fellowship, code) for code in codes)
    senses = (
        meeting_guide_code(one.language) if one.language else one.meaning for one in known if one is not None
    )
    return tuple(sense for sense in senses if sense in MEETING_GUIDE_CODES)
