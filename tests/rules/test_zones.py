"""Zone rules are those of the pinned package, whatever the machine carries."""

from datetime import UTC, datetime, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest

from rules.zones import is_zone, zone, zone_names


@pytest.mark.parametrize("name", ["America/Vancouver", "Africa/Casablanca", "Europe/Chisinau", "Asia/Tokyo"])
def test_rules_come_from_the_package(name: str) -> None:
    with (files("tzdata") / "zoneinfo" / name).open("rb") as rules:
        packaged = ZoneInfo.from_file(rules)
    days = [datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=day) for day in range(3 * 365)]
    assert [day.astimezone(zone(name)).utcoffset() for day in days] == [
        day.astimezone(packaged).utcoffset() for day in days
    ]


@pytest.mark.parametrize(
    "name", ["Mars/Olympus", "america/new_york", "", "../etc/passwd", "Factory", "localtime"]
)
def test_what_is_no_zone(name: str) -> None:
    assert not is_zone(name)
    with pytest.raises(KeyError):
        zone(name)


def test_names_hold_the_old_and_the_new() -> None:
    assert {"UTC", "Europe/Kyiv", "Europe/Kiev", "America/Argentina/Buenos_Aires"} <= zone_names()
