"""From "Where are you?" to a meeting and back: on any device, by day and night, with script and without."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from meetings.models import Meeting
from tests.journeys.conftest import DESKTOP, DEVICES, PHONE, Device, Open

pytestmark = pytest.mark.journey
HERE = "40.668,-73.981"


def names(page: Page) -> list[str]:
    """The meetings of the list, as they stand."""
    return page.locator("#list .slot-name a").all_inner_texts()


def find(page: Page, place: str) -> None:
    """Type where one is, and ask."""
    page.goto("/")
    page.get_by_label("Where are you?").fill(place)
    page.get_by_role("button", name="Find", exact=True).click()
    page.wait_for_url(re.compile(r"near="))
    expect(page.locator("#list")).to_be_visible()


def tick(page: Page, name: str, device: Device) -> None:
    """Choose a filter; without script that takes a button."""
    box = page.get_by_role("checkbox", name=re.compile(rf"^{name}"))
    if not box.is_visible():
        page.get_by_text("Filters", exact=False).first.click()
    box.check()
    if not device.script:
        page.get_by_role("button", name=re.compile("^Show .* meeting")).click()
    page.wait_for_url(re.compile(r"day=2"))
    if device.script or device.name == "desktop":
        expect(box).to_be_checked()
    expect(page.locator("#filters > summary")).to_contain_text("1 chosen")


@pytest.mark.parametrize("device", DEVICES, ids=str)
def test_search_filter_page_open_back_and_share(open_page: Open, town: list[Meeting], device: Device) -> None:
    page = open_page(device)
    find(page, HERE)
    expect(page.locator("#tally")).to_have_text("62 meetings")
    assert names(page)[0] == "Kitchen Table"

    tick(page, "Tuesday", device)
    expect(page.locator("#tally")).to_have_text("9 meetings")
    assert parse_qs(urlsplit(page.url).query) == {"near": [HERE], "day": ["2"], "order": ["soonest"]}

    page.goto(page.url + "&limit=5")
    page.get_by_role("link", name="Page 2").click()
    page.wait_for_url(re.compile("cursor=o5"))
    expect(page.locator("#list .slot")).to_have_count(4)
    second, address = names(page), page.url

    page.locator("#list .slot-name a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(second[0])
    page.go_back()
    expect(page.locator("#list .slot")).to_have_count(4)
    assert (names(page), page.url) == (second, address)

    friend = open_page(Device("phone", 390, 844, "light", not device.script))
    friend.goto(address)
    assert names(friend) == second


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=str)
def test_the_back_button_undoes_filters_one_by_one(
    open_page: Open, town: list[Meeting], device: Device
) -> None:
    page = open_page(device)
    find(page, HERE)
    everything = names(page)
    tick(page, "Tuesday", device)
    page.get_by_role("link", name="Online", exact=True).click()
    page.wait_for_url(re.compile("attendance=online"))
    page.go_back()
    expect(page.locator("#tally")).to_have_text("9 meetings")
    page.go_back()
    expect(page.locator("#tally")).to_have_text("62 meetings")
    assert names(page) == everything
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_a_filter_keeps_the_focus_and_says_how_many(open_page: Open, town: list[Meeting]) -> None:
    page = open_page(DESKTOP)
    find(page, HERE)
    page.get_by_role("checkbox", name=re.compile("^Tuesday")).focus()
    page.keyboard.press("Space")
    page.wait_for_url(re.compile("day=2"))
    expect(page.locator("#said")).to_contain_text("9 meetings")
    assert page.evaluate("document.activeElement.id") == "f-day-2"


def test_the_focus_goes_to_the_new_list_when_its_link_is_gone(open_page: Open, town: list[Meeting]) -> None:
    page = open_page(DESKTOP)
    page.goto(f"/?near={HERE}&limit=10")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    page.get_by_role("link", name="Next 10").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("cursor=o10"))
    expect(page.locator("#tally")).to_be_focused()


def test_filters_stay_open_on_a_phone(open_page: Open, town: list[Meeting]) -> None:
    page = open_page(PHONE)
    find(page, HERE)
    tick(page, "Tuesday", PHONE)
    expect(page.get_by_role("checkbox", name=re.compile("^Monday"))).to_be_visible()
    expect(page.get_by_role("checkbox", name=re.compile("^Tuesday"))).to_be_focused()


def test_a_time_of_day_is_chosen_and_taken_away_again(open_page: Open, town: list[Meeting]) -> None:
    page = open_page(DESKTOP)
    find(page, HERE)
    tick(page, "Tuesday", DESKTOP)
    page.get_by_role("link", name=re.compile("^Evening")).click()
    expect(page.locator("#filters > summary")).to_contain_text("2 chosen")
    asked = parse_qs(urlsplit(page.url).query)
    assert (asked["near"], asked["day"], asked["from"]) == ([HERE], ["2"], ["17:00"])
    page.get_by_role("link", name=re.compile("^Evening")).click()
    page.wait_for_url(lambda url: "from=" not in url)
    expect(page.locator("#filters > summary")).to_contain_text("1 chosen")


@pytest.mark.parametrize("device", [DEVICES[0], DEVICES[1], DEVICES[4], DEVICES[5]], ids=str)
def test_list_and_map_show_the_same(open_page: Open, town: list[Meeting], device: Device) -> None:
    page = open_page(device)
    page.goto(f"/?near={HERE}&when=tonight&order=soonest")
    listed = names(page)
    page.get_by_role("link", name="Map", exact=True).click()
    page.wait_for_url(re.compile("view=map"))
    expect(page.locator("#map")).to_be_visible()
    assert names(page) == listed
    if not device.script:
        expect(page.locator("svg.map-plain a").first).to_be_visible()
        return
    pins = page.locator("#map-live .pin")
    expect(pins.first).to_be_visible()
    pins.first.focus()
    page.keyboard.press("Enter")
    link = page.locator(".leaflet-popup a").filter(has_text=listed[0])
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(listed[0])


def test_my_location_is_asked_on_a_tap_and_rounded(open_page: Open, town: list[Meeting]) -> None:
    page = open_page(
        PHONE, geolocation={"latitude": 40.66812345, "longitude": -73.98098765}, permissions=["geolocation"]
    )
    page.goto("/")
    page.get_by_role("button", name="Use my location").click()
    page.wait_for_url(re.compile("near="))
    assert parse_qs(urlsplit(page.url).query)["near"] == ["40.668,-73.981"]
    expect(page.locator("#tally")).to_have_text("62 meetings")


def test_a_refused_location_leaves_a_way(open_page: Open, town: list[Meeting]) -> None:
    page = open_page(PHONE, permissions=[])
    page.goto("/")
    page.get_by_role("button", name="Use my location").click()
    expect(page.locator("#here-said")).to_contain_text("type a street or a town")
    expect(page.get_by_label("Where are you?")).to_be_focused()


def test_without_script_there_is_no_button_that_needs_it(open_page: Open, town: list[Meeting]) -> None:
    page = open_page(DEVICES[1])
    page.goto("/")
    expect(page.get_by_role("button", name="Use my location")).to_be_hidden()
    expect(page.get_by_role("button", name="Near me")).to_be_hidden()


def test_times_are_the_devices_own_from_the_first_visit(open_page: Open, town: list[Meeting]) -> None:
    page = open_page(PHONE, timezone_id="Europe/Paris")
    page.goto("/?attendance=online")
    expect(page.locator("#list .slot-time").first).to_contain_text("CET")
    expect(page.locator("#results")).to_contain_text("as on your device")
    assert "tz=" not in page.url


def test_join_details_come_with_a_tap(open_page: Open, town: list[Meeting]) -> None:
    for device in (DEVICES[0], DEVICES[1]):
        page = open_page(device)
        page.goto("/?attendance=online")
        page.get_by_role("link", name="Any Lengths").click()
        expect(page.get_by_text("Passcode 1234")).to_have_count(0)
        page.get_by_role("button", name=re.compile("^Show the link")).click()
        expect(page.get_by_text("Passcode 1234")).to_be_visible()
        expect(page.get_by_role("link", name="Open the video room")).to_have_attribute(
            "rel", re.compile("noreferrer")
        )


def test_a_meetings_address_is_fit_to_be_shared(open_page: Open, town: list[Meeting]) -> None:
    page = open_page(PHONE)
    page.goto(f"/?near={HERE}&order=soonest")
    page.get_by_role("link", name="Lamplighters").click()
    expect(page.locator(".fit").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"/meetings/[^?]*$"))
    page.get_by_role("link", name="Back to the list").click()
    expect(page.locator("#tally")).to_have_text("62 meetings")


def test_a_lost_connection_keeps_the_list(open_page: Open, town: list[Meeting], request: Any) -> None:
    page = open_page(DESKTOP)
    find(page, HERE)
    before = names(page)
    page.route("**/?near=*", lambda route: route.abort())
    page.remove_listener("console", request.getfixturevalue("watch").console)
    page.get_by_role("checkbox", name=re.compile("^Tuesday")).click()
    expect(page.get_by_role("alert").filter(has_text="No connection.")).to_be_visible()
    assert names(page) == before

    page.get_by_label("Where are you?").fill("Nowhere at all")
    page.get_by_role("button", name="Find", exact=True).click()
    again = page.get_by_role("link", name="Try again")
    expect(again).to_have_attribute("href", re.compile("near=Nowhere"))
    page.unroute("**/?near=*")
    again.click()
    page.wait_for_url(re.compile("near=Nowhere"))


def test_places_are_suggested_while_typing_and_taken_with_the_keyboard(
    open_page: Open, town: list[Meeting]
) -> None:
    page = open_page(DESKTOP)
    places = [{"label": "Brooklyn, New York"}, {"label": HERE}]
    page.route("**/api/v1/places/**", lambda route: route.fulfill(json={"places": places}))
    page.goto("/")
    box = page.get_by_role("combobox", name="Where are you?")
    box.press_sequentially("Broo")
    expect(page.locator(".combo [role=option]")).to_have_count(2)
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    box.press("ArrowDown")
    expect(page.locator(".combo [aria-selected=true]")).to_have_text(HERE)
    box.press("Enter")
    page.wait_for_url(re.compile(r"near="))
    expect(page.locator("#tally")).to_have_text("62 meetings")
    expect(page.locator("#near-places")).to_be_hidden()


def test_escape_closes_the_suggestions_and_keeps_the_words(open_page: Open, town: list[Meeting]) -> None:
    page = open_page(PHONE)
    page.route("**/api/v1/places/**", lambda route: route.fulfill(json={"places": [{"label": "Brooklyn"}]}))
    page.goto("/")
    box = page.get_by_role("combobox", name="Where are you?")
    box.press_sequentially("Broo")
    expect(page.locator(".combo [role=option]")).to_have_count(1)
    box.press("Escape")
    expect(page.locator("#near-places")).to_be_hidden()
    expect(box).to_have_value("Broo")


def test_the_map_follows_the_filters(open_page: Open, town: list[Meeting]) -> None:
    page = open_page(DESKTOP)
    page.goto(f"/?near={HERE}&order=soonest&view=map")
    expect(page.locator("#map-live .pin").first).to_be_visible()
    page.get_by_role("checkbox", name=re.compile("^Tuesday")).check()
    page.wait_for_url(re.compile("day=2"))
    assert "view=map" in page.url
    expect(page.locator("#tally")).to_have_text("9 meetings")
    expect(page.locator("#map-live .pin").first).to_be_visible()
