"""Invented service bodies in three levels: a country, its regions, and areas around a region's largest town.

Only regions that have a name here get bodies of their own; elsewhere the country serves its groups itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import atan2, degrees

from rules.listing import BodyFacts

from .countries import country
from .dice import Dice
from .reserved import phone
from .towns import Town

# The fellowships that have such a tree, and what its levels are called.
_LEVELS = {
    "aa": (("AA {country}", "whole"), ("{region} Assembly", "area"), ("{area} Intergroup", "intergroup")),
    "na": (("{country} Zone of NA", "ZF"), ("{region} Region of NA", "RS"), ("{area} Area of NA", "AS")),
    "al-anon": (("Al-Anon {country}", "whole"), ("{region} Al-Anon Assembly", "area")),
}  # fmt: skip
_QUARTERS = ("East", "North", "West", "South")
_ONLINE = "online"


class Tree:
    """The bodies that serve some towns."""

    def __init__(self, towns: Iterable[Town]) -> None:
        self._towns = {town.key: town for town in towns}
        self._hubs: dict[tuple[str, str], Town] = {}
        for town in self._towns.values():
            hub = self._hubs.get((town.country, town.region))
            if hub is None or (town.people, hub.key) > (hub.people, town.key):
                self._hubs[town.country, town.region] = town

    def key(self, fellowship: str, town: Town | None) -> str:
        """The body that a group in `town` (None: online alone) belongs to; "" for none."""
        if fellowship not in _LEVELS:
            return ""
        return self._keys(fellowship, town)[-1] if town else f"{fellowship}-{_ONLINE}"

    def bodies(self, fellowship: str) -> tuple[BodyFacts, ...]:
        """All of one fellowship, each after the one it is part of."""
        if fellowship not in _LEVELS:
            return ()
        found = {f"{fellowship}-{_ONLINE}": _online(fellowship)}
        for town in self._towns.values():
            keys = self._keys(fellowship, town)
            for level, key in enumerate(keys):
                if key not in found:
                    parent = keys[level - 1] if level else ""
                    found[key] = self._body(fellowship, level, key, parent, town)
        return tuple(found.values())

    def _keys(self, fellowship: str, town: Town) -> list[str]:
        """The bodies above a town, from the country down."""
        keys = [f"{fellowship}-{town.country}".lower()]
        if country(town.country).region_name(town.region):
            steps = (town.region, self._quarter(town) or "centre")
            for step in steps[: len(_LEVELS[fellowship]) - 1]:
                keys.append(f"{keys[-1]}-{step}".lower())
        return keys

    def _quarter(self, town: Town) -> str:
        """On which side of its region's largest town it lies; "" in that town itself."""
        hub = self._hubs[town.country, town.region]
        east, north = town.longitude - hub.longitude, town.latitude - hub.latitude
        if abs(east) + abs(north) < 0.08:
            return ""
        return _QUARTERS[round(degrees(atan2(north, east)) / 90) % 4]

    def _body(self, fellowship: str, level: int, key: str, parent: str, town: Town) -> BodyFacts:
        hub = self._hubs[town.country, town.region]
        pattern, kind = _LEVELS[fellowship][level]
        name = pattern.format(
            country=country(town.country).name,
            region=country(town.country).region_name(town.region),
            area=f"{hub.name} {self._quarter(town)}".rstrip(),
        )
        return BodyFacts(
            key=key,
            name=name,
            parent_key=parent,
            kind=kind,
            website=f"https://{key}.example/",
            phone=phone(town.country, town.region, Dice(key)),
        )


def _online(fellowship: str) -> BodyFacts:
    return BodyFacts(
        key=f"{fellowship}-{_ONLINE}",
        name={"aa": "Online Intergroup", "na": "Online Area of NA", "al-anon": "Online Al-Anon District"}[
            fellowship
        ],
        kind=_LEVELS[fellowship][-1][1],
        website=f"https://{fellowship}-online.example/",
        phone=phone("GB", "", Dice(fellowship)),
    )
