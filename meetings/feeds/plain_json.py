"""Rows out of whatever was sent in place of JSON: packed, oddly encoded, in an envelope, broken off.

A feed is read as a stream, row by row; of a feed of a hundred megabytes only one row is in memory.
"""

from __future__ import annotations

import codecs
import gzip
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any

import ijson
from django.utils.translation import gettext as _

from meetings.feeds.reading import FeedError

CHUNK = 256 * 1024
IN_MEMORY = 8 * 1024 * 1024
LARGEST = 2 * 1024**3  # an unpacked feed; what is fetched has a limit of its own

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_DIGITS_ALIKE = bytes.maketrans(b"123456789", b"0" * 9)
_BRACKETS_ALIKE = bytes.maketrans(b"{}", b"[]")
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
# How to look at the bytes (replaced, left out), and what must not be in what is left.
_TRAPS = ((_DIGITS_ALIKE, b"", b"0" * 4000), (_BRACKETS_ALIKE, _NO_BRACKETS, b"[" * 500))


def _not_json(head: bytes) -> str:
    """In plain words, what a file is that begins so; "" for what may be JSON."""
    start = head.lstrip()[:200]
    if not start:
        return _("The feed is empty.")
    if start.startswith(b"<?xml") and b"html" not in start.lower():
        return _("This is an XML file, not a feed of meetings.")
    if start.startswith(b"<"):
        return _("This is a web page, not a feed. Look for the address of the feed itself.")
    if start.startswith(b"PK\x03\x04"):
        return _("This is a spreadsheet or a zip file, not JSON.")
    if start.startswith(b"%PDF"):
        return _("This is a PDF, not a feed.")
    if start[:1] not in b"[{":
        return _("This is not JSON: a feed begins with [ or {.")
    return ""


@dataclass(slots=True)
class Document:
    """A JSON text as UTF-8 bytes that can be read more than once. `reread_as` names the encoding, if odd."""

    stream: IO[bytes]
    reread_as: str = ""

    def rows(self, *envelopes: str) -> Iterator[tuple[int, Any]]:
        """The items of the array, numbered from 1: the top one, or the first of `envelopes` in an object.

        Raises `FeedError` where the JSON breaks off or is none, and for an object without any of these.
        """
        if self._head(1) == b"[":
            yield from self._items("item")
            return
        keys = self.keys()
        for name in envelopes:
            if name in keys:
                yield from self._items(f"{name}.item")
                return
        raise FeedError(_answer(keys), permanent=True)

    def keys(self) -> dict[str, str]:
        """The fields of a top object, with their values where these are texts; {} for an array."""
        self.stream.seek(0)
        found: dict[str, str] = {}
        try:
            for prefix, event, value in ijson.parse(self.stream):
                if not prefix and event == "map_key":
                    found[value] = ""
                elif event == "string" and prefix in found:
                    found[prefix] = value
                elif not prefix and event == "start_array":
                    break
        except ijson.JSONError as error:
            raise FeedError(_broken(error, 0), permanent=False) from error
        return found

    def _head(self, length: int) -> bytes:
        self.stream.seek(0)
        return self.stream.read(4096).lstrip()[:length]

    def _items(self, prefix: str) -> Iterator[tuple[int, Any]]:
        self.stream.seek(0)
        number = 0
        try:
            for number, item in enumerate(ijson.items(self.stream, prefix, buf_size=CHUNK), start=1):
                yield number, item
        except ijson.JSONError as error:
            raise FeedError(_broken(error, number), permanent=False) from error


def _broken(error: Exception, number: int) -> str:
    # Bytes that are no UTF-8 were sorted out before: what is left of these is a character cut in two.
    if "premature EOF" in str(error) or "invalid bytes in UTF8" in str(error):
        return _("The feed breaks off after row %(number)d. Nothing was changed. Fetch it again.") % {
            "number": number
        }
    return _("The feed is no JSON from row %(number)d on. Nothing was changed.") % {"number": number + 1}


def _answer(keys: dict[str, str]) -> str:
    said = keys.get("message") or keys.get("error") or keys.get("detail")
    if said:
        return _("The server sent no meetings. It says: “%(said)s”") % {"said": said[:200]}
    return _("There is no list of meetings in it, only: %(fields)s.") % {
        "fields": ", ".join(list(keys)[:8]) or "{}"
    }


@contextmanager
def opened(stream: IO[bytes], *, largest: int = LARGEST) -> Iterator[Document]:
    """A stream as a JSON document: unpacked, in UTF-8, and seekable. `FeedError` for what is none."""
    with ExitStack() as stack:
        source = _unpacked(stack, _seekable(stack, stream, largest), largest)
        head = source.read(512)
        source.seek(0)
        encoding = _encoding(head)
        if not encoding:
            _refuse_unlike_json(head)
            encoding = "" if _is_utf8(source) else "cp1252"
        if encoding:
            source = _recoded(stack, source, encoding)
            _refuse_unlike_json(source.read(512))
        _refuse_traps(source)
        yield Document(source, encoding.removeprefix("utf-8-sig"))


def _refuse_unlike_json(head: bytes) -> None:
    message = _not_json(head)
    if message:
        raise FeedError(message, permanent=True)


def _seekable(stack: ExitStack, stream: IO[bytes], largest: int) -> IO[bytes]:
    if not stream.seekable():
        return stack.enter_context(_spooled(iter(lambda: stream.read(CHUNK), b""), largest))
    stream.seek(0)
    return stream


def _unpacked(stack: ExitStack, stream: IO[bytes], largest: int) -> IO[bytes]:
    packed = stream.read(2) == b"\x1f\x8b"
    stream.seek(0)
    if not packed:
        return stream
    try:
        with gzip.GzipFile(fileobj=stream) as unpacking:
            return stack.enter_context(_spooled(iter(lambda: unpacking.read(CHUNK), b""), largest))
    except (OSError, EOFError, zlib.error) as error:
        raise FeedError(_("The packed file is damaged or breaks off."), permanent=False) from error


@contextmanager
def _spooled(chunks: Iterator[bytes], largest: int) -> Iterator[IO[bytes]]:
    """The chunks in a file that goes away afterwards."""
    with SpooledTemporaryFile(max_size=IN_MEMORY) as file:
        size = 0
        for chunk in chunks:
            size += len(chunk)
            if size > largest:
                raise too_large(largest)
            file.write(chunk)
        file.seek(0)
        yield file


def too_large(largest: int) -> FeedError:
    """What to say of a feed beyond the limit."""
    message = _("The feed is larger than %(limit)d MB. If that is right, raise MAX_FEED_MB.")
    return FeedError(message % {"limit": largest // 1024**2}, permanent=True)


def _refuse_traps(stream: IO[bytes]) -> None:
    """Refuse what no list of meetings holds and what the parser chokes on.

    A whole number of more than 4,300 digits kills the process (ijson 3.6 with yajl), and the time for
    brackets within brackets grows with the square of their depth.
    """
    tails = {table: b"" for table, _deleted, _trap in _TRAPS}
    for chunk in iter(lambda: stream.read(CHUNK), b""):
        for table, deleted, trap in _TRAPS:
            seen = tails[table] + chunk.translate(table, deleted)
            if trap in seen:
                message = _("This is no list of meetings: it holds endless numbers or bottomless brackets.")
                raise FeedError(message, permanent=True)
            tails[table] = seen[-len(trap) :]
    stream.seek(0)


def _encoding(head: bytes) -> str:
    """The encoding a text shows by its first bytes; "" for plain bytes."""
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name
    start = head.lstrip()[:2]
    if len(start) == 2 and start[1:] == b"\x00":
        return "utf-16-le"
    return "utf-16-be" if len(head) > 1 and head[:1] == b"\x00" and head[1:2] in b"[{<" else ""


def _is_utf8(stream: IO[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in iter(lambda: stream.read(CHUNK), b""):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        # Cut off within a character: the JSON is cut off too, and that is what will be told.
        return "end of data" in error.reason
    finally:
        stream.seek(0)
    return True


def _recoded(stack: ExitStack, stream: IO[bytes], encoding: str) -> IO[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("replace" if encoding == "cp1252" else "strict")

    def texts() -> Iterator[bytes]:
        for chunk in iter(lambda: stream.read(CHUNK), b""):
            yield decoder.decode(chunk).encode("utf-8", "replace")
        yield decoder.decode(b"", final=True).encode("utf-8", "replace")

    try:
        return stack.enter_context(_spooled(texts(), LARGEST))
    except UnicodeError as error:
        raise FeedError(_("The characters of this file cannot be read."), permanent=True) from error
