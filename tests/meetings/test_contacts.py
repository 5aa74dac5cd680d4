"""Addresses and numbers from listings: what may be tapped and what may not."""

import pytest

from meetings import contacts
from meetings.models import Place


@pytest.mark.parametrize(
    ("said", "link"),
    [
        ("https://meet.example.org/a?b=1", "https://meet.example.org/a?b=1"),
        ("  http://example.org ", "http://example.org"),
        ("www.example.org/rooms", "https://www.example.org/rooms"),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt://example.org/%0aalert(1)", ""),
        ("data:text/html,<script>", ""),
        ("ask at the door", ""),
        ("https://", ""),
        ("http://[bad", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_become_links(said: str, link: str) -> None:
    assert contacts.web(said) == link


@pytest.mark.parametrize(
    ("said", "link"),
    [
        ("+1 (555) 010-0142", "tel:+15550100142"),
        ("+1-555-0100,,123456#", "tel:+15550100,,123456%23"),
        ("116 123", "tel:116123"),
        ("see website", ""),
        ("", ""),
    ],
)
def test_numbers_become_what_one_dials(said: str, link: str) -> None:
    assert contacts.tel(said) == link


@pytest.mark.parametrize(
    ("said", "link"),
    [
        ("a.group@example.org", "mailto:a.group@example.org"),
        ("a@b?bcc=c@d", ""),
        ("no mail", ""),
    ],
)
def test_only_mail_addresses_can_be_written_to(said: str, link: str) -> None:
    assert contacts.mail(said) == link


def test_directions_lead_to_the_pin() -> None:
    found = contacts.directions(Place(name="Hall & Co", latitude=40.6681, longitude=-73.9806))
    assert found
    assert found.web == "https://www.openstreetmap.org/directions?to=40.66810,-73.98060"
    assert found.phone == "geo:40.66810,-73.98060?q=40.66810,-73.98060(Hall%20%26%20Co)"


def test_directions_go_by_the_address_where_the_pin_is_a_guess() -> None:
    place = Place(street="12 Mill Lane", city="Hamilton", latitude=43.2, longitude=-79.8, approximate=True)
    found = contacts.directions(place)
    assert found
    assert found.web.endswith("search?query=12%20Mill%20Lane%2C%20Hamilton")


def test_there_is_no_way_to_a_mere_town() -> None:
    assert (
        contacts.directions(Place(city="Hamilton", latitude=43.2, longitude=-79.8, approximate=True)) is None
    )
    assert contacts.directions(Place()) is None
