"""What the pages that explain promise is what this very site does."""

from typing import Any

import pytest
from django.test import Client

from tests.meetings.views.reading import get, words

pytestmark = pytest.mark.django_db


def test_a_site_that_asks_nobody_says_so(drew: Client) -> None:
    said = words(get(drew, "/privacy/"))
    assert "nothing loaded from other companies" in said
    assert "What you search for, and which meetings you open, is not written down." in said
    assert "map service" not in said


def test_a_site_that_asks_a_geocoder_says_so(drew: Client, settings: Any) -> None:
    settings.GEOCODER = "nominatim"
    said = words(get(drew, "/privacy/"))
    assert "This site asks a map service where that is." in said
    assert "We keep the words and the answer for 90 days" in said
    assert "What you search for" not in said


def test_a_site_with_map_tiles_says_so(drew: Client, settings: Any) -> None:
    settings.MAP_TILES_URL = "https://tiles.example.org/{z}/{x}/{y}.png"
    said = words(get(drew, "/privacy/"))
    assert "its pictures come from a map service" in said
    assert "nothing loaded from other companies" not in said


@pytest.mark.parametrize(
    "address",
    [
        "/meetings/kitchen-table/join/",
        "/api/v1/meetings/kitchen-table/",
        "/feeds/meetings.csv",
        "/main_server/client_interface/json/",
    ],
)
def test_robots_are_kept_from_where_join_details_stand(drew: Client, address: str) -> None:
    lines = get(drew, "/robots.txt").content.decode().splitlines()
    shut = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")]
    assert any(address.startswith(path) or ("*" in path and address.endswith("/join/")) for path in shut)
