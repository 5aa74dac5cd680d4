"""The counts beside the answers: how many meetings each value of a facet would leave.

A facet is counted over all that the rest of the question leaves, as if nothing were chosen in the facet
itself. Only values in use are told, and those that were chosen.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from meetings.candidates import Selection
from meetings.lexicon import Lexicon, Term
from meetings.models import Meeting
from rules.search import PARTS_OF_DAY, Query
from rules.vocabulary import GROUPS, LANGUAGE_NAMES, LANGUAGES

Facet = list[dict[str, Any]]
Reader = Callable[[Selection, Sequence[str]], Iterable[Sequence[tuple[Any, ...]]]]
"""The rows of a selection that truly answer it: these columns of them, in chunks."""

KINDS = tuple(group for group in GROUPS if group != "language")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "attendance": ("attendance",),
    "fellowship": ("fellowship_id",),
    "day": ("weekday",),
    "time": ("start",),
    "type": ("fellowship_id", *(f"{kind}_bits" for kind in KINDS)),
    "language": ("language_bits",),
    "body": ("body_id",),
}


def count(
    query: Query, selection: Selection, read: Reader, words: Lexicon, language: str
) -> dict[str, Facet]:
    """The counts of all facets, in the language of the page."""
    counts = _count([name for name in COLUMNS if name not in selection.facets], selection, read)
    for chosen in selection.facets:
        counts |= _count([chosen], selection.without(chosen), read)
    return {
        "attendance": _attendance(counts["attendance"], query),
        "fellowship": _fellowships(counts["fellowship"], query, words),
        "day": _days(counts["day"], query),
        "time": _times(counts["time"], query),
        "type": _types(counts["type"], query, words, language),
        "language": _languages(counts["language"], query, language),
        "body": _bodies(counts["body"], query, words),
    }


def _count(names: Sequence[str], selection: Selection, read: Reader) -> dict[str, Counter[Any]]:
    """How often each value, or set of values, stands in the columns of these facets."""
    counts: dict[str, Counter[Any]] = {name: Counter() for name in names}
    columns = [column for name in names for column in COLUMNS[name]]
    for chunk in read(selection, columns):
        at = 0
        by_column = list(zip(*chunk, strict=True)) or [()] * len(columns)
        for name in names:
            width = len(COLUMNS[name])
            values = by_column[at] if width == 1 else zip(*by_column[at : at + width], strict=True)
            counts[name].update(values)
            at += width
    return counts


def _attendance(counts: Counter[str], query: Query) -> Facet:
    return [
        {"value": value, "name": str(name), "count": counts[value], "chosen": value in query.attendance}
        for value, name in Meeting.Attendance.choices
        if counts[value] or value in query.attendance
    ]


def _fellowships(counts: Counter[int], query: Query, words: Lexicon) -> Facet:
    return _most_first(
        {
            "value": one.slug,
            "name": one.short_name,
            "count": counts[pk],
            "chosen": one.slug in query.fellowships,
        }
        for pk, one in words.fellowships.items()
    )


def _days(counts: Counter[int | None], query: Query) -> Facet:
    names = (
        _("Sunday"),
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
    )
    return [
        {"value": day, "name": name, "count": counts[day], "chosen": day in query.days}
        for day, name in enumerate(names)
        if counts[day] or day in query.days
    ]


def _times(counts: Counter[int | None], query: Query) -> Facet:
    names = {
        "morning": _("Morning"),
        "midday": _("Midday"),
        "afternoon": _("Afternoon"),
        "evening": _("Evening"),
        "night": _("Night"),
    }
    found = []
    for part, (first, last) in PARTS_OF_DAY.items():
        chosen = (query.starts_from, query.starts_to) == (first, last)
        number = sum(
            times
            for start, times in counts.items()
            if start is not None
            and (first <= start <= last if first <= last else start >= first or start <= last)
        )
        if number or chosen:
            value = f"{_clock(first)}-{_clock(last)}"
            found.append({"value": value, "name": names[part], "count": number, "chosen": chosen})
    return found


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _types(counts: Counter[tuple[int, ...]], query: Query, words: Lexicon, language: str) -> Facet:
    """By code where all fellowships in sight mean the same by it, else by fellowship and code ("aa:A")."""
    numbers: Counter[Term] = Counter()
    for (fellowship_id, *masks), times in counts.items():
        for term in words.of_meeting(fellowship_id, tuple(masks)):
            numbers[term] += times
    chosen = query.types | query.types_any
    terms: dict[tuple[str, str], list[Term]] = {one: words.meaning(*one) for one in chosen}
    senses = defaultdict(set)
    for term in numbers:
        senses[term.code].add(term.sense)
    by_fellowship = {code for fellowship, code in chosen if fellowship}
    for term in numbers:
        by_code = ("", term.code) in chosen or (
            len(senses[term.code]) == 1 and term.code not in by_fellowship
        )
        terms.setdefault(("" if by_code else term.fellowship, term.code), []).append(term)
    found: Facet = [
        {
            "value": f"{fellowship}:{code}" if fellowship else code,
            "name": meant[0].name(language),
            "group": meant[0].group,
            "count": sum(numbers[term] for term in set(meant)),
            "chosen": (fellowship, code) in chosen,
        }
        for (fellowship, code), meant in terms.items()
        if meant
    ]
    _tell_apart(found, words)
    found.sort(key=lambda one: (GROUPS.index(one["group"]), -one["count"], one["name"], one["value"]))
    return found


def _tell_apart(types: Facet, words: Lexicon) -> None:
    """Where two go by one name, say whose each is: "Open (AA)"."""
    short_names = {one.slug: one.short_name for one in words.fellowships.values()}
    times = Counter((one["group"], one["name"]) for one in types)
    for one in types:
        fellowship, _colon, code = one["value"].rpartition(":")
        if code and fellowship and times[one["group"], one["name"]] > 1:
            one["name"] = f"{one['name']} ({short_names[fellowship]})"


def _languages(counts: Counter[int], query: Query, language: str) -> Facet:
    return _most_first(
        {
            "value": code,
            "name": LANGUAGE_NAMES[code].get(language) or LANGUAGE_NAMES[code]["en"],
            "count": sum(times for bits, times in counts.items() if bits >> bit & 1),
            "chosen": code in query.languages,
        }
        for bit, code in enumerate(LANGUAGES)
    )


def _bodies(counts: Counter[int | None], query: Query, words: Lexicon) -> Facet:
    """Each with all below it, as the filter has it."""
    numbers: dict[int, int] = defaultdict(int)
    for body_id, times in counts.items():
        for above in words.above(body_id):
            numbers[above] += times
    for chosen in words.called(query.body):
        numbers[chosen] += 0
    return _most_first(
        {
            "value": words.bodies[pk].slug,
            "name": words.bodies[pk].name,
            "count": times,
            "chosen": words.bodies[pk].slug == query.body,
        }
        for pk, times in numbers.items()
    )


def _most_first(values: Iterable[dict[str, Any]]) -> Facet:
    """Those in use or chosen, the most frequent first."""
    used = [one for one in values if one["count"] or one["chosen"]]
    return sorted(used, key=lambda one: (-one["count"], one["name"], one["value"]))
