"""Whatever stands in a row: the rows around it come through, and nothing but `FeedError` is ever raised."""

import io
import json
from contextlib import suppress

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.feeds import bmlt, meeting_guide
from meetings.feeds.reading import FeedError, plain
from rules.changes import as_json
from rules.zones import is_zone

MG_KEYS = (
    "slug name day time end_time timezone types formatted_address address city state postal_code"
    " country regions region sub_region conference_url conference_url_notes conference_phone notes"
    " location location_notes latitude longitude approximate coordinates updated group group_notes"
    " entity entity_url id website email attendance_option contact_1_name phone"
)
BMLT_KEYS = (
    "id_bigint worldid_mixed service_body_bigint service_body_name weekday_tinyint venue_type"
    " start_time comments duration_time time_zone formats longitude latitude published"
    " format_shared_id_list meeting_name bus_lines location_text location_info location_street"
    " location_city_subsection location_neighborhood location_municipality location_province"
    " location_postal_code_1 location_nation virtual_meeting_link phone_meeting_number"
    " virtual_meeting_additional_info contact_name_1 email_contact"
)
FORMAT_KEYS = "id key_string name_string world_id format_type_enum lang description_string"
BODY_KEYS = "id parent_id name type url helpline world_id"
ODD = """
Monday|Mon, Funday|8|7|25:00|6:30 PM|24:00|Noon|EST|Mars/Phobos|America/Bogota|https://zoom.us/j/1
javascript:alert(1)|http://[|https://|ftp://x/y|+15550100|<b>bold|&#0;|&#xD800;|O,C|TC|yes|no|Online|1e999
1 A St @ 2nd, Tupelo, MS|2026-01-01 10:00:00|2026-13-01|a,b|1,2,3,4|17,4|54,56|O,VM|Prompt#@-@#value
99:99:99|0001-01-01T00:00:00+23:00|01:30:00|zoom.us/j/1|-0|91
"""
ODD_TEXTS = [*ODD.replace("\n", "|").split("|"), "a\x00b", "\ud800", "\u202eabc", "x" * 3000, "<" * 200]
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([10**400, -(10**30), 2**63])
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(ODD_TEXTS)
    | st.text(max_size=30)
)
JUNK = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
QUIET = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def rows_of(keys: str) -> st.SearchStrategy:
    return st.lists(JUNK | st.dictionaries(st.sampled_from(keys.split()), JUNK, max_size=14), max_size=3)


def check(reading, *expected: str) -> None:
    """The good rows are there, and every listing can be stored and served."""
    ids = [listing.source_id for listing in reading.listings]
    assert set(ids) >= set(expected)
    assert len(set(ids)) == len(ids)
    for listing in reading.listings:
        assert is_zone(listing.timezone)
        assert listing.name.strip()
        assert 1 <= (listing.slot.minutes if listing.slot else 60) <= 1440
        assert not listing.place or (listing.place.latitude is None) == (listing.place.longitude is None)
        stored = orjson.dumps(as_json(listing)) + orjson.dumps(listing.extra)
        assert b"\\u0000" not in stored
    assert all(remark.text and remark.kind in {"guess", "problem"} for remark in reading.remarks)


@QUIET
@given(before=rows_of(MG_KEYS), after=rows_of(MG_KEYS))
def test_meeting_guide_rows(before, after):
    good = [
        {"slug": "first-good-row", "name": "A", "day": 1, "time": "19:00", "timezone": "Europe/Paris"},
        {"slug": "last-good-row", "name": "B", "day": 2, "time": "20:00", "timezone": "Europe/Paris"},
    ]
    feed = json.dumps([good[0], *before, *after, good[1]]).encode()
    check(meeting_guide.read(io.BytesIO(feed)), "first-good-row", "last-good-row")


@QUIET
@given(
    junk=rows_of(BMLT_KEYS),
    formats=rows_of(FORMAT_KEYS),
    bodies=rows_of(BODY_KEYS),
)
def test_bmlt_rows(junk, formats, bodies):
    good = {"weekday_tinyint": "2", "start_time": "19:00:00", "duration_time": "01:00:00", "formats": "O"}
    rows = [{"id_bigint": "900001", **good}, *junk, {"id_bigint": "900002", **good}]
    reading = bmlt.read(
        io.BytesIO(json.dumps(rows).encode()),
        formats=io.BytesIO(json.dumps(formats).encode()),
        service_bodies=io.BytesIO(json.dumps(bodies).encode()),
    )
    check(reading, "900001", "900002")
    assert all(len(one.code) <= 32 and one.group and one.names for one in reading.types)
    keys = {body.key for body in reading.bodies}
    assert all(not body.parent_key or body.parent_key in keys for body in reading.bodies)


@QUIET
@given(
    st.binary(max_size=60)
    | st.text(max_size=60).map(str.encode)
    | JUNK.map(lambda one: json.dumps(one).encode())
)
def test_any_bytes_are_a_feed_or_a_feed_error(feed):
    for read in (meeting_guide.read, bmlt.read):
        with suppress(FeedError):
            check(read(io.BytesIO(feed)))


@given(JUNK)
def test_plain_text_is_text_that_can_be_kept(value):
    assert not set(plain(value)) & {"\x00", "\ud800", "\u202e"}


@pytest.mark.parametrize("depth", [50, 490])
def test_an_abyss_of_brackets_hides_nobody(depth):
    good = b'{"slug": "good", "name": "Good", "day": 1, "time": "19:00"}'
    row = b'{"slug": "deep", "name": "Deep", "types": ' + b"[" * depth + b"]" * depth + b"}"
    reading = meeting_guide.read(io.BytesIO(b"[" + good + b"," + row + b"]"))
    assert [listing.source_id for listing in reading.listings] == ["good", "deep"]


@pytest.mark.parametrize(
    "trap", [b"9" * 5000, b"-" + b"9" * 300_000, b"[" * 600 + b"]" * 600, b'{"a": ' * 600 + b"1" + b"}" * 600]
)
@pytest.mark.parametrize("before", [0, 256 * 1024 - 1000])
def test_what_would_choke_the_parser_is_refused(trap, before):
    """A number of 5,000 digits makes the parser's C code crash: it must not come so far."""
    feed = b'[{"slug": "a"},' + b" " * before + b'{"slug": "b", "x": ' + trap + b"}]"
    with pytest.raises(FeedError, match="no list of meetings"):
        meeting_guide.read(io.BytesIO(feed))


def test_long_numbers_that_are_none_are_read():
    feed = b'[{"slug": "a", "latitude": 1.' + b"3" * 3900 + b', "day": ' + b"7" * 3900 + b'}, {"slug": "b"}]'
    assert [one.source_id for one in meeting_guide.read(io.BytesIO(feed)).listings] == ["b"]
