"""BMLT formats as our types: by what a server says a format is, never by its key alone when it says more.

Keys change with the language and servers redefine them freely; ids differ between servers. So a format is
the default one if id and key (or name) both say so; else what its world id says; else the server's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from meetings.feeds.reading import Row, Rows, plain
from rules.folding import fold
from rules.listing import TypeFacts
from rules.vocabulary import LANGUAGE_NAMES, LANGUAGES, TYPES
from rules.vocabulary.narcotics_anonymous import DEFAULT_FORMATS, WORLD_IDS, DefaultFormat

LONGEST_CODE = 32
LONGEST_NAME = 120

_GROUPS = {"FC1": "format", "FC2": "feature", "FC3": "community", "O": "type"}
_VENUE_WORLD_IDS = {"VM": "VM", "HYBR": "HY"}
_BY_ID = {one.shared_id: one for one in DEFAULT_FORMATS}
_BY_KEY = {one.key: one for one in DEFAULT_FORMATS}

# Words for languages beside the names that the vocabulary has, and words that only go along with one.
_LANGUAGE_WORDS = {
    "farsi": "fa",
    "mandarin": "zh",
    "cantonese": "zh",
    "filipino": "tl",
    "deutsch": "de",
    "italiano": "it",
    "dansk": "da",
    "norsk": "no",
    "suomi": "fi",
    "polski": "pl",
    "castellano": "es",
}
_BESIDE_LANGUAGES = ("speaking", "spoken", "language", "meeting", "only", "habla", "de")


@dataclass(frozen=True, slots=True)
class Format:
    """What a format of a server is to us: a type, languages, a fact about the venue (VM, HY), or nothing."""

    codes: tuple[str, ...] = ()
    venue: str = ""
    own: TypeFacts | None = None


@dataclass(frozen=True, slots=True)
class FormatsRead:
    """The types of a meeting, sorted, and what its formats say about the venue: VM, HY, or ""."""

    codes: tuple[str, ...] = ()
    venue: str = ""


@dataclass(slots=True)
class Formats:
    """A server's formats, and those of its own that its meetings turned out to use."""

    fellowship: str
    by_id: dict[str, Format] = field(default_factory=dict)
    by_key: dict[str, Format] = field(default_factory=dict)
    used: dict[str, TypeFacts] = field(default_factory=dict)
    undefined: set[str] = field(default_factory=set)
    told: list[dict[str, Any]] = field(default_factory=list)  # the definitions as they came

    def of(self, row: Row) -> FormatsRead:
        """The formats of one meeting, by id where the row has ids, else by key."""
        ids = _split(row.raw.get("format_shared_id_list"))
        keys = _split(row.raw.get("formats"))
        found = [self.by_id.get(one) or self._default(row, one, keys) for one in ids]
        if not ids:
            found = [self.by_key.get(key) or self._guess(row, key) for key in keys]
        for one in found:
            if one.own:
                self.used.setdefault(one.own.code, one.own)
        venues = {one.venue for one in found}
        codes = {code for one in found for code in one.codes}
        if {"O", "C"} <= codes:
            codes.discard("O")
            row.guess("open_and_closed", _("Both open and closed. Taken as closed, as NA’s own lists do."))
        return FormatsRead(tuple(sorted(codes)), "VM" if "VM" in venues else "HY" if "HY" in venues else "")

    def _default(self, row: Row, shared_id: str, keys: list[str]) -> Format:
        """A format that nobody defined: the default one of that id, if the row has its key too."""
        default = _BY_ID.get(shared_id)
        if default and self.fellowship == "na" and default.key in keys:
            return _of_default(default)
        return self._unknown(row, shared_id)

    def _guess(self, row: Row, key: str) -> Format:
        default = _BY_KEY.get(key)
        if default and self.fellowship == "na":
            return _of_default(default)
        return self._unknown(row, key)

    def _unknown(self, row: Row, name: str) -> Format:
        self.undefined.add(name)
        row.problem(
            "unknown_format", _("Format %(name)s is defined nowhere. It was left out.") % {"name": name}
        )
        return Format()


def read_formats(values: Iterable[tuple[int, Any]], fellowship: str) -> Formats:
    """A server's formats, from the rows of `GetFormats`; those in several languages count as one."""
    formats = Formats(fellowship)
    rows: dict[str, list[Row]] = {}
    for row in Rows().read(iter(values)):
        formats.told.append(row.raw)
        rows.setdefault(row.line("id") or row.line("key_string"), []).append(row)
    for shared_id, translations in rows.items():
        one = _understood(shared_id, translations, fellowship)
        formats.by_id[shared_id] = one
        for row in translations:
            formats.by_key.setdefault(row.line("key_string"), one)
    return formats


def _understood(shared_id: str, rows: list[Row], fellowship: str) -> Format:
    """What one format is, from its definitions in one or several languages."""
    if fellowship == "na":
        default = next((one for one in map(_default_of, rows) if one), None)
        if default:
            return _of_default(default)
        world_id = next((row.line("world_id") for row in rows if row.line("world_id")), "")
        if world_id in _VENUE_WORLD_IDS:
            return Format(venue=_VENUE_WORLD_IDS[world_id])
        if world_id in WORLD_IDS:
            return Format((WORLD_IDS[world_id],))
        ours = next((code for code in map(_ours, rows) if code), "")
        if ours:
            return Format((ours,))
    for row in rows:
        if row.line("world_id") == "LANG" or row.line("format_type_enum") == "LANG":
            languages = _languages(row.line("name_string"))
            if languages:
                return Format(_language_codes(languages, fellowship))
    own = _own(shared_id, rows, fellowship)
    return Format((own.code,), own=own)


def _ours(row: Row) -> str:
    """The code of an NA type of ours that goes by the same key and English name; "" for none."""
    seed = TYPES["na"].get(row.line("key_string"))
    is_named = seed is not None and fold(seed.names.get("en", "")) == fold(row.line("name_string"))
    return seed.code if seed and is_named else ""


def _default_of(row: Row) -> DefaultFormat | None:
    """The default format a definition means: two of id, key and English name have to be the same."""
    key, name = row.line("key_string"), fold(row.line("name_string"))
    in_english = row.line("lang") in {"en", ""}
    for one in (_BY_ID.get(row.line("id")), _BY_KEY.get(key)):
        is_named = in_english and one is not None and fold(one.name) == name
        if one and (one.shared_id == row.line("id")) + (one.key == key) + is_named >= 2:
            return one
    return None


def _of_default(default: DefaultFormat) -> Format:
    if default.languages:
        return Format(_language_codes(default.languages, "na"))
    if default.key in {"VM", "HY"}:
        return Format(venue=default.key)
    return Format((default.code,))


def _own(shared_id: str, rows: list[Row], fellowship: str) -> TypeFacts:
    """A type of the server's own. A key that means something else to us gets the id behind it."""
    key = (rows[0].line("key_string") or shared_id)[: LONGEST_CODE - 8].replace(":", "-").replace(",", "-")
    code = f"{key}-{shared_id}"[:LONGEST_CODE] if key in TYPES.get(fellowship, {}) else key
    names = {row.line("lang") or "en": row.line("name_string", longest=LONGEST_NAME) or key for row in rows}
    words = {row.line("lang") or "en": row.notes("description_string") for row in rows}
    group = _GROUPS.get(rows[0].line("format_type_enum"), "format")
    return TypeFacts(code, group, names, {language: text for language, text in words.items() if text})


def _split(value: object) -> list[str]:
    return [part.strip() for part in plain(value).split(",") if part.strip()]


def _language_codes(languages: Iterable[str], fellowship: str) -> tuple[str, ...]:
    by_language = {seed.language: code for code, seed in TYPES[fellowship].items() if seed.language}
    return tuple(by_language[iso] for iso in languages)


def _languages(name: str) -> tuple[str, ...]:
    """The languages a format's name tells ("Lithuanian/Russian"), all of them or none."""
    words = [word for word in fold(name).split() if word not in _BESIDE_LANGUAGES and word != "and"]
    known = _known_languages()
    if not words or any(word not in known for word in words):
        return ()
    return tuple(dict.fromkeys(known[word] for word in words))


def _known_languages() -> dict[str, str]:
    names = {fold(name): iso for iso in LANGUAGES for name in LANGUAGE_NAMES[iso].values()}
    return names | _LANGUAGE_WORDS
