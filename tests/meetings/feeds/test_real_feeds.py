"""The real feeds, where they are at hand: real shapes, real mess. They are never copied in here."""

import json
from collections import Counter
from pathlib import Path
from time import perf_counter

import pytest

from meetings.feeds import bmlt, meeting_guide
from rules.listing import Attendance, Reading, Status
from rules.vocabulary import TYPES

from .feeds_of_rows import TUPELO

DATA = Path(__file__).parents[3].parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"the real feeds are not at hand: no {DATA}")


def texts_of(reading: Reading) -> str:
    """All that would be shown of a reading, without what is kept as it came."""
    shown = [(one.name, one.notes, one.place, one.online, one.group, one.types) for one in reading.listings]
    return repr((shown, reading.bodies, reading.types))


@pytest.fixture(scope="module")
def new_york() -> Reading:
    files = {name: DATA / f"bmlt-new-york-{name}.json" for name in ("meetings", "formats", "service-bodies")}
    with (
        files["meetings"].open("rb") as meetings,
        files["formats"].open("rb") as formats,
        files["service-bodies"].open("rb") as bodies,
    ):
        return bmlt.read(meetings, formats=formats, service_bodies=bodies)


def codes(reading: Reading) -> Counter[str]:
    return Counter(remark.code for remark in reading.remarks)


def test_new_york_is_whole(new_york):
    assert len(new_york.listings) == len({one.source_id for one in new_york.listings}) == 1513
    assert {one.timezone for one in new_york.listings} == {"America/New_York"}
    assert {(one.attendance, one.status) for one in new_york.listings} == {
        (Attendance.IN_PERSON, Status.ACTIVE)
    }
    assert all(one.slot and one.place and one.place.latitude for one in new_york.listings)
    assert codes(new_york) == {"open_and_closed": 5, "group_names": 15, "long": 2}


def test_new_york_beyond_the_state(new_york):
    regions = Counter(one.place.region for one in new_york.listings)
    assert (regions["VT"], regions["PA"], regions["MA"], regions["NH"]) == (22, 21, 20, 11)


def test_new_york_bodies_make_a_tree(new_york):
    bodies = {body.key: body for body in new_york.bodies}
    assert len(bodies) == 44
    assert sum(not body.parent_key for body in new_york.bodies) == 5
    assert {one.body_key for one in new_york.listings} <= set(bodies)
    assert bodies["1065"].world_id == "AR50605"


def test_new_york_texts_are_clean(new_york):
    assert "#@-@#" not in texts_of(new_york)
    assert "#@-@#" in repr([one.extra for one in new_york.listings])
    by_id = {one.source_id: one for one in new_york.listings}
    rows = json.loads((DATA / "bmlt-new-york-meetings.json").read_bytes())
    prompted = [row for row in rows if "#@-@#" in row["bus_lines"]]
    for row in prompted:
        assert row["bus_lines"].rpartition("#@-@#")[2].strip() in by_id[row["id_bigint"]].place.notes
    assert len(prompted) == 10


def test_new_york_gives_every_field_back(new_york):
    rows = json.loads((DATA / "bmlt-new-york-meetings.json").read_bytes())
    assert [one.extra for one in new_york.listings] == rows


def test_new_york_streets_with_an_at_stay_whole(new_york):
    streets = {one.place.street for one in new_york.listings}
    assert "95-18 Northern Blvd. (@96th Street)" in streets
    assert any(one.place.notes == "@156th St" for one in new_york.listings)


def test_new_york_types(new_york):
    used = Counter(code for one in new_york.listings for code in one.types)
    assert set(used) - set(TYPES["na"]) == {one.code for one in new_york.types} == {"ID-52"}
    assert (used["O"], used["C"], used["SD"], used["VAR"], used["ES"], used["X"]) == (
        859,
        329,
        140,
        359,
        26,
        306,
    )


def test_new_york_is_read_in_under_two_seconds():
    begun = perf_counter()
    with (DATA / "bmlt-new-york-meetings.json").open("rb") as meetings:
        assert len(bmlt.read(meetings).listings) == 1513
    assert perf_counter() - begun < 2


def test_online_meetings_around_the_world():
    with (DATA / "meeting-guide-online.json").open("rb") as feed:
        reading = meeting_guide.read(feed, site_zone="America/New_York")
    assert len(reading.listings) == 160
    assert sum(one.slot is None for one in reading.listings) == 10
    assert len({one.timezone for one in reading.listings}) == 22
    assert {one.attendance for one in reading.listings} == {Attendance.ONLINE}
    assert codes(reading) == {"no_link": 15, "zone_of_site": 11, "open_and_closed": 2, "men_and_women": 1}


def test_meetings_in_the_south_get_their_pins():
    with (DATA / "meeting-guide-south.json").open("rb") as feed:
        reading = meeting_guide.read(feed, pin=lambda **question: TUPELO)
    assert len(reading.listings) == 25
    assert {one.timezone for one in reading.listings} == {"America/Chicago"}
    assert all(one.place.approximate and one.place.region in {"MS", "LA", "TN"} for one in reading.listings)
    kinds = Counter((one.attendance.value, one.status.value) for one in reading.listings)
    assert kinds == {("in_person", "active"): 21, ("online", "active"): 2, ("in_person", "paused"): 2}
    assert codes(reading) == {"pin_guessed": 25, "zone_from_pin": 25, "no_link": 2}
