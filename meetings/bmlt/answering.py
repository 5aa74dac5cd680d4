"""What each switcher answers, as pieces of JSON. `Refused` is the one way to say no."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from meetings import geocode
from meetings.bmlt import about, asked
from meetings.bmlt.asked import DEFAULT_SORT, Params, Search
from meetings.bmlt.book import Book
from meetings.bmlt.changes import changes
from meetings.bmlt.fields import DATA_KEYS, MAIN_KEYS
from meetings.bmlt.php_json import dumps
from meetings.bmlt.reading import batches
from meetings.bmlt.refusing import Refused
from meetings.bmlt.searching import Results
from meetings.bmlt.selecting import Selection
from meetings.bmlt.writing import Writer
from meetings.feeds.bmlt_formats_out import OutFormat

Pieces = Iterator[bytes]


@dataclass(frozen=True)
class Question:
    """One request: its parameters, and what answers are made of. `notice` is the one sentence, or ""."""

    params: Params
    book: Book
    now: datetime
    root: str
    notice: str = ""

    def writer(self, language: str = "") -> Writer:
        return Writer(self.book, language=language, root=self.root, sentence=self.notice)


def results(question: Question) -> Results:
    """The meetings that a `GetSearchResults` asks for."""
    search = _placed(asked.read(question.params), question)
    return Results(search, question.book, question.writer(search.language), question.now)


def _placed(search: Search, question: Question) -> Search:
    """With the circle around an address in words. An address that nobody knows finds nothing."""
    if not search.address:
        return search
    place = geocode.locate(search.address, now=question.now).place
    if place is None:
        return replace(search, nothing=True)
    width = asked.number(question.params.one("SearchStringRadius")) or -asked.AUTO_RADIUS
    return replace(search, circle=asked.around(place.latitude, place.longitude, width, in_km=False))


def search_results(question: Question) -> Pieces:
    """`GetSearchResults`."""
    return results(question).json()


def formats(question: Question) -> Pieces:
    """`GetFormats`: those in use, or with `show_all` every one a meeting could have."""
    params, table = question.params, question.book.formats
    wanted, keys = params.signed("format_ids"), set(params.several("key_strings"))
    languages = [one.lower() for one in params.several("lang_enum")]
    used = about.used_formats(question.book, question.now)
    found: list[dict[str, str]] = []
    for number, one in sorted(table.by_number.items()):
        if number not in used and (one.is_own or not params.flag("show_all")):
            continue
        if wanted.holds({number}):
            texts = _in_languages(one, languages)
            found += [one.row(text, question.root) for text in texts if not keys or text.key in keys]
    yield dumps(found)


def _in_languages(one: OutFormat, languages: list[str]) -> list[Any]:
    texts = [one.texts[language] for language in languages if language in one.texts]
    return texts or [one.text(languages[0] if languages else "")]


def service_bodies(question: Question) -> Pieces:
    """`GetServiceBodies`: all, or those asked for with what is above or below them."""
    params, book = question.params, question.book
    services = params.signed("services")
    found = dict(book.bodies)
    if services.include:
        named = book.bodies_by_number(services.include)
        found = {body.id: body for body in named}
        if params.flag("recursive"):
            found |= book.below(named)
        if params.flag("parents"):
            found |= book.above(named)
    unwanted = book.bodies_by_number(services.exclude)
    left_out = book.below(unwanted) if params.flag("recursive") else {body.id: body for body in unwanted}
    yield dumps([body.facts for pk, body in found.items() if pk not in left_out])


def field_keys(question: Question) -> Pieces:
    """`GetFieldKeys`."""
    named = {**MAIN_KEYS, **DATA_KEYS, **{key: key for key in question.book.extra_keys}}
    yield dumps([{"key": key, "description": str(name)} for key, name in named.items()])


def field_values(question: Question) -> Pieces:
    """`GetFieldValues`: each value of a field with the meetings that have it."""
    key = question.params.one("meeting_key")
    if key not in {*MAIN_KEYS, *DATA_KEYS, *question.book.extra_keys}:
        raise Refused(400, _("meeting_key is to be one of the keys that GetFieldKeys names."))
    value_of = _formats_of(question) if key == "formats" else None
    writer, found = question.writer(asked.language(question.params)), defaultdict(list)
    ids = Selection(Search(), question.book, question.now).in_order(DEFAULT_SORT)
    for rows in batches(ids):
        for told in map(writer.tell, rows):
            value = value_of(told["format_shared_id_list"]) if value_of else told.get(key, "")
            if value is not None:
                found[value].append(told["id_bigint"])
    yield dumps([{key: value or "NULL", "ids": ",".join(ids)} for value, ids in sorted(found.items())])


def _formats_of(question: Question) -> Callable[[str], str | None]:
    """The keys of a meeting's formats, or of those asked for alone; None where it has none of these."""
    params, table = question.params, question.book.formats
    specific = params.signed("specific_formats").include
    language = asked.language(params) or "en"

    def value_of(shared_ids: str) -> str | None:
        numbers = tuple(int(part) for part in shared_ids.split(",") if part.isdecimal())
        if specific:
            if params.flag("all_formats") and not specific.issubset(numbers):
                return None
            numbers = tuple(number for number in numbers if number in specific)
            if not numbers:
                return None
        return table.keys(numbers, language)

    return value_of


def all_changes(question: Question) -> Pieces:
    """`GetChanges`."""
    return changes(question.params, question.book)


def server_info(question: Question) -> Pieces:
    """`GetServerInfo`."""
    info = about.server_info(question.book, question.now)
    yield dumps([info | ({"notice": question.notice} if question.notice else {})])


def coverage_area(question: Question) -> Pieces:
    """`GetCoverageArea`."""
    yield dumps([about.coverage(question.book, question.now)])


@dataclass(frozen=True)
class Switcher:
    """One kind of question. `answer` None: it is asked for in another form than JSON."""

    answer: Callable[[Question], Pieces] | None
    forms: frozenset[str] = field(default=frozenset({"json", "jsonp", "tsml"}))


SWITCHERS: Mapping[str, Switcher] = {
    "GetSearchResults": Switcher(search_results),
    "GetFormats": Switcher(formats),
    "GetServiceBodies": Switcher(service_bodies),
    "GetFieldKeys": Switcher(field_keys),
    "GetFieldValues": Switcher(field_values),
    "GetChanges": Switcher(all_changes),
    "GetServerInfo": Switcher(server_info),
    "GetCoverageArea": Switcher(coverage_area),
    "GetNAWSDump": Switcher(None, frozenset({"csv"})),
}
