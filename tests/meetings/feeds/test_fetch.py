"""Fetching: from files and from a server on this machine that behaves well or badly."""

import gzip
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from meetings.feeds import bmlt, bmlt_server
from meetings.feeds.fetch import FeedError, fetch

LIMIT = 1_000_000
ROWS = [{"id_bigint": str(number), "meeting_name": f"M{number}", "formats": "O"} for number in range(1, 2501)]


class Handler(BaseHTTPRequestHandler):
    """One path a behaviour; below /main_server/ a BMLT server with 2,500 meetings."""

    def log_message(self, *_args):
        pass

    def do_GET(self):
        self.server.asked.append(self)
        path = urlsplit(self.path).path
        if path.endswith("/client_interface/json/"):
            return self.answer(json.dumps(self.bmlt(parse_qs(urlsplit(self.path).query))).encode())
        status = {"/404": 404, "/410": 410, "/401": 401, "/500": 500, "/429": 429, "/418": 418}.get(path)
        if status:
            return self.send_error(status)
        if path in {"/loop", "/to-file"}:
            self.send_response(302)
            self.send_header("Location", "/loop" if path == "/loop" else "file:///etc/passwd")
            return self.end_headers()
        if path == "/gzip":
            return self.answer(gzip.compress(b"[]"), ("Content-Encoding", "gzip"))
        if path == "/broken":
            return self.answer(b"[", ("Content-Length", "1000"))
        return self.answer(b"[" + b" " * (2_000_000 if path == "/large" else 0) + b"]")

    def answer(self, body, *headers):
        self.send_response(200)
        for name, value in headers or (("Content-Length", str(len(body))),):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def bmlt(self, query):
        switcher = query["switcher"][0]
        if switcher == "GetFormats":
            return [{"id": "17", "key_string": "O", "name_string": "Open", "lang": "en", "world_id": "OPEN"}]
        if switcher == "GetServiceBodies":
            return [{"id": "1", "parent_id": "0", "name": "Region"}]
        rows = ROWS[: int(query.get("services", ["2500"])[0])]
        if "old" in self.path:  # knows no pages
            return rows
        size, number = int(query["page_size"][0]), int(query["page_num"][0])
        return rows[size * (number - 1) : size * number]


@pytest.fixture
def server():
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.asked = []
    thread = threading.Thread(target=httpd.serve_forever, args=(0.01,))
    thread.start()
    httpd.url = f"http://127.0.0.1:{httpd.server_port}"
    yield httpd
    httpd.shutdown()
    thread.join()
    httpd.server_close()


def test_file(tmp_path):
    path = tmp_path / "feed.json"
    path.write_bytes(b"[]")
    with fetch(str(path), LIMIT) as stream:
        assert stream.read() == b"[]"


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("no-such-file.json", "There is no file"),
        (".", "cannot be read"),
        ("a\0b", "cannot be read"),
        ("ftp://example.org/feed.json", "http or https"),
        ("http://pat:secret@127.0.0.1/feed", "password out of the address"),
        ("http://[broken/feed", "cannot be opened"),
    ],
)
def test_what_cannot_be_fetched(location, words):
    with pytest.raises(FeedError, match=words) as told, fetch(location, LIMIT):
        pass
    assert told.value.permanent


def test_too_large_a_file(tmp_path):
    path = tmp_path / "feed.json"
    path.write_bytes(b" " * 2_000_000)
    with pytest.raises(FeedError, match="larger than"), fetch(str(path), LIMIT):
        pass


@pytest.mark.parametrize("path", ["/feed", "/gzip"])
def test_address(server, path):
    with fetch(server.url + path, LIMIT) as stream:
        assert stream.read() == b"[]"
    assert server.asked[0].headers["Authorization"] is None
    assert "Homegroup" in server.asked[0].headers["User-Agent"]


@pytest.mark.parametrize(
    ("path", "words", "permanent"),
    [
        ("/404", "nothing at this address", True),
        ("/410", "for good", True),
        ("/401", "password", True),
        ("/418", "error \\(418\\)", True),
        ("/500", "error \\(500\\)", False),
        ("/429", "later", False),
        ("/loop", "never arrives", True),
        ("/to-file", "cannot be opened", True),
        ("/large", "larger than", True),
        ("/broken", "broke off", False),
    ],
)
def test_a_server_that_does_not_help(server, path, words, permanent):
    with pytest.raises(FeedError, match=words) as told, fetch(server.url + path, LIMIT):
        pass
    assert told.value.permanent is permanent


def test_nobody_there(server):
    with pytest.raises(FeedError, match="cannot be reached") as told, fetch("http://127.0.0.1:1/feed", LIMIT):
        pass
    assert not told.value.permanent


@pytest.mark.parametrize(
    ("location", "is_one"),
    [
        ("https://bmlt.example/main_server/", True),
        ("https://bmlt.example/main_server", True),
        ("https://bmlt.example/x/client_interface/json/", True),
        (
            "https://bmlt.example/main_server/client_interface/json/?switcher=GetSearchResults&services=3",
            True,
        ),
        ("https://bmlt.example/meetings.json", False),
        ("main_server/", False),
        ("http://[broken/main_server/", False),
    ],
)
def test_what_is_a_bmlt_server(location, is_one):
    assert bmlt_server.is_server(location) is is_one


@pytest.mark.parametrize(
    ("path", "count", "requests"),
    [
        ("/main_server/", 2500, 5),
        ("/main_server/client_interface/json/", 2500, 5),
        ("/old/main_server", 2500, 3),
        ("/main_server/client_interface/json/?switcher=GetSearchResults&services=7&page_size=2", 7, 3),
    ],
)
def test_a_bmlt_server_is_asked_page_by_page(server, path, count, requests):
    reading = bmlt.load(server.url + path, limit=LIMIT)
    assert [listing.source_id for listing in reading.listings] == [str(one) for one in range(1, count + 1)]
    assert reading.listings[0].types == ("O",)
    assert reading.bodies[0].name == "Region"
    assert len(server.asked) == requests


def test_a_bmlt_server_without_meetings_changes_nothing(server):
    with pytest.raises(FeedError, match="lists no meetings"):
        bmlt.load(f"{server.url}/main_server/client_interface/json/?services=0", limit=LIMIT)


def test_a_bmlt_server_has_a_limit(server):
    with pytest.raises(FeedError, match="larger than"):
        bmlt.load(f"{server.url}/main_server/", limit=100_000)


def test_bmlt_from_files(tmp_path):
    for name, rows in (("m", ROWS[:2]), ("f", []), ("b", [{"id": "1", "name": "Area"}])):
        (tmp_path / name).write_text(json.dumps(rows))
    reading = bmlt.load(
        str(tmp_path / "m"), formats=str(tmp_path / "f"), service_bodies=str(tmp_path / "b"), limit=LIMIT
    )
    assert (len(reading.listings), reading.bodies[0].name) == (2, "Area")
