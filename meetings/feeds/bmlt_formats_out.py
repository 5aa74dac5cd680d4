"""Our types as the formats of a BMLT server: numbers that last, keys and names in the language asked for.

A format that a BMLT source told keeps the number it has there, so that clients set up for that server go
on working. If two sources mean different things by a number, the source that came first keeps it. The
default formats fill what no source told; a type that is none of them gets a number of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from meetings.feeds.bmlt_formats import Format, read_formats
from meetings.feeds.reading import plain
from rules.vocabulary.narcotics_anonymous import DEFAULT_FORMATS, WORLD_IDS, DefaultFormat

NATIVE = "en"
OPEN, CLOSED = "OPEN", "CLOSED"
VENUES = {"online": "VM", "hybrid": "HY"}
"""Attendance: the format that says it. In person has none."""

# Numbers beyond any server's: a later source's own ones by the million, and then our types'.
_A_SOURCE = 1_000_000
_A_TYPE = 900_000_000

_KINDS = {"type": "O", "format": "FC1", "feature": "FC2", "community": "FC3", "language": "LANG"}
_DEFAULT_KINDS = {"O": "O", "C": "O"}
_WORLD_IDS = {code: world_id for world_id, code in reversed(WORLD_IDS.items())}


class KnownType(NamedTuple):
    """A type as the site has it; `id` is its row's."""

    id: int
    fellowship: str
    code: str
    group: str
    names: Mapping[str, str]
    descriptions: Mapping[str, str]


class SourceFormats(NamedTuple):
    """What one BMLT source told of its formats, as it came; sources in the order in which they came."""

    source_id: int
    fellowship: str
    rows: Sequence[Mapping[str, Any]]


class Text(NamedTuple):
    """A format in one language."""

    language: str
    key: str
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class OutFormat:
    """One format as it goes out. `codes` are the types it means; `is_own`: nobody but us knows it."""

    number: int
    kind: str
    world_id: str
    texts: Mapping[str, Text]
    codes: tuple[str, ...] = ()
    is_own: bool = False

    def text(self, language: str) -> Text:
        """In a language, or else in the one it was written in: better a strange word than a lost fact."""
        found = self.texts.get(language) or self.texts.get(NATIVE)
        return found or next(iter(self.texts.values()))

    def row(self, text: Text, root: str) -> dict[str, str]:
        """As `GetFormats` tells it."""
        return {
            "key_string": text.key,
            "name_string": text.name,
            "description_string": text.description,
            "lang": text.language,
            "id": str(self.number),
            "world_id": self.world_id,
            "format_type_enum": self.kind,
            "root_server_uri": root,
        }


@dataclass(slots=True)
class FormatTable:
    """All formats of a site. Built once a version of the listings; nothing in it changes after."""

    by_number: dict[int, OutFormat] = field(default_factory=dict)
    by_code: dict[tuple[str, str], int] = field(default_factory=dict)
    by_venue: dict[str, int] = field(default_factory=dict)
    told: dict[int, dict[str, int]] = field(default_factory=dict)
    renumbered: set[int] = field(default_factory=set)  # sources of which some number means another's
    _keys: dict[tuple[tuple[int, ...], str], str] = field(default_factory=dict)
    _told_lists: dict[tuple[int, str], tuple[int, ...]] = field(default_factory=dict)

    def told_by(self, source_id: int, shared_ids: str) -> tuple[int, ...]:
        """The numbers of a source's comma list of ids, in its order."""
        known = self._told_lists.get((source_id, shared_ids))
        if known is None:
            numbers = self.told.get(source_id, {})
            parts = [part.strip() for part in shared_ids.split(",")]
            found = [numbers.get(part, int(part)) for part in parts if part.isascii() and part.isdecimal()]
            known = self._told_lists[source_id, shared_ids] = tuple(dict.fromkeys(found))
        return known

    def of_types(self, fellowship: str, codes: Iterable[str], attendance: str) -> tuple[int, ...]:
        """The numbers for a meeting's types and for how one attends, ascending."""
        numbers = {self.by_code.get((fellowship, code)) for code in codes}
        numbers.add(self.by_venue.get(VENUES.get(attendance, "")))
        return tuple(sorted(number for number in numbers if number is not None))

    def amended(
        self, told: tuple[int, ...], fellowship: str, codes: Sequence[str], attendance: str
    ) -> tuple[int, ...]:
        """A source's formats after somebody here changed the types: what still holds, and what is new."""
        now = set(codes)
        kept: set[int] = set()
        covered: set[str] = set()
        venue = self.by_venue.get(VENUES.get(attendance, ""))
        for number in told:
            one = self.by_number.get(number)
            says_venue = number in self.by_venue.values()
            if (says_venue and number == venue) or (not says_venue and one and now.issuperset(one.codes)):
                kept.add(number)
                covered.update(one.codes if one else ())
        return tuple(sorted(kept.union(self.of_types(fellowship, now - covered, attendance))))

    def keys(self, numbers: tuple[int, ...], language: str) -> str:
        """The comma list of keys: open and closed first, the rest by number."""
        known = self._keys.get((numbers, language))
        if known is None:
            ones = [self.by_number[number] for number in sorted(set(numbers)) if number in self.by_number]
            ones.sort(key=lambda one: one.world_id not in {OPEN, CLOSED})
            known = ",".join(one.text(language).key for one in ones)
            if len(self._keys) < 50_000:
                self._keys[numbers, language] = known
        return known


def build(sources: Sequence[SourceFormats], types: Sequence[KnownType], *, defaults: bool) -> FormatTable:
    """The table of a site. `defaults`: with the formats every NA server starts with."""
    table = FormatTable()
    known = {(one.fellowship, one.code): one for one in types}
    for source in sources:
        _add_told(table, source, known)
    if defaults:
        for default in DEFAULT_FORMATS:
            _add_default(table, default, known)
    for one in types:
        if (one.fellowship, one.code) not in table.by_code:
            table.by_code[one.fellowship, one.code] = _A_TYPE + one.id
            table.by_number[_A_TYPE + one.id] = _own(one)
    return table


def _add_told(table: FormatTable, source: SourceFormats, known: Mapping[Any, KnownType]) -> None:
    rows = [row for row in source.rows if _id(row)]
    understood = read_formats(enumerate(rows, 1), source.fellowship).by_id
    numbers = table.told.setdefault(source.source_id, {})
    for shared_id, group in groupby(sorted(rows, key=lambda row: int(_id(row))), key=_id):
        definitions = list(group)
        meaning = understood.get(shared_id, Format())
        texts = _texts(definitions)
        number = _free(table, int(shared_id), texts, source.source_id)
        numbers[shared_id] = number
        if number != int(shared_id):
            table.renumbered.add(source.source_id)
        if number in table.by_number:
            continue
        first = definitions[0]
        table.by_number[number] = OutFormat(
            number,
            plain(first.get("format_type_enum")),
            plain(first.get("world_id")),
            _translated(texts, meaning, source.fellowship, known),
            meaning.codes,
        )
        _offer(table, number, source.fellowship, meaning)


def _id(row: Mapping[str, Any]) -> str:
    written = plain(row.get("id"))
    return written if written.isascii() and written.isdecimal() and len(written) < 7 else ""


def _texts(rows: Iterable[Mapping[str, Any]]) -> dict[str, Text]:
    return {
        language: Text(
            language,
            str(row.get("key_string") or "").strip(),
            str(row.get("name_string") or "").strip(),
            str(row.get("description_string") or "").strip(),
        )
        for row in rows
        for language in [plain(row.get("lang")) or NATIVE]
    }


def _free(table: FormatTable, number: int, texts: Mapping[str, Text], source_id: int) -> int:
    """The source's own number, unless another source means another thing by it."""
    there = table.by_number.get(number)
    if there is None or any(there.texts.get(one.language, one)[:3] == one[:3] for one in texts.values()):
        return number
    return source_id * _A_SOURCE + number


def _offer(table: FormatTable, number: int, fellowship: str, meaning: Format) -> None:
    """Let meetings that have only types say them by this format, where it is the first that fits."""
    if len(meaning.codes) == 1:
        table.by_code.setdefault((fellowship, meaning.codes[0]), number)
    if meaning.venue:
        table.by_venue.setdefault(meaning.venue, number)


def _translated(
    texts: dict[str, Text], meaning: Format, fellowship: str, known: Mapping[Any, KnownType]
) -> dict[str, Text]:
    """With our words in the languages that nobody told, where the format is exactly one of our types."""
    one = known.get((fellowship, meaning.codes[0])) if len(meaning.codes) == 1 else None
    key = next(iter(texts.values())).key
    ours = _words(one, key) if one else {}
    return {**ours, **texts}


def _words(one: KnownType, key: str) -> dict[str, Text]:
    return {
        language: Text(language, key, name, one.descriptions.get(language, ""))
        for language, name in one.names.items()
    }


def _add_default(table: FormatTable, default: DefaultFormat, known: Mapping[Any, KnownType]) -> None:
    """One of the formats every server starts with, unless its number or its sense is taken already."""
    number = int(default.shared_id)
    codes = tuple(_language_code(iso, known) for iso in default.languages)
    if default.code:
        codes = (default.code,)
    meaning = Format(codes, venue=default.key if default.key in VENUES.values() else "")
    is_told = len(codes) == 1 and ("na", codes[0]) in table.by_code and table.told
    if number in table.by_number or is_told or (meaning.venue in table.by_venue):
        return
    one = known.get(("na", codes[0])) if len(codes) == 1 else None
    words = one.descriptions.get(NATIVE, "") if one else ""
    texts = {NATIVE: Text(NATIVE, default.key, default.name, words)}
    kind = _DEFAULT_KINDS.get(default.key) or _kind(default, one)
    table.by_number[number] = OutFormat(
        number, kind, default.world_id, _translated(texts, meaning, "na", known), codes
    )
    _offer(table, number, "na", meaning)


def _kind(default: DefaultFormat, one: KnownType | None) -> str:
    if default.world_id == "LANG":
        return "LANG"
    return _KINDS[one.group] if one else "FC2"


def _language_code(iso: str, known: Mapping[Any, KnownType]) -> str:
    return next(
        (code for fellowship, code in known if fellowship == "na" and code.lower() == iso), iso.upper()
    )


def _own(one: KnownType) -> OutFormat:
    texts = _words(one, one.code) or {NATIVE: Text(NATIVE, one.code, one.code, "")}
    world_id = _WORLD_IDS.get(one.code, "") if one.fellowship == "na" else ""
    return OutFormat(_A_TYPE + one.id, _KINDS[one.group], world_id, texts, (one.code,), is_own=True)
