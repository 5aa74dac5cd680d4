"""An unmodified BMLT client in a real browser, on a page of another site: croutonjs, as npm has it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser

from tests.bmlt_data import NEW_YORK, needs_shared, new_york

pytestmark = [pytest.mark.journey, needs_shared]

CROUTON = "@bmlt-enabled/croutonjs"
VERSION = "4.1.12"
CACHE = Path(__file__).resolve().parents[2] / "var" / "npm"
LONG_ISLAND = "2"

PAGE = """<!doctype html><meta charset="utf-8"><title>An area's own page</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="crouton.min.css">
<script src="crouton.min.js"></script><div id="bmlt-tabs"></div>
<script>
const crouton = new Crouton({
  root_server: "%(root)s", service_body: ["%(body)s"], recurse_service_bodies: true, language: "en-US",
  time_format: "h:mm a", map_search: null, theme: "jack", has_tabs: "1"});
crouton.meetingCount(count => { document.title = "found " + count; });
crouton.render();
</script>"""


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: Any) -> None:
        """No line for a request."""


@pytest.fixture(scope="session")
def package() -> Path:
    """The client's files; fetched once into var/npm."""
    folder = CACHE / "node_modules" / CROUTON
    if not (folder / "crouton.min.js").exists():
        npm = shutil.which("npm")
        if not npm:
            pytest.skip("npm is not on this machine: apt-get install npm")
        CACHE.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(CACHE)]
        done = subprocess.run(
            [*command, f"{CROUTON}@{VERSION}"], capture_output=True, text=True, timeout=180, check=False
        )
        if done.returncode:
            pytest.skip(f"npm could not fetch {CROUTON}: {done.stderr.strip().splitlines()[-1:]}")
    return folder


@pytest.fixture
def elsewhere(package: Path, tmp_path: Path, live_server: Any) -> Iterator[str]:
    """A site of its own that shows the meetings of Long Island by way of ours."""
    site = tmp_path / "site"
    shutil.copytree(package, site)
    root = f"{live_server.url}/main_server/"
    (site / "index.html").write_text(PAGE % {"root": root.rstrip("/"), "body": LONG_ISLAND})
    (site / "slash.html").write_text(PAGE % {"root": root, "body": LONG_ISLAND})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_crouton_shows_a_service_body_and_all_below_it(
    transactional_db: None, live_server: Any, elsewhere: str, browser: Browser
) -> None:
    files = {name: str(path) for name, path in NEW_YORK.items()}
    call_command(
        "import_feed",
        "bmlt",
        files["meetings"],
        formats=files["formats"],
        service_bodies=files["service-bodies"],
        verbosity=0,
    )
    parents = {one["id"]: one["parent_id"] for one in new_york("service-bodies")}

    def is_below(number: str) -> bool:
        return number == LONG_ISLAND or (number in parents and is_below(parents[number]))

    expected = [one for one in new_york("meetings") if is_below(one["service_body_bigint"])]
    assert len({one["service_body_bigint"] for one in expected}) > 1
    context = browser.new_context()
    for name in ("index.html", "slash.html"):
        page, errors = context.new_page(), []
        page.on("pageerror", lambda error, errors=errors: errors.append(str(error)))
        page.goto(f"{elsewhere}/{name}")
        page.wait_for_function("document.title.startsWith('found')", timeout=30_000)
        assert page.title() == f"found {len(expected)}"
        shown = page.locator("#bmlt-tabs .meeting-name").all_text_contents()
        assert {one["meeting_name"].strip() for one in expected} <= {text.strip() for text in shown}
        assert errors == []
    context.close()
