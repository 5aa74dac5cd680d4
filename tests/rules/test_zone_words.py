"""Time zones as people write them."""

import pytest

from rules.zone_words import guess_zone, is_plain_zone, same_clock
from rules.zones import is_zone, zone_names


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("EST", "America/New_York"),
        ("Eastern", "America/New_York"),
        ("ET", "America/New_York"),
        ("Eastern Standard Time", "America/New_York"),
        ("CT", "America/Chicago"),
        ("MST", "America/Denver"),
        ("Pacific", "America/Los_Angeles"),
        ("HST", "Pacific/Honolulu"),
        ("chicago", "America/Chicago"),
        ("new york", "America/New_York"),
        ("america/new_york", "America/New_York"),
        ("America/New York", "America/New_York"),
        ("BST", "Europe/London"),
        ("utc", "UTC"),
        ("Mars/Phobos", ""),
        ("Louisville", ""),  # two zones end so
        ("", ""),
    ],
)
def test_guess(written, meant):
    assert guess_zone(written) == meant
    assert not meant or is_zone(meant)


@pytest.mark.parametrize("name", ["America/New_York", "US/Pacific", "UTC", "GMT", "CET", "Europe/Kiev"])
def test_taken_at_its_word(name):
    assert is_plain_zone(name)


@pytest.mark.parametrize("name", ["EST", "MST", "HST", "america/new_york", "Mars/Phobos", ""])
def test_not_taken_at_its_word(name):
    assert not is_plain_zone(name)


def test_every_zone_of_a_region_is_taken_at_its_word():
    assert all(is_plain_zone(name) for name in zone_names() if "/" in name)


def test_same_clock():
    assert same_clock("America/New_York", "America/Detroit")
    assert not same_clock("America/New_York", "America/Panama")  # no summer time
    assert not same_clock("America/New_York", "America/Chicago")
