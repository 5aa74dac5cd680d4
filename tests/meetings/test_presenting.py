"""From the finder's answer to rows under headings."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from babel import Locale

from meetings.presenting import rows, sections, where
from meetings.wording import Asker

NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 10, 6, 23, 5, tzinfo=UTC)  # 7:05 pm in New York, a Tuesday
ASKER = Asker(Locale("en"), NEW_YORK, NOW)
SHORT = {"aa": "AA"}
PLACE = {
    "name": "Mill Lane Room",
    "address": "12 Mill Lane",
    "city": "Hamilton",
    "latitude": 43.2,
    "longitude": -79.8,
}


def told(
    *, minutes: int | None = 25, lasting: int = 60, zone: str = "America/New_York", **facts: Any
) -> dict[str, Any]:
    """A meeting as the finder tells it, starting in so many minutes."""
    start = None if minutes is None else (NOW + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))
    end = start and start + timedelta(minutes=lasting)
    standing: dict[str, Any] = {
        "slug": "lamplighters",
        "url": "/meetings/lamplighters/",
        "name": "Lamplighters",
        "fellowship": "aa",
        "attendance": "in_person",
        "timezone": zone,
        "next_start": start.isoformat() if start else None,
        "next_end": end.isoformat() if end else None,
        "place": PLACE,
        "distance_km": 0.8,
        "types": [
            {"code": "D", "name": "Discussion", "group": "format"},
            {"code": "O", "name": "Open to all", "group": "type"},
            {"code": "EN", "name": "English", "group": "language"},
        ],
        "languages": ["en"],
        "joins": [],
        "confirmed_at": (NOW - timedelta(days=12)).isoformat(),
        "updated_at": None,
    }  # fmt: skip
    return standing | facts


def row(**facts: Any) -> Any:
    return rows([told(**facts)], ASKER, fellowships=SHORT)[0]


def test_a_row_tells_all_that_one_decides_by() -> None:
    found = row()
    assert str(found.clock) == "7:30 pm EDT"
    assert found.when == "in 25 min"
    assert found.where == "Mill Lane Room, 12 Mill Lane, Hamilton"
    assert (found.icon, found.attendance) == ("place", "In person")
    assert found.away == "0.8 km"
    assert (found.way, found.in_time) == ("13 min walk", True)
    assert found.types == "AA · Open to all · Discussion"
    assert found.fresh.text == "Confirmed 12 days ago"
    assert found.iso == "2026-10-06T19:30-04:00"


@pytest.mark.parametrize(
    ("minutes", "km", "way", "in_time"),
    [
        (25, 14.0, "28 min drive", False),  # too far by the start
        (30, 14.0, "28 min drive", True),
        (7, 0.4, "7 min walk", True),
        (-5, 0.3, "5 min walk", True),  # the grace of ten minutes after the start
        (-9, 3.0, "6 min drive", False),
        (60 * 24, 0.8, "13 min walk", False),  # tomorrow nobody hurries
        (25, 500.0, "", False),
    ],
)
def test_whether_one_still_makes_it(minutes: int, km: float, way: str, in_time: bool) -> None:
    found = row(minutes=minutes, distance_km=km)
    assert (found.way, found.in_time) == (way, in_time)


def test_to_a_pin_that_is_a_guess_no_way_is_promised() -> None:
    found = row(minutes=60, place=PLACE | {"approximate": True})
    assert (found.away, found.way, found.in_time) == ("about 0.8 km", "", False)


def test_an_online_meeting_is_told_by_the_askers_clock() -> None:
    found = row(
        attendance="online", zone="America/Halifax", joins=["video", "phone"], place={"city": "Halifax"}
    )
    assert str(found.clock) == "7:30 pm EDT"
    assert found.where == "Video, and by phone."
    assert found.based == "Based in Halifax"
    assert found.elsewhere == "8:30 pm ADT there"
    assert (found.away, found.way, found.pin) == ("", "", None)


def test_a_meeting_elsewhere_is_told_by_its_own_clock_and_by_mine() -> None:
    found = row(zone="Europe/Paris")
    assert str(found.clock) == "1:30 am CEST"
    assert found.elsewhere == "7:30 pm EDT on your clock"


def test_a_meeting_by_phone_alone_says_so() -> None:
    found = row(attendance="online", joins=["phone"], place=None)
    assert (found.icon, found.attendance, found.where) == ("phone", "By phone", "By phone.")


def test_another_language_is_said() -> None:
    french = {"code": "FR", "name": "French", "group": "language"}
    found = row(languages=["fr"], types=[french])
    assert found.types == "AA · French"
    assert found.language == "fr"


def test_the_town_asked_for_is_not_said_again() -> None:
    assert where({"name": "Hall", "address": "1 Road", "city": "Hamilton"}, "Hamilton") == "Hall, 1 Road"
    assert (
        where({"name": "", "address": "1 Road, Hamilton, ON", "city": "Hamilton"}) == "1 Road, Hamilton, ON"
    )
    assert where({"name": "", "address": "", "city": "Hamilton"}, "Hamilton") == "Hamilton"


def headings(*minutes: int | None, now: datetime = NOW) -> list[tuple[str, int]]:
    found = rows([told(minutes=each, lasting=120) for each in minutes], ASKER, fellowships=SHORT)
    return [(section.title, len(section.rows)) for section in sections(found, ASKER, by_distance=False)]


def test_headings_follow_the_evening() -> None:
    assert headings(-5, 0, 25, 60, 61, 300, 60 * 24, 60 * 26, 60 * 48, -30, None) == [
        ("On now. You can still walk in.", 2),
        ("In the next hour", 2),
        ("Later tonight", 2),
        ("Tomorrow, Wednesday 7 October", 2),
        ("Thursday 8 October", 1),
        ("Already going. Walking in late is fine.", 1),
        ("By appointment", 1),
    ]


def test_a_day_has_two_halves() -> None:
    morning = NOW - timedelta(hours=10)  # 9:05 am
    seen = Asker(Locale("en"), NEW_YORK, morning)
    found = rows([told(minutes=60 * n - 600) for n in (3, 9, 12)], seen, fellowships=SHORT)
    assert [each.title for each in sections(found, seen, by_distance=False)] == ["Later today", "Tonight"]


def test_nearest_first_keeps_the_order_under_one_heading() -> None:
    found = rows([told(minutes=600), told(minutes=-5)], ASKER, fellowships=SHORT)
    [only] = sections(found, ASKER, by_distance=True)
    assert only.title == "Nearest first"
    assert [each.when for each in only.rows] == ["in 10 h", "5 min ago"]
