"""Invents listings around real towns, for demos and benchmarks. Pure: no database, no clock.

The same number, seed and year give the same listings, byte for byte. Names, rooms and streets are made
up; telephone numbers, links and addresses are reserved ones (`reserved.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from zlib import crc32

from rules.listing import BodyFacts, Listing

from . import streams
from .bodies import Tree
from .cast import cast
from .dice import Odds
from .towns import share_out, towns_for

__all__ = ["FELLOWSHIPS", "Sample", "confirmed_days_ago"]

FELLOWSHIPS = (
    "aa",
    "na",
    "al-anon",
    "smart",
    "dharma",
    "ca",
    "nar-anon",
    "lifering",
    "aca",
    "oa",
    "coda",
    "ga",
)
MOST_ONLINE_AROUND_THE_WORLD = 1000


class Sample:
    """So many invented meetings, and the service bodies they belong to."""

    def __init__(self, meetings: int, *, seed: int, year: int) -> None:
        towns = towns_for(meetings)
        by_key = {town.key: town for town in towns}
        self._hubs = [by_key[key] for key in streams.HUBS]
        self._cast = list(islice(cast(year), meetings))
        self._online = min(meetings // 5, MOST_ONLINE_AROUND_THE_WORLD, meetings - len(self._cast))
        self._shares = list(share_out(meetings - len(self._cast) - self._online, towns))
        tree = Tree(share.town for share in self._shares)
        self._world = streams.World(seed, year, tree)

    def __iter__(self) -> Iterator[Listing]:
        yield from self._cast
        yield from islice(streams.online(self._hubs, self._world), self._online)
        yield from chain.from_iterable(
            islice(streams.in_town(share, self._world), share.meetings) for share in self._shares
        )

    def bodies(self, fellowship: str) -> tuple[BodyFacts, ...]:
        """The fellowship's tree, each body after the one it is part of."""
        return self._world.tree.bodies(fellowship)


# How long ago listings were confirmed, in days; None = never.
_CONFIRMED: Odds[int | None] = Odds(
    {
        **{0: 2, 1: 3, 3: 5, 6: 7, 9: 7, 16: 8, 25: 9, 40: 10, 75: 10, 120: 8},
        **{170: 6, 230: 6, 330: 5, 500: 4, 800: 2, None: 8},
    }
)


def confirmed_days_ago(listing: Listing) -> int | None:
    """How long ago somebody last stood by the listing, its group as a whole; None for never."""
    who = listing.group.key if listing.group else listing.source_id
    return _CONFIRMED.at(crc32(who.encode()) / 2**32)
