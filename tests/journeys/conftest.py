"""A real browser on the real pages: what it opens, what it must never do, and the town it walks about in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from meetings.models import Meeting, Source
from tests.builders import NOW, group, listing, online_listing, place, slot, source, stored

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Playwright's loop runs in this thread; the tests themselves are not asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@dataclass(frozen=True)
class Device:
    """A way of looking at the site."""

    name: str
    width: int
    height: int
    scheme: str
    script: bool

    def __str__(self) -> str:
        return f"{self.name}-{self.scheme}-{'script' if self.script else 'plain'}"


DEVICES = [
    Device(name, width, height, scheme, script)
    for name, width, height in (("phone", 390, 844), ("desktop", 1280, 900))
    for scheme in ("light", "dark")
    for script in (True, False)
]
PHONE, DESKTOP = DEVICES[0], DEVICES[4]


@dataclass
class Watch:
    """What a page did beside being looked at."""

    host: str
    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def request(self, request: Request) -> None:
        if not request.url.startswith((self.host, "data:", "blob:")):
            self.outside.append(request.url)

    def console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "status of 4" not in message.text:
            self.complaints.append(message.text)

    def error(self, error: Any) -> None:
        self.complaints.append(str(error))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, driven by Playwright."""
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


Open = Callable[..., Page]


@pytest.fixture
def watch(live_server: Any) -> Watch:
    """The eyes on the pages of one test."""
    return Watch(live_server.url)


@pytest.fixture
def open_page(browser: Browser, live_server: Any, watch: Watch) -> Iterator[Open]:
    """Opens pages on a device. Afterwards: nothing went outside, and nothing was complained of."""
    contexts = []

    def start(device: Device = PHONE, **options: Any) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": device.width, "height": device.height},
            color_scheme="dark" if device.scheme == "dark" else "light",
            java_script_enabled=device.script,
            **{"timezone_id": "America/New_York", "locale": "en-US", **options},
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("request", watch.request)
        page.on("console", watch.console)
        page.on("pageerror", watch.error)
        return page

    yield start
    for context in contexts:
        context.close()
    assert watch.outside == []
    assert watch.complaints == []


@pytest.fixture
def town(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> list[Meeting]:
    """A Monday at 6 pm in Brooklyn: 60 meetings in the week, some on now, one online."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    hall = place()
    halls = [
        place(
            name=f"Hall {n}",
            street=f"{n} Seventh Avenue",
            latitude=40.66 + n / 500,
            longitude=-73.98 - n / 700,
        )
        for n in range(1, 8)
    ]
    week = [
        listing(
            source_id=f"m{n}",
            name=f"Group {n}",
            place=halls[n % 7],
            slot=slot(weekday=n % 7, start=f"{8 + n % 13:02}:{15 * (n % 4):02}"),
            types=("D", "O") if n % 3 else ("C", "ST"),
            fellowship="aa",
            group=group(key=f"g{n % 20}", name=f"Group {n % 20}"),
        )
        for n in range(60)
    ]
    now = [
        listing(source_id="kitchen", name="Kitchen Table", place=hall, slot=slot(weekday=1, start="17:55")),
        listing(
            source_id="lamp",
            name="Lamplighters",
            place=hall,
            slot=slot(weekday=1, start="18:25"),
            notes="Blue door beside the bakery.",
            group=group(key="lamp", name="Lamplighters Group", notes="We keep the kettle on."),
        ),
        online_listing(slot=slot(weekday=1, start="18:10")),
    ]
    return stored(*now, *week, into=source(name="sample", kind=Source.Kind.SAMPLE))
