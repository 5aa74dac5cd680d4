"""now, today, tonight, tomorrow: against what clocks on the wall show, minute by minute."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.search import When
from rules.windows import Window, window
from rules.zones import zone

from .civil import DAY, MINUTE, ZONES, changes_of_clocks, reading, zones_and_moments

HOUR = timedelta(hours=1)
GRACE = 10 * MINUTE


def night_of(wall: datetime) -> datetime | None:
    """The evening a moment of the night belongs to; None by day."""
    evening = wall.replace(hour=17, minute=0)
    if wall.hour < 4:
        return evening - DAY
    return evening if wall.hour >= 17 else None


def asked_for(when: When, now: datetime, start: datetime, name: str) -> bool:
    """Whether a meeting that starts then (and takes no time at all) is what `when` means."""
    wall, today = reading(start, zone(name)), reading(now, zone(name))
    if when == When.NOW:
        return now <= start <= now + HOUR
    if when == When.TODAY:
        return start >= now - GRACE and wall.date() <= today.date()
    if when == When.TONIGHT:
        tonight = night_of(today) or today.replace(hour=17, minute=0)
        # Late-comers are welcome, also to what began just before the night did; but not before 17:00.
        return start >= now - GRACE and night_of(wall) == tonight
    return wall.date() == today.date() + DAY


@settings(max_examples=250, deadline=None)
@given(zones_and_moments(), st.sampled_from(When), st.integers(0, 59))
def test_windows_are_what_clocks_show(moment: tuple[str, datetime], when: When, shift: int) -> None:
    name, now = moment
    found = window(when, now, name)
    edges = [edge + minutes * MINUTE for edge in (found.since, found.until) for minutes in range(-2, 3)]
    hours = [now + shift * MINUTE + hour * HOUR for hour in range(-14, 52)]
    for start in [edge.replace(microsecond=0) for edge in edges] + hours:
        assert found.holds(start, start) == asked_for(when, now, start, name), start


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize("when", [When.TODAY, When.TONIGHT, When.TOMORROW])
def test_windows_around_every_change_of_clocks(name: str, when: When) -> None:
    for change in changes_of_clocks(name)[:4]:
        for now in (change - 25 * HOUR, change - 5 * HOUR, change - MINUTE, change, change + 3 * HOUR):
            found = window(when, now, name)
            for start in (found.since - MINUTE, found.since, found.until - MINUTE, found.until):
                assert found.holds(start, start) == asked_for(when, now, start, name), (now, start)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("when", "now", "since", "until"),
    [
        # New York, in UTC: five hours behind in winter, four in summer.
        ("today", "2026-11-23 23:00", "2026-11-23 22:50", "2026-11-24 05:00"),
        ("today", "2026-11-23 05:05", "2026-11-23 04:55", "2026-11-24 05:00"),  # 00:05: yesterday's last
        ("tomorrow", "2026-11-23 23:00", "2026-11-24 05:00", "2026-11-25 05:00"),
        ("tomorrow", "2026-10-31 16:00", "2026-11-01 04:00", "2026-11-02 05:00"),  # 25 hours
        ("tomorrow", "2026-03-07 17:00", "2026-03-08 05:00", "2026-03-09 04:00"),  # 23 hours
        ("tonight", "2026-11-23 17:00", "2026-11-23 22:00", "2026-11-24 09:00"),  # at noon
        ("tonight", "2026-11-23 22:05", "2026-11-23 22:00", "2026-11-24 09:00"),  # 17:05
        ("tonight", "2026-11-24 02:00", "2026-11-24 01:50", "2026-11-24 09:00"),  # 21:00
        ("tonight", "2026-11-24 07:00", "2026-11-24 06:50", "2026-11-24 09:00"),  # 02:00: the running night
        ("tonight", "2026-11-24 08:59", "2026-11-24 08:49", "2026-11-24 09:00"),
        ("tonight", "2026-11-24 09:00", "2026-11-24 22:00", "2026-11-25 09:00"),  # 04:00: the next one
    ],
)
def test_windows_in_new_york(when: str, now: str, since: str, until: str) -> None:
    assert window(When(when), utc(now), "America/New_York") == Window(utc(since), utc(until))


@pytest.mark.parametrize(
    ("start", "end", "held"),
    [
        ("11:00", "12:00", False),  # over
        ("11:00", "12:01", True),  # in progress
        ("12:00", "12:30", True),
        ("13:00", "14:00", True),  # the sixtieth minute
        ("13:01", "14:00", False),
    ],
)
def test_now_is_what_runs_or_starts_within_the_hour(start: str, end: str, held: bool) -> None:
    found = window(When.NOW, utc("2026-11-23 12:00"), "UTC")
    assert found.holds(utc(f"2026-11-23 {start}"), utc(f"2026-11-23 {end}")) is held


def test_today_leaves_out_what_began_long_ago_even_if_it_runs() -> None:
    found = window(When.TODAY, utc("2026-11-23 12:00"), "UTC")
    assert found.holds(utc("2026-11-23 11:50"), utc("2026-11-23 13:00"))
    assert not found.holds(utc("2026-11-23 11:49"), utc("2026-11-23 13:00"))


def test_an_unknown_zone_is_an_error() -> None:
    with pytest.raises(KeyError):
        window(When.NOW, utc("2026-11-23 12:00"), "Mars/Olympus")
