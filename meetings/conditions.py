"""From a question to the conditions of its facets. Names that nobody bears find nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from meetings.clauses import NOTHING, Clause, both, either, one_of
from meetings.lexicon import Lexicon
from rules.search import Query
from rules.vocabulary import LANGUAGES


def of_facets(query: Query, words: Lexicon) -> dict[str, Clause]:
    """What was chosen in each facet, as a condition; facets without a choice are left out."""
    chosen: dict[str, Clause] = {}
    if query.attendance:
        chosen["attendance"] = one_of("attendance", "attendance", sorted(query.attendance))
    if query.fellowships:
        # A plus keeps the database from preferring the index of half the table.
        chosen["fellowship"] = one_of("fellowship", "+fellowship_id", words.fellowship_ids(query.fellowships))
    if query.days:
        chosen["day"] = one_of("day", "weekday", sorted(query.days))
    if query.starts_from is not None or query.starts_to is not None:
        chosen["time"] = _time(query.starts_from, query.starts_to)
    if query.types or query.types_any:
        chosen["type"] = _types(query, words)
    if query.languages:
        chosen["language"] = _languages(query.languages)
    if query.body:
        chosen["body"] = one_of("body", "body_id", words.below(query.body))
    return chosen


def of_group(slug: str) -> Clause:
    """Held by the group called `slug`."""
    return Clause("group_id = (SELECT id FROM meetings_group WHERE slug = %(group)s)", {"group": slug})


def _time(starts_from: int | None, starts_to: int | None) -> Clause:
    first = 0 if starts_from is None else starts_from
    last = 24 * 60 - 1 if starts_to is None else starts_to
    params = {"from": first, "to": last}
    if first <= last:
        return Clause("start BETWEEN %(from)s AND %(to)s", params)
    return Clause("(start >= %(from)s OR start <= %(to)s)", params)


def _types(query: Query, words: Lexicon) -> Clause:
    wanted = [_meaning(f"type{n}_", [one], words) for n, one in enumerate(sorted(query.types))]
    if query.types_any:
        wanted.append(_meaning("any_", sorted(query.types_any), words))
    return both(wanted)


def _meaning(name: str, codes: Iterable[tuple[str, str]], words: Lexicon) -> Clause:
    """One of the types that these (fellowship or "", code) mean."""
    owners: dict[tuple[str, int], list[int]] = defaultdict(list)
    for fellowship, code in codes:
        for word in words.meaning(fellowship, code):
            owners[word.group, word.bit].append(word.fellowship_id)
    meant = []
    for (group, bit), fellowships in owners.items():
        mask = f"{name}{group}{bit}"
        owner = one_of(f"{mask}_", "+fellowship_id", sorted(set(fellowships)))
        meant.append(
            Clause(f"({owner.sql} AND ({group}_bits & %({mask})s) <> 0)", {**owner.params, mask: 1 << bit})
        )
    return either(meant)


def _languages(codes: Iterable[str]) -> Clause:
    bits = sum(1 << LANGUAGES.index(code) for code in codes if code in LANGUAGES)
    return Clause("(language_bits & %(languages)s) <> 0", {"languages": bits}) if bits else NOTHING
