"""Asks a live BMLT root server for all it has: meetings page by page, then its formats and service bodies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from urllib.parse import parse_qsl, urlsplit

import requests
from django.utils.translation import gettext as _

from meetings.feeds.fetch import download, is_address, open_session
from meetings.feeds.plain_json import IN_MEMORY, opened, too_large
from meetings.feeds.reading import FeedError

PAGE = 1000
MOST_PAGES = 1000
# A main-table field, so that the server sorts before it cuts the page.
SORTED = "id_bigint"
_ENDPOINT = "client_interface/json/"


@dataclass(frozen=True, slots=True)
class Answers:
    """A server's three answers, each a JSON array."""

    meetings: IO[bytes]
    formats: IO[bytes]
    service_bodies: IO[bytes]


def is_server(location: str) -> bool:
    """Whether a location is a root server's address: ".../main_server/", or an address below it."""
    try:
        return is_address(location) and bool(_root(location))
    except ValueError:  # an unclosed [; `fetch` tells of it
        return False


def _root(location: str) -> str:
    parts = urlsplit(location.strip())
    path = parts.path.rstrip("/")
    before, interface, _rest = path.partition("/client_interface")
    if interface or path.endswith("/main_server"):
        return f"{parts.scheme}://{parts.netloc}{before if interface else path}/"
    return ""


@contextmanager
def ask(location: str, limit: int) -> Iterator[Answers]:
    """The answers of a server, `limit` bytes each at most. Filters in the address (services=3) are kept."""
    endpoint = _root(location) + _ENDPOINT
    filters = {
        key: value
        for key, value in parse_qsl(urlsplit(location).query)
        if key not in {"switcher", "page_size", "page_num", "sort_keys", "callback", "data_field_key"}
    }
    with ExitStack() as stack:
        session = stack.enter_context(open_session())
        yield Answers(
            stack.enter_context(_all_pages(session, endpoint, filters, limit)),
            stack.enter_context(download(session, endpoint, limit, switcher="GetFormats")),
            stack.enter_context(download(session, endpoint, limit, switcher="GetServiceBodies")),
        )


@contextmanager
def _all_pages(
    session: requests.Session, endpoint: str, filters: dict[str, str], limit: int
) -> Iterator[IO[bytes]]:
    """All meetings as one JSON array. A server that knows no pages sends everything at once."""
    with SpooledTemporaryFile(max_size=IN_MEMORY) as file:
        seen: set[str] = set()
        file.write(b"[")
        for number in range(1, MOST_PAGES + 1):
            page = _page(session, endpoint, filters, number, limit)
            fresh = [row for row in page if _id(row) not in seen]
            seen.update(map(_id, fresh))
            for row in fresh:
                file.write((b",\n" if file.tell() > 1 else b"") + json.dumps(row).encode())
            if file.tell() > limit:
                raise too_large(limit)
            if len(page) != PAGE or not fresh:
                break
        file.write(b"]")
        file.seek(0)
        yield file


def _page(
    session: requests.Session, endpoint: str, filters: dict[str, str], number: int, limit: int
) -> list[Any]:
    query = {"switcher": "GetSearchResults", "page_size": str(PAGE), "page_num": str(number)}
    query |= {"sort_keys": SORTED, **filters}
    with download(session, endpoint, limit, **query) as stream, opened(stream) as document:
        rows = [row for _number, row in document.rows("meetings")]
    if number == 1 and not rows:
        raise FeedError(_("The server answers, but lists no meetings."), permanent=False)
    return rows


def _id(row: Any) -> str:
    return str(row.get("id_bigint")) if isinstance(row, dict) else repr(row)[:200]
