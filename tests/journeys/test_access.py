"""Nobody is shut out: accessibility rules on every page, targets, small screens, large text, paper."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import axe_core_python
import pytest
from playwright.sync_api import Page, expect

from meetings import editing
from meetings.models import Meeting
from tests.builders import NOW
from tests.journeys.conftest import DEVICES, Device, Open

pytestmark = pytest.mark.journey
AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text()
HERE = "40.668,-73.981"


def faults(page: Page) -> list[str]:
    """What axe finds, one line a fault."""
    page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def addresses(town: list[Meeting]) -> dict[str, str]:
    """Every kind of page there is."""
    kitchen, lamp, online = town[:3]
    paused, closed, removed = town[3:6]
    editing.pause(paused, by=None, now=NOW)
    editing.close(closed, by=None, now=NOW)
    editing.remove([removed], by=None, now=NOW)
    assert lamp.group
    assert kitchen.place
    return {
        "find": f"/?near={HERE}&order=soonest",
        "nearest": f"/?near={HERE}&limit=5",
        "map": f"/?near={HERE}&when=tonight&view=map",
        "bare": "/",
        "unknown": "/?near=xyzzy",
        "mend": "/?near=91,0&day=9&q=hall",
        "nothing": f"/?near={HERE}&radius_km=1&when=tonight&q=nobody",
        "meeting": f"{lamp.get_absolute_url()}?near={HERE}",
        "online": online.get_absolute_url(),
        "paused": paused.get_absolute_url(),
        "closed": closed.get_absolute_url(),
        "removed": removed.get_absolute_url(),
        "group": lamp.group.get_absolute_url(),
        "place": kitchen.place.get_absolute_url(),
        "help": f"/help-now/?near={HERE}",
        "first": "/first-time/",
        "families": "/families/",
        "privacy": "/privacy/",
        "lost": "/nowhere/",
    }


@pytest.mark.parametrize("device", DEVICES, ids=str)
def test_axe_finds_nothing_on_any_page(open_page: Open, town: list[Meeting], device: Device) -> None:
    if not device.script and device.scheme == "dark":
        pytest.skip("colours do not depend on script")
    # axe is a script itself: "without" is with ours empty.
    page = open_page(replace(device, script=True), bypass_csp=True)
    if not device.script:
        page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto("/privacy/")  # from here on the server knows the device's zone
    found = {}
    for name, address in addresses(town).items():
        page.goto(address)
        if name == "find" and page.locator("#filters > summary").is_visible():
            page.locator("#filters > summary").click()
        if faulty := faults(page):
            found[name] = faulty
    assert found == {}


@pytest.mark.parametrize(("width", "zoom"), [(320, 1), (390, 2)])
def test_nothing_is_cut_off_on_small_screens_and_with_large_text(
    open_page: Open, town: list[Meeting], width: int, zoom: int
) -> None:
    page = open_page(Device("small", width, 640, "light", True), bypass_csp=True)
    wide = []
    for name, address in addresses(town).items():
        page.goto(address)
        page.evaluate("size => document.documentElement.style.fontSize = size", f"{zoom * 100}%")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(name)
    assert wide == []


SMALL_TARGETS = """
() => Array.from(document.querySelectorAll('a[href], button, summary, select, input:not([type=hidden])'))
  .filter(each => each.checkVisibility() && !each.classList.contains('unseen'))
  .filter(each => !each.closest('p, li, dd, td, h1, h2, h3') || each.matches('.btn, .chip, summary, button'))
  .map(each => [each, each.closest('label') || each].map(one => one.getBoundingClientRect()))
  .filter(([own, label]) => Math.max(own.height, label.height) < 44 || Math.max(own.width, label.width) < 24)
  .map(([own]) => `${own.width} x ${own.height}`)
"""


@pytest.mark.parametrize("device", [DEVICES[0], DEVICES[4]], ids=str)
def test_what_one_taps_is_large_enough(open_page: Open, town: list[Meeting], device: Device) -> None:
    page = open_page(device)
    small = {}
    for name, address in addresses(town).items():
        if name == "map":
            continue  # pins are 30 to 50 px, and the list below has the same links
        page.goto(address)
        if found := page.evaluate(SMALL_TARGETS):
            small[name] = found
    assert small == {}


def test_focus_is_never_under_the_help_bar(open_page: Open, town: list[Meeting]) -> None:
    page = open_page(DEVICES[0])
    page.goto(f"/?near={HERE}&order=soonest")
    bar = page.locator(".helpbar").bounding_box()
    assert bar
    for _step in range(25):
        page.keyboard.press("Tab")
        box = page.evaluate(
            "() => { const r = document.activeElement.getBoundingClientRect(); return [r.top, r.bottom]; }"
        )
        in_bar = page.evaluate("() => !!document.activeElement.closest('.helpbar')")
        assert in_bar or box[0] < bar["y"], box


def test_the_first_tab_leads_past_the_head(open_page: Open, town: list[Meeting]) -> None:
    page = open_page(DEVICES[4])
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_on_paper_the_list_and_the_notice_stay_and_the_controls_go(
    open_page: Open, town: list[Meeting]
) -> None:
    page = open_page(DEVICES[4])
    page.goto(f"/?near={HERE}&order=soonest")
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Kitchen Table")).to_be_visible()
    expect(page.locator("#list .slot-day").first).to_have_text(re.compile(r"^\w{3} \d+ \w{3}$"))
    expect(page.locator("#list .slot-day").first).to_be_visible()
    for gone in (".helpbar", ".where", ".facets", ".pager", ".slot-rel"):
        expect(page.locator(gone).first).to_be_hidden()
