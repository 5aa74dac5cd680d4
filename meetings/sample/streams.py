"""Endless streams of invented meetings, one a town: who takes more gets the same ones first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import count

from rules.listing import Attendance, GroupFacts, Listing, Online, PlaceFacts, Slot
from rules.zones import zone

from . import ground, schedule
from .bodies import Tree
from .countries import country
from .dice import Dice, Odds
from .kinds import FELLOWSHIPS, types
from .towns import Share, Town
from .words import Words, words

_ATTENDANCE = Odds({Attendance.IN_PERSON: 78, Attendance.HYBRID: 13, Attendance.ONLINE: 9})
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
_SAME_ROOF = 0.35  # how many groups meet where another one meets already


@dataclass(frozen=True)
class World:
    """What all streams of one sample share."""

    seed: int
    year: int
    tree: Tree


@dataclass(frozen=True)
class Group:
    """One invented group, before it is told when it meets."""

    facts: GroupFacts
    fellowship: str
    attendance: Attendance
    timezone: str
    place: PlaceFacts | None
    online: Online
    body_key: str
    spoken: Collection[str]
    words: Words

    def listings(self, slots: Sequence[Slot | None], year: int, dice: Dice) -> Iterator[Listing]:
        """Its meetings, one a slot."""
        for number, slot in enumerate(slots, 1):
            how = schedule.standing(year, dice)
            dated = slot is not None and dice.chance(0.12)
            yield Listing(
                source_id=f"{self.facts.key}-{number}",
                name=self.facts.name,
                fellowship=self.fellowship,
                attendance=self.attendance,
                timezone=self.timezone,
                slot=slot,
                place=self.place,
                online=self.online,
                group=self.facts,
                body_key=self.body_key,
                types=types(self.fellowship, self.spoken, self.attendance, dice),
                notes=self.words.note(self.attendance, dice) if dice.chance(0.3) else "",
                status=how.status,
                paused_from=how.paused_from,
                paused_until=how.paused_until,
                dated_changes=schedule.dated_changes(slot, year, self.words, dice) if dated and slot else (),
                updated_at=schedule.updated(year, dice),
            )


def in_town(share: Share, world: World) -> Iterator[Listing]:
    """All the meetings of one town, without end."""
    town = share.town
    dice = Dice(f"{world.seed}/{share.stream}/{town.key}")
    roofs: list[PlaceFacts] = []
    for number in count(1):
        key = f"{world.seed}-{share.stream}-{town.key}-{number}"
        found = _group(key, share, world, roofs, dice)
        slots: Sequence[Slot | None] = [None] if dice.chance(0.012) else schedule.slots(dice)
        yield from found.listings(slots, world.year, dice)


def _group(key: str, share: Share, world: World, roofs: list[PlaceFacts], dice: Dice) -> Group:
    town, land = share.town, country(share.town.country)
    expected = land.main_language_of(town.region)
    language = land.language(town.region, dice)
    own, fellowship, attendance = words(language), dice.by(FELLOWSHIPS), dice.by(_ATTENDANCE)
    return Group(
        facts=ground.group(key, own.group(fellowship, dice), town, own, dice),
        fellowship=fellowship,
        attendance=attendance,
        timezone=town.timezone,
        place=_roof(share, attendance, words(expected), roofs, dice),
        online=ground.online(attendance, town, own, dice),
        body_key=world.tree.key(fellowship, town),
        spoken=spoken(language, expected),
        words=own,
    )


def _roof(
    share: Share, attendance: Attendance, local: Words, roofs: list[PlaceFacts], dice: Dice
) -> PlaceFacts:
    if attendance is Attendance.ONLINE:
        return ground.base(share.town, share.city)
    if roofs and dice.chance(_SAME_ROOF):
        return dice.one(roofs[-20:])
    roofs.append(ground.place(share, local, dice))
    return roofs[-1]


def spoken(language: str, expected: str) -> Collection[str]:
    """The languages to be named: all but English where English is expected."""
    return () if language == expected == "en" else (language,)


# Where online meetings are at home: GeoNames' numbers of towns in thirty zones round the world.
HUBS = (
    5128581,  # New York
    2643743,  # London
    5368361,  # Los Angeles
    2147714,  # Sydney
    1275339,  # Mumbai
    4887398,  # Chicago
    2964574,  # Dublin
    3448439,  # São Paulo
    1850147,  # Tokyo
    3117735,  # Madrid
    2193733,  # Auckland
    184745,  # Nairobi
    5419384,  # Denver
    2988507,  # Paris
    293397,  # Tel Aviv
    3530597,  # Mexico City
    5856195,  # Honolulu
    2950159,  # Berlin
    1880252,  # Singapore
    6324733,  # St. John's
    3369157,  # Cape Town
    5879400,  # Anchorage
    292223,  # Dubai
    2078025,  # Adelaide
    3688689,  # Bogotá
    658225,  # Helsinki
    1283240,  # Kathmandu
    2063523,  # Perth
    3435910,  # Buenos Aires
    745044,  # Istanbul
)
_DAYS = Odds({EVERY_DAY: 20, (1, 2, 3, 4, 5): 25, (): 55})
_HALF_HOURS = tuple(time(hour, minute) for hour in range(24) for minute in (0, 30))


def online(towns: Sequence[Town], world: World) -> Iterator[Listing]:
    """Meetings that are nowhere but online, without end, going round the hubs.

    Every other group meets daily, in a zone that knows no summer time, and the hours of these go round the
    clock: after 48 groups one of them starts in every hour of the day.
    """
    dice = Dice(f"{world.seed}/online")
    steady = [town for town in towns if _local(0, town, world.year) == _local(0, town, world.year, month=7)]
    for number in count():
        town = towns[number % len(towns)]
        days, start = dice.by(_DAYS) or (int(dice.random() * 7),), dice.one(_HALF_HOURS)
        if number % 2:
            town = steady[number // 2 % len(steady)]
            days, start = EVERY_DAY, _local(number // 2 * 5 % 24, town, world.year)
        length = dice.by(schedule.LENGTHS)
        found = _online_group(f"{world.seed}-online-{number}", town, world, dice)
        yield from found.listings([Slot(day, start, length) for day in days], world.year, dice)


def _local(hour: int, town: Town, year: int, month: int = 1) -> time:
    """An hour of UTC on the town's clock, on the first of a month."""
    return datetime(year, month, 1, hour, tzinfo=UTC).astimezone(zone(town.timezone)).time()


def _online_group(key: str, town: Town, world: World, dice: Dice) -> Group:
    land = country(town.country)
    language = "en" if dice.chance(0.4) else land.language(town.region, dice)
    own, fellowship = words(language), dice.by(FELLOWSHIPS)
    return Group(
        facts=ground.group(key, own.group(fellowship, dice), town, own, dice),
        fellowship=fellowship,
        attendance=Attendance.ONLINE,
        timezone=town.timezone,
        place=ground.base(town) if dice.chance(0.6) else None,
        online=ground.online(Attendance.ONLINE, town, own, dice),
        body_key=world.tree.key(fellowship, None),
        spoken=spoken(language, land.main_language_of(town.region)),
        words=own,
    )
