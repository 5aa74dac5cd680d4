"""Cutting a long row of things into handy pieces (the standard library has it from Python 3.12)."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Thing = TypeVar("Thing")


def batched(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    """Lists of `size` things each; the last may be shorter."""
    rest = iter(things)
    while batch := list(islice(rest, size)):
        yield batch
