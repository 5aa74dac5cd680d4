"""What goes out as a Meeting Guide feed: every row safe for every reader, and read back it is the same."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from meetings.feeds import bmlt, meeting_guide
from meetings.feeds import meeting_guide_out as out
from meetings.feeds.meeting_guide_out import NothingToTell, Reason, row, why_not
from rules.addresses import Parts, one_line
from rules.listing import Attendance, GroupFacts, Listing, Online, PlaceFacts, Recurrence, Slot, Status
from rules.vocabulary import TYPES
from tests import builders
from tests.builders import NOW

from .published_listings import SITE, published

DATA = Path(__file__).parents[3].parent / "shared" / "data"
SCHEMA = Draft202012Validator(
    json.loads(Path(out.__file__).with_name("meeting_guide.schema.json").read_text())
)
ZOOM = "https://us02web.zoom.us/j/123456789?pwd=abc"


def told(listing: Listing | None = None, **facts: Any) -> dict[str, Any]:
    """The row of a listing, checked against the published schema."""
    found = row(published(listing, **facts), SITE)
    SCHEMA.validate([found])
    return found


def read_back(*listings: Listing) -> list[Listing]:
    feed = b"".join(out.pieces([published(one) for one in listings], SITE, NOW))
    SCHEMA.validate(json.loads(feed))
    return list(meeting_guide.read(io.BytesIO(feed), fellowship=listings[0].fellowship).listings)


def test_a_whole_row() -> None:
    group = builders.group(notes="Since 1970", website="https://kitchen.example.org")
    one = told(group=group, notes="Ring the bell.", body_key="Brooklyn Intergroup")

    assert one == {
        "slug": "kitchen-table",
        "name": "Kitchen Table",
        "day": 2,
        "time": "19:30",
        "end_time": "20:30",
        "timezone": "America/New_York",
        "types": ["D", "O"],
        "formatted_address": "12 Mill Lane, Brooklyn, NY 11215, USA",
        "approximate": "no",
        "location": "Mill Lane Community Room",
        "regions": ["NY", "Brooklyn"],
        "latitude": 40.6681,
        "longitude": -73.9806,
        "attendance_option": "in_person",
        "group": "Kitchen Table Group",
        "group_key": "kitchen",
        "group_notes": "Since 1970",
        "website": "https://kitchen.example.org",
        "updated": "2026-11-23 23:00:00",
        "url": "https://meetings.example.org/meetings/kitchen-table/",
        "feedback_url": "https://meetings.example.org/meetings/kitchen-table/#source",
        "entity": "Brooklyn Intergroup",
        "entity_url": "https://area.example.org",
        "entity_website_url": "https://area.example.org",
        "notes": "Ring the bell.",
    }


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("19:30", 90, "21:00"),
        ("22:59", 60, "23:59"),
        ("23:30", 60, None),
        ("23:00", 90, "23:59"),
        ("22:30", 90, "23:59"),
        ("23:59", 30, None),
        ("00:00", 1440, "23:59"),
        ("00:00", 45, "00:45"),
    ],
)
def test_an_end_is_never_on_the_next_day(start: str, minutes: int, end: str | None) -> None:
    assert told(slot=builders.slot(start=start, minutes=minutes)).get("end_time") == end


def test_by_appointment_has_neither_day_nor_time() -> None:
    assert not {"day", "time", "end_time"} & told(slot=None).keys()


def test_a_street_with_a_guessed_pin_is_exact_without_coordinates() -> None:
    one = told(place=builders.place(approximate=True))
    assert one["approximate"] == "no"
    assert "latitude" not in one


def test_an_online_meeting_names_its_town_alone() -> None:
    one = told(builders.online_listing(place=builders.place(), online=Online(ZOOM), types=("O", "TC-", "X")))
    assert (one["formatted_address"], one["approximate"]) == ("Brooklyn, NY, USA", "yes")
    assert not {"latitude", "longitude", "location"} & one.keys()
    assert one["types"] == ["O", "X"]


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (None, "Online"),
        (PlaceFacts(country="US", approximate=True), "Online"),
        (PlaceFacts(region="Illinois", country="US"), "Illinois, USA"),
        (PlaceFacts(neighborhood="Wicker Park", city="Chicago", region="IL"), "Wicker Park, Chicago, IL"),
        (PlaceFacts(city="London", country="GB"), "London, UK"),
        (PlaceFacts(formatted="Paris, France", city="Paris"), "Paris, France"),
    ],
)
def test_where_an_online_meeting_comes_from(place: PlaceFacts | None, line: str) -> None:
    one = told(builders.online_listing(place=place, online=Online(ZOOM)))
    assert (one["formatted_address"], one["approximate"]) == (line, "yes")


def test_online_while_the_room_is_shut() -> None:
    one = told(attendance=Attendance.ONLINE, online=Online(ZOOM), types=("O", "TC"))
    assert one["approximate"] == "no"
    assert one["formatted_address"].startswith("12 Mill Lane")
    assert "TC" in one["types"]


def test_only_online_meetings_lose_the_type_of_a_shut_room() -> None:
    assert told(builders.online_listing(online=Online(ZOOM), types=("O", "TC")))["types"] == ["O"]


def test_a_park_goes_by_its_name() -> None:
    park = PlaceFacts(name="Prospect Park", city="Brooklyn", region="NY", latitude=40.66, longitude=-73.97)
    one = told(place=park)
    assert one["formatted_address"] == "Prospect Park, Brooklyn, NY"
    assert (one["approximate"], one["latitude"]) == ("no", 40.66)


@pytest.mark.parametrize(
    "url",
    [
        "https://evilzoom.us/j/1",
        "https://zoom.us.example.org/j/1",
        "https://zoom.us",
        "https://us02web.zoom.us?x=1",
        "zoom.us/j/1",
        "javascript:alert(1)//zoom.us/j/1",
        "https://meet.example.org/any",
    ],
)
def test_a_link_that_readers_do_not_take_is_not_given(url: str) -> None:
    one = told(attendance=Attendance.HYBRID, online=Online(url, "Passcode 1"))
    assert not {"conference_url", "conference_url_notes"} & one.keys()


def test_what_was_left_behind_at_a_meeting_in_person_is_not_given() -> None:
    assert not {key for key in told(online=Online(ZOOM, phone="+1 646 558 8656")) if "conference" in key}


@pytest.mark.parametrize(
    ("phone", "number"),
    [
        ("+1 (646) 558-8656", "+16465588656"),
        ("+16465588656,,123456789#,,,,*12#", "+16465588656,,123456789#,,,,*12#"),
        ("646.558.8656", "6465588656"),
        ("555-0100", None),
        ("646-558-8656 or 312-626-6799", "6465588656"),
        ("Dial 646-558-8656, passcode 12", "6465588656"),
        ("646-558-8656 312-626-6799", None),
        ("call Kim", None),
    ],
)
def test_a_number_is_one_that_can_be_dialled(phone: str, number: str | None) -> None:
    one = told(attendance=Attendance.HYBRID, online=Online(ZOOM, phone=phone))
    assert one.get("conference_phone") == number
    has_words = number is not None and any(map(str.isalpha, phone))
    assert one.get("conference_phone_notes") == (phone if has_words else None)


def test_types_of_other_fellowships_go_out_as_what_they_mean_in_aa() -> None:
    assert told(fellowship="na", types=("C", "DISC", "ES", "IP", "SPK", "X"))["types"] == [
        "C",
        "D",
        "S",
        "SP",
        "X",
    ]


def test_a_type_of_one_site_alone_stays_at_home() -> None:
    assert told(types=("O", "ID-52", "QSL"))["types"] == ["O", "QSL"]


def test_words_in_brackets_are_not_lost_as_tags() -> None:
    assert told(name="Bread & <Roses>")["name"] == "Bread & ‹Roses›"


def test_a_long_slug_is_cut_the_same_way_each_time() -> None:
    slug = "a" * 65
    assert len(told(source_id=slug)["slug"]) <= 60
    assert told(source_id=slug)["slug"] == told(source_id=slug)["slug"] != told(source_id=slug + "b")["slug"]
    assert told(source_id="a" * 60)["slug"] == "a" * 60


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, None),
        ({"status": Status.CLOSED}, Reason.CLOSED),
        ({"status": Status.PAUSED}, Reason.PAUSED),
        ({"status": Status.PAUSED, "paused_until": date(2026, 11, 1)}, None),
        ({"status": Status.PAUSED, "paused_from": date(2027, 1, 1)}, None),
        ({"slot": builders.slot(recurrence=Recurrence(nth=(1,)))}, Reason.NOT_WEEKLY),
        ({"slot": builders.slot(recurrence=Recurrence(every=2))}, Reason.NOT_WEEKLY),
        ({"place": None}, Reason.NO_PLACE),
        ({"place": None, "attendance": Attendance.ONLINE}, Reason.NO_WAY_IN),
        ({"place": None, "attendance": Attendance.ONLINE, "online": Online(phone="555")}, Reason.NO_WAY_IN),
        ({"place": None, "attendance": Attendance.ONLINE, "online": Online(ZOOM)}, None),
        (
            {"place": None, "attendance": Attendance.ONLINE, "online": Online("https://x.org/")},
            Reason.UNKNOWN_SERVICE,
        ),
        ({"attendance": Attendance.ONLINE}, None),
    ],
)
def test_why_a_meeting_is_left_out(facts: dict[str, Any], reason: Reason | None) -> None:
    assert why_not(published(**facts), NOW) == reason


def test_an_empty_feed_is_not_written() -> None:
    with pytest.raises(NothingToTell):
        out.pieces([published(status=Status.CLOSED)], SITE, NOW)


def test_invented_meetings_stay_invented_wherever_they_are_read() -> None:
    invented = replace(published(notes="Ring the bell."), invented=True)
    feed = b"".join(out.pieces([invented], SITE, NOW))
    assert b"Invented data: do not travel to these.\\nRing" in feed

    reading = meeting_guide.read(io.BytesIO(feed))
    assert reading.listings[0].notes == "Ring the bell."
    assert reading.extra == {"invented": True}


# --- There and back -----------------------------------------------------------------------------------

_letters = st.characters(codec="utf-8", categories=("L", "N"))
words = st.text(_letters, min_size=1, max_size=12).map(str.strip).filter(lambda one: not one.isdigit())
lines = st.lists(words, min_size=1, max_size=4).map(" ".join)
notes = st.lists(lines, max_size=3).map("\n".join)
pins = st.tuples(st.floats(-89, 89).filter(bool), st.floats(-179, 179).filter(bool))


@st.composite
def places(draw: st.DrawFn, *, online: bool) -> PlaceFacts:
    """What the feed can tell of a place: a street with or without a pin, or an area."""
    region, country = draw(st.sampled_from([("NY", "US"), ("", "DE"), ("Nairobi", "KE"), ("ON", "CA")]))
    pin = draw(st.none() | pins) if not online else None
    parts = Parts(
        street="" if online else f"{draw(st.integers(1, 999))} {draw(lines)}",
        city=draw(words),
        region=region,
        postal_code="" if online else draw(st.sampled_from(["", "11215", "K1A 0B1"])),
        country=country,
    )
    return PlaceFacts(
        name="" if online else draw(st.just("") | lines),
        street=parts.street,
        city=parts.city,
        region=parts.region,
        postal_code=parts.postal_code,
        country=parts.country,
        formatted=one_line(parts),
        latitude=pin[0] if pin else None,
        longitude=pin[1] if pin else None,
        approximate=online,
        notes=draw(notes),
    )


@st.composite
def listings(draw: st.DrawFn) -> Listing:
    """What a Meeting Guide feed can carry; docs/feeds/meeting-guide.md names the rest."""
    attendance = draw(st.sampled_from(list(Attendance)))
    start = draw(st.times().map(lambda at: at.replace(second=0, microsecond=0)))
    left = 24 * 60 - start.hour * 60 - start.minute
    minutes = draw(st.integers(1, left - 1)) if left > 1 else 60
    online = Online(ZOOM, draw(notes), draw(st.sampled_from(["", "+16465588656"])))
    codes = draw(st.sets(st.sampled_from(sorted(set(TYPES["aa"]) - {"TC"})), max_size=6))
    codes -= {"O"} if "C" in codes else set()
    slug = draw(st.from_regex("[a-z0-9]{1,14}(-[a-z0-9]{1,14}){0,3}", fullmatch=True))
    return Listing(
        source_id=slug,
        slug=slug,
        name=draw(lines),
        fellowship="aa",
        attendance=attendance,
        timezone=draw(st.sampled_from(["America/New_York", "Europe/Berlin", "Asia/Kolkata"])),
        slot=draw(st.none() | st.just(Slot(draw(st.integers(0, 6)), start, minutes))),
        place=draw(places(online=attendance == Attendance.ONLINE)),
        online=Online() if attendance == Attendance.IN_PERSON else online,
        group=draw(st.none() | st.builds(GroupFacts, lines, lines, notes)),
        body_key=draw(lines),
        types=tuple(sorted(codes)),
        notes=draw(notes),
        updated_at=datetime.fromtimestamp(draw(st.integers(10**9, 2 * 10**9)), UTC),
    )


@given(listings())
@settings(max_examples=80, deadline=None)
def test_what_is_read_back_is_what_was_written(listing: Listing) -> None:
    [again] = read_back(listing)
    assert replace(again, extra={}) == listing
    assert row(published(again), SITE) == row(published(listing), SITE)


@pytest.mark.skipif(not DATA.is_dir(), reason=f"the real feeds are not at hand: no {DATA}")
def test_new_york_settles_after_one_trip() -> None:
    with (DATA / "bmlt-new-york-meetings.json").open("rb") as meetings:
        first = bmlt.read(meetings).listings
    second = read_back(*first)
    assert len(second) == len(first) == 1513
    assert [row(published(one), SITE) for one in read_back(*second)] == [
        row(published(one), SITE) for one in second
    ]
