"""Chance that falls alike on every machine: a seeded generator with the few throws an inventor needs."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Odds(Generic[Thing]):
    """Things with their weights, ready to be drawn from many times."""

    __slots__ = ("_reach", "_things", "_total")

    def __init__(self, weights: Mapping[Thing, float]) -> None:
        self._things = tuple(weights)
        self._reach = list(accumulate(weights.values()))
        self._total = self._reach[-1]

    def at(self, share: float) -> Thing:
        """The thing that stands at `share` (0 to 1, 1 excluded) of the whole weight."""
        return self._things[bisect(self._reach, share * self._total)]


class Dice(Random):
    """Throws that depend on nothing but the name the dice were made with."""

    def chance(self, share: float) -> bool:
        """True in `share` of all throws."""
        return self.random() < share

    def one(self, things: Sequence[Thing]) -> Thing:
        """One of the things, each as likely as the next."""
        return things[int(self.random() * len(things))]

    def by(self, odds: Odds[Thing]) -> Thing:
        """One of the things, by their weights."""
        return odds.at(self.random())

    def upto(self, number: int) -> int:
        """A whole number from 1 to `number`."""
        return 1 + int(self.random() * number)
