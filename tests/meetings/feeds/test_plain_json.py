"""What is sent in place of JSON: packed, oddly encoded, wrapped, broken off, or something else altogether."""

import gzip
import io
import json

import pytest

from meetings.feeds import bmlt, meeting_guide
from meetings.feeds.plain_json import opened
from meetings.feeds.reading import FeedError

ROWS = [
    {"slug": "été", "name": "Réunion d’été", "day": 1, "time": "19:00", "timezone": "Europe/Paris"},
    {"slug": "b", "name": "B", "day": 2, "time": "19:00", "timezone": "Europe/Paris"},
]
TEXT = json.dumps(ROWS, ensure_ascii=False)
FEED = TEXT.encode()


def names(feed: bytes) -> list[str]:
    return [listing.name for listing in meeting_guide.read(io.BytesIO(feed)).listings]


@pytest.mark.parametrize(
    "feed",
    [
        FEED,
        b"\n\t " + FEED + b"\n",
        TEXT.encode("utf-8-sig"),
        gzip.compress(FEED),
        gzip.compress(TEXT.encode("utf-16")),
        json.dumps({"meetings": ROWS}).encode(),
        json.dumps({"generated": {"by": 1}, "meetings": ROWS, "formats": []}).encode(),
    ],
    ids=["plain", "blanks", "bom", "gzip", "gzip of utf-16", "envelope", "envelope with more"],
)
def test_a_feed_in_any_wrapping(feed):
    assert names(feed) == ["Réunion d’été", "B"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_a_feed_in_another_encoding_is_read_and_told(encoding):
    reading = meeting_guide.read(io.BytesIO(TEXT.encode(encoding)))
    assert [listing.name for listing in reading.listings] == ["Réunion d’été", "B"]
    assert (reading.remarks[0].row, reading.remarks[0].code) == (0, "encoding")


def test_a_stream_that_cannot_go_back():
    class Pipe(io.BytesIO):
        def seekable(self):
            return False

        def seek(self, *_where):
            raise io.UnsupportedOperation

    assert len(meeting_guide.read(Pipe(FEED)).listings) == 2


@pytest.mark.parametrize(
    ("feed", "words", "permanent"),
    [
        (b"", "empty", True),
        (b" \n", "empty", True),
        (b"<!DOCTYPE html><html><body>Meetings", "a web page, not a feed", True),
        (b"\xef\xbb\xbf<html>", "a web page, not a feed", True),
        ("<html>".encode("utf-16"), "a web page, not a feed", True),
        (b'<?xml version="1.0"?><rss/>', "XML", True),
        (b"PK\x03\x04abc", "spreadsheet", True),
        (b"%PDF-1.7", "PDF", True),
        (b"name,day,time\nA,1,19:00\n", "not JSON", True),
        (b"null", "not JSON", True),
        (FEED[:-30], "breaks off after row 1", False),
        (b"[", "breaks off after row 0", False),
        (FEED[:-1], "breaks off after row 2", False),
        (FEED[: FEED.index("’".encode()) + 1], "breaks off after row 0", False),
        (b'[{"slug": "a"} {"slug": "b"}]', "no JSON from row 2", False),
        (b'[{"slug": NaN}]', "no JSON from row 1", False),
        (FEED + FEED, "no JSON from row 3", False),
        (b'{"message": "No such list"}', "No such list", True),
        (b'{"type": "FeatureCollection", "features": []}', "only: type, features", True),
        (b"{}", "only: {}", True),
        (b'{"a', "breaks off", False),
        (gzip.compress(FEED)[:-12], "damaged", False),
        (b"\x1f\x8bnonsense", "damaged", False),
        ("[{".encode("utf-16")[:-1], "characters", True),
    ],
)
def test_what_is_no_feed_is_told_in_plain_words(feed, words, permanent):
    for read in (meeting_guide.read, bmlt.read):
        with pytest.raises(FeedError) as told:
            read(io.BytesIO(feed))
        assert words in told.value.message
        assert told.value.permanent is permanent


def test_an_empty_feed_is_a_reading_of_nothing():
    assert meeting_guide.read(io.BytesIO(b"[]")).listings == ()
    assert meeting_guide.read(io.BytesIO(b'{"meetings": null}')).listings == ()


def test_an_unpacked_feed_has_a_limit():
    packed = io.BytesIO(gzip.compress(b"[" + b" " * 2_000_000 + b"]"))
    with pytest.raises(FeedError, match="larger than 1 MB"), opened(packed, largest=1024**2):
        pass


def test_numbers_of_any_size_hide_nobody():
    feed = (
        b'[{"slug": "a", "latitude": 1e999, "day": 123456789012345678901234567890}, {"slug": "b", "x": 1.5}]'
    )
    reading = meeting_guide.read(io.BytesIO(feed))
    assert [listing.source_id for listing in reading.listings] == ["b"]
    assert reading.listings[0].extra["x"] == 1.5
