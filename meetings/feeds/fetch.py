"""Gets a feed from a file or an address, politely and within limits, or says in plain words why not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import SpooledTemporaryFile
from time import monotonic
from typing import IO
from urllib.parse import urlsplit

import requests
from django.utils.translation import gettext as _

from meetings.feeds.plain_json import CHUNK, IN_MEMORY, too_large
from meetings.feeds.reading import FeedError

__all__ = ["FeedError", "fetch", "is_address", "open_session"]

CONNECT_SECONDS = 10
SILENT_SECONDS = 60
WHOLE_SECONDS = 15 * 60
MOST_REDIRECTS = 5
AGENT = "Homegroup (reads meeting feeds)"


def is_address(location: str) -> bool:
    """Whether a location is on the web, not a file."""
    return location.strip().lower().startswith(("http://", "https://"))


@contextmanager
def fetch(location: str, limit: int) -> Iterator[IO[bytes]]:
    """The bytes of a file or a web address, seekable; `FeedError` beyond `limit` bytes, or on failure."""
    if is_address(location):
        with open_session() as session, download(session, location.strip(), limit) as stream:
            yield stream
    elif "://" in location:
        raise FeedError(_("A feed is a file, or an address with http or https."), permanent=True)
    else:
        with _open_file(Path(location), limit) as stream:
            yield stream


def _open_file(path: Path, limit: int) -> IO[bytes]:
    try:
        if path.stat().st_size > limit:
            raise too_large(limit)
        return path.open("rb")
    except FileNotFoundError:
        raise FeedError(_("There is no file %(path)s.") % {"path": path}, permanent=True) from None
    except (OSError, ValueError) as error:
        raise FeedError(_("%(path)s cannot be read.") % {"path": path}, permanent=True) from error


@contextmanager
def open_session() -> Iterator[requests.Session]:
    """A session that follows few redirects and never sends a password (`.netrc` is not asked)."""
    with requests.Session() as session:
        session.max_redirects = MOST_REDIRECTS
        session.auth = lambda request: request
        session.headers["User-Agent"] = AGENT
        yield session


@contextmanager
def download(session: requests.Session, address: str, limit: int, **query: str) -> Iterator[IO[bytes]]:
    """What a web address answers, in a file that goes away afterwards."""
    _refuse_passwords(address)
    with SpooledTemporaryFile(max_size=IN_MEMORY) as file:
        try:
            with session.get(
                address, params=query, stream=True, timeout=(CONNECT_SECONDS, SILENT_SECONDS)
            ) as answer:
                _check(answer)
                _keep(answer, file, limit)
        except requests.RequestException as error:
            raise _failed(error) from error
        file.seek(0)
        yield file


def _refuse_passwords(address: str) -> None:
    try:
        has_password = "@" in urlsplit(address).netloc
    except ValueError:  # an unclosed [
        raise FeedError(_("This address cannot be opened."), permanent=True) from None
    if has_password:
        raise FeedError(_("Leave the name and the password out of the address."), permanent=True)


def _check(answer: requests.Response) -> None:
    status = answer.status_code
    if status == requests.codes.ok:
        return
    known = {
        401: _("The server asks for a password. A feed has to be open."),
        403: _("The server does not let us read this address."),
        404: _("There is nothing at this address. Has the feed moved?"),
        410: _("The feed is gone from this address for good."),
        429: _("The server asks us to come back later."),
    }
    message = known.get(status, _("The server answered with an error (%(status)d).") % {"status": status})
    raise FeedError(message, permanent=400 <= status < 500 and status not in {408, 429})


def _keep(answer: requests.Response, file: IO[bytes], limit: int) -> None:
    begun, size = monotonic(), 0
    for chunk in answer.iter_content(CHUNK):
        size += len(chunk)
        if size > limit:
            raise too_large(limit)
        if monotonic() - begun > WHOLE_SECONDS:
            raise FeedError(_("The server is too slow: the feed did not arrive in time."), permanent=False)
        file.write(chunk)


def _failed(error: requests.RequestException) -> FeedError:
    if isinstance(error, requests.TooManyRedirects):
        return FeedError(_("The address leads from one place to the next and never arrives."), permanent=True)
    if isinstance(error, requests.exceptions.InvalidSchema | requests.exceptions.InvalidURL):
        return FeedError(_("This address cannot be opened."), permanent=True)
    if isinstance(error, requests.Timeout):
        return FeedError(_("The server did not answer in time."), permanent=False)
    return FeedError(_("The server cannot be reached, or the connection broke off."), permanent=False)
