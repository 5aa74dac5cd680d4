"""Groups, places, the pages that explain, and help now."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from config.checks import audience_of
from meetings.crisis import REGIONS, region_of
from meetings.models import Group
from rules.listing import Attendance
from tests.builders import group, listing, meeting, online_listing, place, slot, stored
from tests.meetings.views.reading import HERE, get, words

pytestmark = pytest.mark.django_db


def test_a_group_shows_its_week_and_how_to_reach_it(drew: Client) -> None:
    facts = group(
        notes="We keep the kettle on.", website="example.org", email="hi@example.org", phone="555 0100"
    )
    one, _two = stored(
        listing(source_id="a", name="Tuesday", group=facts),
        listing(source_id="b", name="Sunday", group=facts, slot=slot(weekday=0, start="09:00")),
    )
    assert one.group
    response = get(drew, one.group.get_absolute_url())
    said = words(response)
    assert "Kitchen Table Group Alcoholics Anonymous We keep the kettle on." in said
    assert said.index("7:30 pm EST Tuesday") < said.index("9:00 am EST Sunday")
    for link in ('href="https://example.org"', 'href="mailto:hi@example.org"', 'href="tel:5550100"'):
        assert link in response.content.decode()


def test_a_group_without_meetings_says_so(drew: Client) -> None:
    found = meeting(group=group())
    Group.objects.filter(pk=found.group_id).update(slug="empty")
    found.group = None
    found.save()
    assert "No meeting is listed here at the moment." in words(get(drew, "/groups/empty/"))


def test_a_pin_that_is_a_guess_is_not_drawn_on_its_places_page(drew: Client) -> None:
    found = meeting(place=place(approximate=True))
    assert found.place
    response = get(drew, found.place.get_absolute_url())
    assert "We know the spot on the map only roughly." in words(response)
    assert "map-plain" not in response.content.decode()


def test_a_place_shows_what_meets_there_and_a_map(drew: Client) -> None:
    found = meeting(place=place(notes="Lift from the lane"))
    meeting(
        source_id="on", name="Only Based Here", attendance=Attendance.ONLINE, online=online_listing().online
    )
    assert found.place
    response = get(drew, found.place.get_absolute_url())
    said = words(response)
    assert "Mill Lane Community Room 12 Mill Lane, Brooklyn, NY 11215 Lift from the lane" in said
    assert "Tuesday 7:30 pm EST Kitchen Table" in said
    assert "Only Based Here" not in said
    assert '<svg class="map-plain"' in response.content.decode()


def test_a_first_time_is_explained_and_leads_to_newcomers_meetings(drew: Client) -> None:
    response = get(drew, "/first-time/")
    assert "You can just turn up. No name, no booking, no cost." in words(response)
    link = re.search(r'href="(/\?type_any=[^"]*)"', response.content.decode())
    assert link
    meeting(types=("BE", "O"))
    assert "Kitchen Table" in words(get(drew, link[1].replace("&amp;", "&")))


def test_families_are_led_to_their_own_meetings(drew: Client) -> None:
    meeting(fellowship="al-anon", types=())
    html = get(drew, "/families/").content.decode()
    assert 'href="/?fellowship=al-anon&amp;order=soonest"' in html


def test_help_now_is_whole_without_script_and_small(drew: Client) -> None:
    stored(
        listing(source_id="a", name="Round the Corner", slot=slot(weekday=1, start="18:25")),
        online_listing(source_id="b", name="From Home", slot=slot(weekday=1, start="17:55")),
    )
    response = get(drew, f"/help-now/?near={HERE}")
    html, said = response.content.decode(), words(response)
    assert len(response.content) < 30_000
    assert "<script" not in html
    assert '<link rel="stylesheet"' not in html
    for fact in (
        "You came to the right place.",
        "Round the Corner",
        "From Home",
        "1 on now",
        "Crisis lines in the United States",
    ):
        assert fact in said
    for link in ('href="tel:988"', 'href="sms:988"', 'href="tel:911"', 'href="tel:116123"'):
        assert link in html


def test_the_help_pages_style_is_the_one_that_the_policy_names(drew: Client) -> None:
    response = drew.get("/help-now/")
    style = re.search(r"<style>(.*?)</style>", response.content.decode(), re.DOTALL)
    assert style
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("cookie", "language", "said"),
    [
        ("Europe/London", "en-US", "the United Kingdom"),
        ("Australia/Sydney", "en-US", "Australia"),
        ("Pacific/Auckland", "en", "New Zealand"),
        ("Europe/Berlin", "de", "Czechia, Germany, Hungary, Latvia and Poland"),
        ("Europe/Paris", "fr-FR", "France"),
        ("Europe/Rome", "it", "the rest of Europe"),
        ("", "en-CA", "Canada"),
        ("", "en-IE", "Ireland"),
    ],
)
def test_crisis_lines_are_those_of_the_region(drew: Client, cookie: str, language: str, said: str) -> None:
    if cookie:
        drew.cookies["tz"] = cookie
    response = drew.get("/help-now/", headers={"accept-language": language})
    assert f"Crisis lines in {said}" in words(response)


def test_where_no_lines_are_known_all_stand_open(drew: Client) -> None:
    drew.cookies["tz"] = "Asia/Tokyo"
    html = drew.get("/help-now/").content.decode()
    assert "<details open>" in html
    assert html.count('href="tel:988"') == 3


def test_where_no_line_surely_answers_none_is_shown_as_the_country_s(drew: Client) -> None:
    """A number set aside for the whole EU rings in a part of it only."""
    drew.cookies["tz"] = "Europe/Rome"
    html = drew.get("/help-now/").content.decode()
    own, others = html.split("<details open>")
    assert 'href="tel:112"' in own
    assert "tel:116123" not in own
    assert "tel:116123" in others
    assert "findahelpline.com" in others


def test_every_region_has_an_emergency_number_and_a_day_of_checking() -> None:
    assert all(region.emergency.isdigit() and region.checked.year >= 2026 for region in REGIONS)
    codes = [code for region in REGIONS for code in region.codes]
    assert len(codes) == len(set(codes))
    assert all(line.call or line.text for region in REGIONS for line in region.lines)
    assert region_of("US") is REGIONS[0]
    assert region_of("") is None


@pytest.mark.parametrize(
    "address", ["/", "/first-time/", "/families/", "/privacy/", "/help-now/", "/robots.txt"]
)
def test_pages_hold_no_style_attribute_no_inline_script_and_nothing_from_elsewhere(
    drew: Client, address: str
) -> None:
    meeting()
    html = get(drew, address).content.decode()
    assert not re.search(r"\sstyle=", html)
    assert not re.search(r"<script(?![^>]*\b(src|type=\"application/json\"))", html)
    assert not re.search(r'(?:src|<link(?! rel="alternate")[^>]*href)="(?:https?:)?//', html)


@pytest.mark.parametrize("address", ["/", "/first-time/", "/families/", "/privacy/", "/nowhere/"])
def test_help_is_one_tap_away_everywhere(drew: Client, address: str) -> None:
    assert 'href="/help-now/"' in get(drew, address).content.decode()


def test_no_page_sets_a_cookie(drew: Client) -> None:
    found = meeting()
    for address in ("/", found.get_absolute_url(), "/help-now/", "/first-time/", "/privacy/"):
        assert not get(drew, address).cookies, address


def test_every_page_is_for_everybody() -> None:
    pages = {pattern.name: pattern.callback for pattern in _patterns("meetings.urls")}
    assert {"find", "meeting", "join", "group", "place", "help-now", "first-time"} <= set(pages)
    assert {audience_of(view, []) for view in pages.values()} == {"public"}


def _patterns(module: str) -> list[Any]:
    return [one for one in get_resolver(module).url_patterns if hasattr(one, "name")]


def test_a_small_thing_for_tabs_and_robots(drew: Client) -> None:
    assert drew.get("/favicon.ico").status_code == 301
    assert "Disallow: /*/join/" in drew.get("/robots.txt").content.decode()
