"""Times, dates, distances and ages, in the words people read."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from babel import Locale

from meetings import wording
from meetings.wording import Asker

NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 10, 6, 23, 5, tzinfo=UTC)  # 7:05 pm in New York, a Tuesday


def asker(*, locale: str = "en_US", zone: ZoneInfo = NEW_YORK, miles: bool = False) -> Asker:
    return Asker(Locale.parse(locale), zone, NOW, miles)


def at(hour: int, minute: int = 0, *, day: int = 6, zone: ZoneInfo = NEW_YORK) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=zone)


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en_US", "7:30 pm EDT"),
        ("en_CA", "7:30 pm EDT"),
        ("en_GB", "19:30 EDT"),
        ("fr", "19:30 EDT"),
        ("es", "19:30 EDT"),
        ("es_MX", "7:30 p.m. EDT"),
    ],
)
def test_the_clock_is_that_of_the_locale(locale: str, said: str) -> None:
    assert str(wording.clock(at(19, 30), asker(locale=locale))) == said


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Asia/Kathmandu", "UTC+5:45"),
        ("America/Sao_Paulo", "UTC-3"),
        ("Asia/Dubai", "UTC+4"),
        ("Europe/Paris", "CEST"),
        ("UTC", "UTC"),
    ],
)
def test_a_zone_without_a_name_is_told_by_its_offset(zone: str, said: str) -> None:
    assert wording.abbreviation(at(12, zone=ZoneInfo(zone))) == said


def test_the_half_of_the_day_is_said_once() -> None:
    assert wording.span(at(19, 30), at(20, 30), asker()) == "7:30 to 8:30 pm"
    assert wording.span(at(11, 30), at(12, 30), asker()) == "11:30 am to 12:30 pm"
    assert wording.span(at(19, 30), at(20, 30), asker(locale="fr")) == "19:30 to 20:30"


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (at(19, 0), "5 min ago"),
        (at(17, 55), "1 h 10 min ago"),
        (at(19, 5), "just starting"),
        (at(19, 30), "in 25 min"),
        (at(20, 30), "in 1 h 25 min"),
        (at(21, 5), "in 2 h"),
        (at(23, 30), "in 4 h"),
        (at(7, 30, day=7), "tomorrow"),
        (at(19, 30, day=8), "Thursday"),
        (at(19, 30, day=12), "Monday"),
        (at(19, 30, day=13), "13 Oct"),
    ],
)
def test_when_is_told_from_now(start: datetime, said: str) -> None:
    assert wording.relative(start, start + timedelta(minutes=90), asker()) == said


def test_what_has_ended_is_over() -> None:
    assert wording.relative(at(17), at(18), asker()) == "over"


def test_a_span_over_a_change_of_clocks_is_counted_in_true_minutes() -> None:
    """Clocks in New York go back at 2 am on 1 November 2026: midnight to 3 am is four hours."""
    now = datetime(2026, 11, 1, 0, 30, tzinfo=NEW_YORK).astimezone(UTC)
    seen = Asker(Locale("en"), NEW_YORK, now)
    start = datetime(2026, 11, 1, 2, 0, tzinfo=NEW_YORK)
    assert wording.relative(start, start + timedelta(hours=1), seen) == "in 2 h 30 min"


@pytest.mark.parametrize(
    ("km", "kilometres", "miles"),
    [
        (0.02, "0.1 km", "0.1 mi"),
        (0.42, "0.4 km", "0.3 mi"),
        (9.96, "10 km", "6.2 mi"),
        (14.2, "14 km", "8.8 mi"),
    ],
)
def test_a_distance_is_rounded_as_people_do(km: float, kilometres: str, miles: str) -> None:
    assert wording.distance(km, asker()) == kilometres
    assert wording.distance(km, asker(miles=True)) == miles


def test_a_distance_has_the_decimal_sign_of_the_locale() -> None:
    assert wording.distance(0.42, asker(locale="fr")) == "0,4 km"


@pytest.mark.parametrize(
    ("days", "said", "old"),
    [
        (0, "Confirmed today", False),
        (1, "Confirmed 1 day ago", False),
        (9, "Confirmed 9 days ago", False),
        (21, "Confirmed 3 weeks ago", False),
        (31, "Confirmed 1 month ago", False),
        (182, "Confirmed 6 months ago", False),
        (214, "Not confirmed for 7 months. Call ahead if you can.", True),
        (800, "Not confirmed for 2 years. Call ahead if you can.", True),
    ],
)
def test_freshness_says_how_far_to_trust(days: int, said: str, old: bool) -> None:
    found = wording.freshness(NOW - timedelta(days=days), None, asker())
    assert (found.text, found.old) == (said, old)


def test_without_a_confirmation_the_last_change_speaks() -> None:
    assert wording.freshness(None, NOW - timedelta(days=40), asker()).text == "As published 1 month ago"
    assert wording.freshness(None, NOW - timedelta(days=400), asker()).old
    assert wording.freshness(None, None, asker()).old


def test_zones_have_the_names_people_use() -> None:
    assert wording.zone_name(NEW_YORK, NOW, asker()) == "Eastern time (EDT)"
    assert wording.zone_name(ZoneInfo("UTC"), NOW, asker()) == "UTC"


def test_a_day_is_named_from_today() -> None:
    assert wording.day_heading(date(2026, 10, 7), asker()) == "Tomorrow, Wednesday 7 October"
    assert wording.day_heading(date(2026, 10, 9), asker()) == "Friday 9 October"
    assert wording.full_day(date(2027, 1, 2), asker()) == "Saturday 2 January 2027"
    assert wording.part_of_day(at(19, 30), asker()) == "Tonight"
    assert wording.part_of_day(at(12), asker()) == "Today"
