"""Conditions in SQL: constants with named parameters, so that nothing a person typed ever becomes SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Params = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition on `meetings_meeting`, with the values of its named parameters."""

    sql: str
    params: Params = field(default_factory=dict)


ANYTHING = Clause("1 = 1")
NOTHING = Clause("1 = 0")


def one_of(name: str, column: str, values: Sequence[Any]) -> Clause:
    """`column` is one of `values`; the parameters are called `name` and a number."""
    if not values:
        return NOTHING
    params = {f"{name}{number}": value for number, value in enumerate(values)}
    marks = ")s, %(".join(params)
    return Clause(f"{column} IN (%({marks})s)", params)


def both(clauses: Iterable[Clause]) -> Clause:
    """All of them hold."""
    return _joined(" AND ", list(clauses)) or ANYTHING


def either(clauses: Iterable[Clause]) -> Clause:
    """One of them holds at least."""
    found = _joined(" OR ", list(clauses))
    return Clause(f"({found.sql})", found.params) if found else NOTHING


def _joined(word: str, clauses: Sequence[Clause]) -> Clause | None:
    params: dict[str, Any] = {}
    for clause in clauses:
        params.update(clause.params)
    return Clause(word.join(clause.sql for clause in clauses), params) if clauses else None
