"""The meetings that every sample holds, one of each kind there is: for demos, and so that no kind is missing.

Most stand in Hamilton, Ontario, and in Brooklyn. They are written out by hand; nothing here is chance.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from rules.listing import (
    Attendance,
    DatedChange,
    Deviation,
    GroupFacts,
    Listing,
    Online,
    PlaceFacts,
    Recurrence,
    Slot,
    Status,
)
from rules.recurrence import regular_dates

from .schedule import anchor

HAMILTON = PlaceFacts(
    name="St Oswald’s Hall",
    street="41 Lantern Lane",
    city="Hamilton",
    region="ON",
    postal_code="L8P 1A1",
    country="Canada",
    latitude=43.25512,
    longitude=-79.87431,
    notes="Blue door, down three steps; a ramp is at the back.",
)
BROOKLYN = PlaceFacts(
    name="Orchard Street Library",
    street="212 Juniper Street",
    city="Brooklyn",
    neighborhood="Park Slope",
    region="NY",
    postal_code="11230",
    country="United States",
    latitude=40.66911,
    longitude=-73.98254,
)
PARK = PlaceFacts(
    name="By the old bandstand",
    city="Hamilton",
    neighborhood="Ancaster",
    region="ON",
    country="Canada",
    latitude=43.2181,
    longitude=-79.9872,
    approximate=True,
)
VIDEO = Online("https://meet.example.org/j/200300400", "Passcode: 246810")
BY_PHONE = Online(phone="+1 905 555 0142", phone_notes="Meeting number 200300, then #")
BOTH = Online(VIDEO.url, VIDEO.url_notes, BY_PHONE.phone, BY_PHONE.phone_notes)

SUN, MON, TUE, WED, THU, FRI, SAT = range(7)
HALF_SEVEN = time(19, 30)


def cast(year: int) -> Iterator[Listing]:
    """All of them. The dated ones have their dates in that year."""
    told = datetime(year, 1, 1, tzinfo=UTC)
    plain = (
        *_hamilton(),
        *_brooklyn(),
        *_rhythms(),
        *_standings(year),
        *_dated(year),
        *_online(),
        *_hard_names(),
        *_always_open(),
    )
    for days, listing in enumerate(plain):
        yield replace(listing, updated_at=told - timedelta(days=3 * days))


def _one(
    key: str, name: str, slot: Slot | None, place: PlaceFacts | None = HAMILTON, **facts: Any
) -> Listing:
    """A meeting in Hamilton's hall, but for what is told otherwise."""
    told: dict[str, Any] = {
        "fellowship": "aa",
        "attendance": Attendance.IN_PERSON,
        "timezone": "America/New_York" if place == BROOKLYN else "America/Toronto",
        "group": GroupFacts(f"cast-{key.rstrip('0123456789')}", name),
    }
    return Listing(source_id=f"cast-{key}", name=name, slot=slot, place=place, **{**told, **facts})


def _hamilton() -> Iterator[Listing]:
    table = GroupFacts(
        "cast-kitchen-table",
        "Kitchen Table",
        notes="Soup on Wednesdays.",
        website="https://kitchen-table.example/",
        email="kitchen-table@example.org",
        phone="+1 905 555 0117",
    )
    for number, day in enumerate((MON, WED, FRI), 1):
        yield _one(
            f"kitchen-table-{number}",
            "Kitchen Table",
            Slot(day, HALF_SEVEN, 60),
            group=table,
            attendance=Attendance.HYBRID,
            online=BOTH,
            types=("BE", "D", "O", "X", "XB"),
            notes="Newcomers are met at the door ten minutes before." if day == MON else "",
        )
    yield _one("harbour-women", "Harbour Women", Slot(TUE, time(18), 75), types=("C", "ST", "W", "X"))
    yield _one("sunrise", "Sunrise on the Bay", Slot(SUN, time(7), 45), PARK, types=("MED", "O", "OUT"))
    yield _one(
        "family", "Bridge Family Group", Slot(MON, HALF_SEVEN, 60), fellowship="al-anon", types=("AA", "C")
    )
    yield _one(
        "parents", "Willow Parents", Slot(THU, time(19), 60), fellowship="nar-anon", types=("C", "PAR")
    )
    yield _one(
        "tools", "Four Points at Noon", Slot(WED, time(12), 90), fellowship="smart", types=("4P", "O", "X")
    )
    yield _one(
        "sangha", "Quiet Water Sangha", Slot(SUN, time(17), 90), fellowship="dharma", types=("MED", "O")
    )


def _brooklyn() -> Iterator[Listing]:
    def here(key: str, name: str, slot: Slot, **facts: Any) -> Listing:
        return _one(key, name, slot, BROOKLYN, **facts)

    yield here(
        "vida",
        "Grupo Nueva Vida",
        Slot(SAT, time(19), 90),
        types=("O", "S"),
        notes="Toca el timbre del portal.",
    )
    yield here("lift", "The Lift Works", Slot(TUE, time(12, 15), 60), fellowship="na", types=("BT", "O", "X"))
    yield here("hands", "Hands That Speak", Slot(THU, time(18, 30), 60), types=("ASL", "D", "O", "X", "XB"))
    yield here("powder", "Powder Blue", Slot(FRI, time(20), 60), fellowship="ca", types=("C", "SP"))
    yield here("late", "Last Train Home", Slot(FRI, time(23, 30), 90), types=("CAN", "O"))
    yield here("vigil", "All-Night Vigil", Slot(SAT, time(22), 600), fellowship="na", types=("O",))


def _rhythms() -> Iterator[Listing]:
    """Every recurrence there is."""
    for weeks in (2, 3, 4):
        rule = Recurrence(every=weeks, anchor=anchor(THU, weeks - 1))
        yield _one(f"every{weeks}", f"Every {weeks} Weeks", Slot(THU, time(18), 60, rule), types=("O", "TR"))
    for key, name, nth in (
        ("first", "First Saturday Breakfast", (1,)),
        ("second", "Second Saturday Steps", (2,)),
        ("third", "Third Saturday Traditions", (3,)),
        ("fourth", "Fourth Saturday Friends", (4,)),
        ("fifth", "Fifth Saturday Surprise", (5,)),
        ("last", "Last Saturday Speakers", (-1,)),
        ("odd", "First and Third", (1, 3)),
    ):
        yield _one(key, name, Slot(SAT, time(9, 30), 90, Recurrence(nth=nth)), types=("BRK", "O"))


def _standings(year: int) -> Iterator[Listing]:
    """By appointment, resting, ended. The pauses of four seasons cover the year, so one always rests."""
    yield _one(
        "call",
        "Call and We Open",
        None,
        online=BY_PHONE,
        attendance=Attendance.HYBRID,
        notes="By appointment.",
    )
    yield _one(
        "write", "Write and We Meet", None, None, online=VIDEO, attendance=Attendance.ONLINE, types=("O",)
    )
    for number, month in enumerate((1, 4, 7, 10), 1):
        yield _one(
            f"season{number}",
            "Back When the Hall Is Dry",
            Slot(number, time(18), 60),
            status=Status.PAUSED,
            paused_from=date(year, month, 1),
            paused_until=date(year + month // 10, (month + 3) % 12, 1),
        )
    yield _one(
        "rest", "Resting for Now", Slot(TUE, time(20), 60), status=Status.PAUSED, paused_from=date(year, 1, 1)
    )
    yield _one("open", "Until We Find a Room", Slot(WED, time(20), 60), status=Status.PAUSED)
    yield _one("ended", "The Old Candle Group", Slot(WED, time(21), 60), status=Status.CLOSED)


def _dated(year: int) -> Iterator[Listing]:
    """One with something out of the way in every month."""
    slot = Slot(TUE, time(18, 30), 60)
    tuesdays = list(regular_dates(slot, date(year, 1, 8), date(year, 12, 31)))[::4]
    changes = []
    for number, on in enumerate(tuesdays):
        match number % 4:
            case 0:
                changes.append(DatedChange(on, Deviation.CLOSED, note="No meeting: the building is closed."))
            case 1:
                changes.append(
                    DatedChange(on, Deviation.MOVED, on + timedelta(days=1), note="Moved to Wednesday.")
                )
            case 2:
                changes.append(
                    DatedChange(on, Deviation.MOVED, to_start=time(20), note="Later because of a concert.")
                )
            case _:
                extra = on + timedelta(days=4)
                changes.append(
                    DatedChange(extra, Deviation.EXTRA, minutes=120, note="Workshop and shared meal.")
                )
    yield _one("never", "Never Quite the Same", slot, dated_changes=tuple(changes), types=("D", "O"))


def _online() -> Iterator[Listing]:
    def afar(key: str, name: str, slot: Slot, zone: str, online: Online = VIDEO, **facts: Any) -> Listing:
        attendance = Attendance.ONLINE
        return _one(key, name, slot, None, timezone=zone, online=online, attendance=attendance, **facts)

    yield afar(
        "bridge", "Voices Only", Slot(MON, time(21), 60), "America/Toronto", BY_PHONE, types=("D", "O")
    )
    yield afar("howe", "Island Evening", Slot(WED, time(19), 60), "Australia/Lord_Howe", types=("O",))
    yield afar("chatham", "Where the Day Begins", Slot(SAT, time(7), 60), "Pacific/Chatham", types=("O",))
    yield afar("samoa", "Across the Line", Slot(SUN, time(18), 60), "Pacific/Apia", types=("O",))
    yield afar(
        "nepal", "Quarter to Everything", Slot(FRI, time(6, 45), 60), "Asia/Kathmandu", types=("EN", "O")
    )
    yield afar("gap", "Half Past Two", Slot(SUN, time(2, 30), 60), "America/New_York", types=("O",))


def _hard_names() -> Iterator[Listing]:
    """Names that try a page: other directions and scripts, signs that HTML reads, great length."""
    for number, (name, types) in enumerate(
        (
            ("قاعة النور (Open Door) 7pm", ("AR", "O")),
            ("רק להיום – Just for Today", ("HE", "O")),
            ("ひかりの会 ☀️", ("JA", "O")),
            ("Bread & <Roses> \"again\" 'n' again", ("D", "O")),
            ("İstanbul’da Işık", ("O", "TUR")),
            ("👩‍👩‍👧 Family Sunday 🌅", ("CF", "O")),
            (
                "The Group That Could Not Decide on a Name and So Took All That Were Proposed, " * 3 + "Amen",
                (),
            ),
        ),
        1,
    ):
        yield _one(f"hard{number}", name, Slot(number % 7, time(17), 60), group=None, types=types)


def _always_open() -> Iterator[Listing]:
    """Round the clock on all seven days, so that something is always on."""
    group = GroupFacts(
        "cast-always-open", "Always Open", notes="One room, day and night. Come and go as you like."
    )
    for number in range(7 * 8):
        slot = Slot(number // 8, time(number % 8 * 3), 180)
        yield _one(
            f"always-open-{number + 1}",
            "Always Open",
            slot,
            None,
            group=group,
            timezone="Etc/UTC",
            attendance=Attendance.ONLINE,
            online=BOTH,
            types=("D", "O"),
        )
