"""Meeting Guide rows as they come in practice: what is taken, what is guessed, what waits."""

from datetime import UTC, datetime, time

import pytest

from rules.listing import Attendance, Slot, Status

from .feeds_of_rows import LINK, STREET, TUPELO, meeting_guide_feed, meeting_guide_row


def test_a_whole_row():
    listing, remarks = meeting_guide_row(
        slug="hybrid-1",
        name="Hybrid Group",
        day=0,
        time="18:00",
        end_time="19:15",
        timezone="Europe/London",
        types=["X", "O", "D"],
        location="St Mary's Hall",
        formatted_address="1 High St, London SW1A 1AA, UK",
        approximate="no",
        latitude=51.5,
        longitude=-0.12,
        regions=["London", "Soho"],
        conference_url="https://meet.google.com/abc-defg-hij",
        conference_url_notes="no password",
        conference_phone="+1,555,0100100#",
        conference_phone_notes="wait",
        group="Hybrid Group",
        group_notes="Since 1990.",
        notes="Ring the bell.\r\nTwice.",
        location_notes="Upstairs",
        updated="2026-11-01 10:00:00",
        entity="Example Intergroup",
        entity_url="https://example.org",
        entity_phone="+1-555-010-0199",
        square="$cash",
    )
    assert remarks == set()
    assert (listing.source_id, listing.slug, listing.name) == ("hybrid-1", "hybrid-1", "Hybrid Group")
    assert listing.slot == Slot(weekday=0, start=time(18), minutes=75)
    assert (listing.attendance, listing.status) == (Attendance.HYBRID, Status.ACTIVE)
    assert (listing.types, listing.timezone) == (("D", "O", "X"), "Europe/London")
    place = listing.place
    assert place
    assert (place.name, place.street, place.city, place.postal_code, place.country, place.neighborhood) == (
        *("St Mary's Hall", "1 High St", "London", "SW1A 1AA", "GB", "Soho"),
    )
    assert (place.latitude, place.longitude, place.approximate, place.notes) == (
        51.5,
        -0.12,
        False,
        "Upstairs",
    )
    assert listing.online.url_notes == "no password"
    assert listing.online.phone == "+1,555,0100100#"
    assert listing.group
    assert (listing.group.key, listing.group.notes) == ("Hybrid Group", "Since 1990.")
    assert listing.notes == "Ring the bell.\nTwice."
    assert listing.updated_at == datetime(2026, 11, 1, 10, tzinfo=UTC)
    assert listing.body_key == "Example Intergroup"
    assert listing.extra["square"] == "$cash"


# What a widely used reader does with a bad row: never break like it.
@pytest.mark.parametrize(
    ("facts", "days", "start", "remark"),
    [
        ({"day": "3"}, [3], time(19), ""),
        ({"day": 7}, [0], time(19), "day_seven"),
        ({"day": "Monday"}, [1], time(19), ""),
        ({"day": [1, 2]}, [1, 2], time(19), ""),
        ({"day": "Mon, Thu"}, [1, 4], time(19), ""),
        ({"time": "6:30 PM"}, [1], time(18, 30), ""),
        ({"time": "18:30:00"}, [1], time(18, 30), ""),
        ({"time": "Noon"}, [1], time(12), ""),
        ({"time": 1930}, [1], time(19, 30), "time_guessed"),
        ({"start_time": "7:00p", "time": None}, [1], time(19), ""),
        ({"day": None, "time": None}, [None], None, ""),
        ({"day": "-", "time": "-"}, [None], None, ""),
        ({"day": None}, [None], None, "half_a_slot"),
        ({"time": ""}, [None], None, "half_a_slot"),
    ],
)
def test_day_and_time(facts, days, start, remark):
    row = {"slug": "a", "name": "A", "day": 1, "time": "19:00", "timezone": "Europe/Paris", **STREET, **facts}
    reading = meeting_guide_feed({key: value for key, value in row.items() if value != "-"})
    slots = [listing.slot for listing in reading.listings]
    assert [slot and slot.weekday for slot in slots] == days
    assert {slot and slot.start for slot in slots} == {start}
    assert {one.code for one in reading.remarks} == ({remark} if remark else set())


@pytest.mark.parametrize(
    ("facts", "code", "kept_id"),
    [
        ({"day": 8}, "unreadable_day", "a"),
        ({"day": "Funday"}, "unreadable_day", "a"),
        ({"time": "7.00 om"}, "unreadable_time", "a"),
        ({"time": "25:00"}, "unreadable_time", "a"),
        ({"time": "24:00"}, "unreadable_time", "a"),
        ({"day": [1, 2], "time": "?"}, "unreadable_time", ""),
        ({"day": [8]}, "unreadable_day", ""),
    ],
)
def test_what_cannot_be_read_waits_and_what_was_known_stays(facts, code, kept_id):
    """Never listed at a guess, nor as by appointment. A row of several days stands for ids we cannot name."""
    reading = meeting_guide_feed(
        {"slug": "a", "day": 1, "time": "19:00", **facts}, {"slug": "b", "day": 1, "time": "9:00"}
    )
    assert [listing.source_id for listing in reading.listings] == ["b"]
    problem = next(one for one in reading.remarks if one.code == code)
    assert (problem.row, problem.kind, problem.source_id) == (1, "problem", kept_id)


def test_the_readable_days_of_a_row_are_listed():
    reading = meeting_guide_feed({"slug": "a", "day": [1, "Funday"], "time": "19:00"})
    assert [listing.source_id for listing in reading.listings] == ["a-1"]
    assert "unreadable_day" in {one.code for one in reading.remarks}


@pytest.mark.parametrize(
    ("facts", "minutes", "remark"),
    [
        ({}, 60, ""),
        ({"end_time": "20:30"}, 90, ""),
        ({"time": "23:30", "end_time": "00:30"}, 60, ""),
        ({"time": "23:30", "end_time": "00:00"}, 30, ""),
        ({"end_time": "19:00"}, 60, "end_guessed"),
        ({"end_time": "late"}, 60, "end_guessed"),
        ({"time": "10:00", "end_time": "22:00"}, 720, "long"),
    ],
)
def test_end(facts, minutes, remark):
    listing, remarks = meeting_guide_row(**facts)
    assert listing.slot
    assert (listing.slot.minutes, remarks) == (minutes, {remark} - {""})


@pytest.mark.parametrize(
    ("written", "types", "remark"),
    [
        (["O", "D"], ("D", "O"), ""),
        ("O,C", ("C",), "open_and_closed"),
        ("o, d", ("D", "O"), ""),
        ([None, "O", 11], ("11", "O"), ""),
        (["Big Book", "Abierta", "Outdoor Meeting", "Sign Language"], ("ASL", "B", "O", "OUT"), ""),
        (["S", "TR", "DA", "es", "KOR", "Vietnamese"], ("DA", "KOR", "S", "TR", "VI"), ""),
        (["O", "BB", "ZZZ"], ("O",), "unknown_type"),
        (["M", "W"], ("M", "W"), "men_and_women"),
        (["O", "ONL", "active"], ("O",), ""),
        (None, (), ""),
        ({"O": True}, (), ""),
        (True, (), ""),
    ],
)
def test_types(written, types, remark):
    listing, remarks = meeting_guide_row(types=written)
    assert (listing.types, remarks) == (types, {remark} - {""})


@pytest.mark.parametrize(
    ("fellowship", "written", "types"),
    [
        ("aca", ["A", "S", "SP"], ("A", "ES", "S")),
        ("al-anon", ["Y", "S", "POA"], ("ES", "POA", "Y")),
        ("na", ["JFT", "Just for Today", "KOR"], ("JFT", "KO")),
    ],
)
def test_codes_mean_what_they_mean_in_their_fellowship(fellowship, written, types):
    assert meeting_guide_row(fellowship=fellowship, types=written)[0].types == types


TC = {"types": ["TC"]}
AREA = {"formatted_address": "Chicago, IL, USA", "approximate": "yes"}
NOWHERE = {"formatted_address": "-"}


@pytest.mark.parametrize(
    ("facts", "attendance", "status", "remark"),
    [
        ({"approximate": "no"}, "in_person", "active", ""),
        (LINK | {"approximate": "no"}, "hybrid", "active", ""),
        ({"conference_phone": "+1 555 010 0100"}, "hybrid", "active", ""),
        (AREA | LINK, "online", "active", ""),
        (TC | LINK, "online", "active", ""),
        (TC, "in_person", "paused", ""),
        (AREA | {"conference_phone": 15550100100}, "online", "active", ""),
        (NOWHERE | LINK, "online", "active", ""),
        (NOWHERE, "online", "active", "no_link"),
        (NOWHERE | {"address": "Online", "types": ["ONL"]}, "online", "active", "no_link"),
        (AREA, "in_person", "active", "no_street"),
        (AREA | {"attendance_option": "inactive"}, "in_person", "paused", "inactive"),
        (LINK | {"attendance_option": "online"}, "online", "active", ""),
        ({"attendance_option": "hybrid"}, "hybrid", "active", "no_link"),
        ({"conference_url": "https://intergroup.example/"}, "in_person", "active", "unknown_host"),
        (AREA | {"conference_url": "https://meet.example.org/x"}, "online", "active", "unknown_host"),
        ({"conference_url": "https://us02web.zoom.us?x=1"}, "in_person", "active", "front_page"),
        ({"conference_url": "https://evilzoom.us/j/1"}, "in_person", "active", "unknown_host"),
        ({"conference_url": "zoom.us/j/1"}, "hybrid", "active", "no_scheme"),
        ({"conference_url": "javascript:alert(1)"}, "in_person", "active", "bad_link"),
        ({"conference_url": "ask us"}, "in_person", "active", "bad_link"),
        ({"conference_phone": "555-01"}, "in_person", "active", "short_phone"),
        ({"formatted_address": "Via Roma, Roma, Italia", "approximate": "no"}, "in_person", "active", ""),
        ({"formatted_address": "Chicago, IL, USA", "approximate": "no"}, "in_person", "active", ""),
        (
            NOWHERE | {"location": "Fire Hall", "latitude": 34.2, "longitude": -88.7},
            "in_person",
            "active",
            "",
        ),
    ],
)
def test_attendance(facts, attendance, status, remark):
    listing, remarks = meeting_guide_row(**facts)
    assert (listing.attendance, listing.status) == (attendance, status)
    assert remarks == {remark} - {""}


def test_no_word_about_joining_is_lost():
    listing, _remarks = meeting_guide_row(conference_url="ask us", conference_url_notes="at the door")
    assert listing.online.url == ""
    assert listing.online.url_notes == "at the door\nask us"


@pytest.mark.parametrize(
    ("facts", "street", "city", "region", "country"),
    [
        (
            {"formatted_address": "1 A St, Oxford, MS, USA", "address": "9 B St", "city": "Y"},
            "1 A St",
            "Oxford",
            "MS",
            "US",
        ),
        (
            {"formatted_address": "-", "address": "9 B St", "city": "Oxford", "state": "MS"},
            "9 B St",
            "Oxford",
            "MS",
            "US",
        ),
        ({"formatted_address": "-", "address": "9 B St, Oxford, MS"}, "9 B St", "Oxford", "MS", "US"),
        (
            {"formatted_address": None, "address": "Online", "city": "Memphis", "state": "TN"},
            "",
            "Memphis",
            "TN",
            "US",
        ),
        (
            {"formatted_address": "Wicker Park, Chicago, IL, USA", "approximate": "yes"},
            "",
            "Chicago",
            "IL",
            "US",
        ),
    ],
)
def test_address(facts, street, city, region, country):
    place = meeting_guide_row(**facts)[0].place
    assert place
    assert (place.street, place.city, place.region, place.country) == (street, city, region, country)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"latitude": 34.2, "longitude": -88.7}, (34.2, -88.7, False)),
        ({"latitude": "34.2", "longitude": "-88.7"}, (34.2, -88.7, False)),
        ({"latitude": 0, "longitude": -88.7}, (None, None, False)),
        ({"latitude": 34.2, "longitude": 0}, (None, None, False)),
        ({"latitude": 134.2, "longitude": -88.7}, (None, None, False)),
        ({"coordinates": "34.2,-88.7"}, (34.2, -88.7, False)),
        ({"coordinates": "34,-89,35,-88"}, (34.5, -88.5, True)),
        ({"coordinates": "here,there"}, (None, None, False)),
        ({"latitude": 34.2, "longitude": -88.7, "approximate": True}, (34.2, -88.7, True)),
        ({"latitude": 34.2, "longitude": -88.7, "approximate": "yes"}, (34.2, -88.7, True)),
        ({"latitude": 34.2, "longitude": -88.7, "approximate": "no"}, (34.2, -88.7, False)),
    ],
)
def test_coordinates(facts, expected):
    place = meeting_guide_row(**facts)[0].place
    assert place
    assert (place.latitude, place.longitude, place.approximate) == expected


def test_without_coordinates_the_pin_is_guessed_and_marked():
    asked = []

    def pin(**question):
        asked.append(question)
        return TUPELO

    reading = meeting_guide_feed({"slug": "a", "name": "A", "day": 1, "time": "9:00", **STREET}, pin=pin)
    place = reading.listings[0].place
    assert place
    assert (place.latitude, place.approximate) == (34.258, True)
    assert reading.listings[0].timezone == "America/Chicago"
    assert [one.code for one in reading.remarks] == ["pin_guessed", "zone_from_pin"]
    assert asked[0] == {
        "street": "12 Mill Lane",
        "city": "Tupelo",
        "region": "MS",
        "postal_code": "38801",
        "country": "US",
    }


def test_an_address_nobody_knows_has_no_pin():
    reading = meeting_guide_feed(
        {"slug": "a", "name": "A", "day": 1, "time": "9:00", **STREET},
        pin=lambda **question: None,
        site_zone="Asia/Tokyo",
    )
    assert reading.listings[0].timezone == "Asia/Tokyo"
    assert [one.code for one in reading.remarks] == ["no_pin", "zone_of_site"]


CHICAGO = {"latitude": 41.88, "longitude": -87.63}


@pytest.mark.parametrize(
    ("facts", "zone", "remark"),
    [
        ({"timezone": "America/Denver"}, "America/Denver", ""),
        ({"timezone": None, **CHICAGO}, "America/Chicago", ""),
        ({"timezone": "EST", **CHICAGO}, "America/Chicago", "zone_guessed"),
        ({"timezone": "Mars/Phobos", **CHICAGO}, "America/Chicago", "zone_guessed"),
        ({"timezone": "Pacific"}, "America/Los_Angeles", "zone_guessed"),
        ({"timezone": "Mars/Phobos"}, "UTC", "zone_guessed"),
        ({"timezone": None}, "UTC", "zone_of_site"),
        ({"timezone": "America/New_York", **CHICAGO}, "America/New_York", "zone_elsewhere"),
        ({"timezone": "America/Menominee", **CHICAGO}, "America/Menominee", ""),
        ({"timezone": "America/New_York", **CHICAGO, **AREA, **LINK}, "America/New_York", ""),
    ],
)
def test_zone(facts, zone, remark):
    listing, remarks = meeting_guide_row(**facts)
    assert (listing.timezone, remarks) == (zone, {remark} - {""})


def test_rows_without_an_id_or_with_the_same_one():
    row = {"name": "Kitchen Table", "day": 1, "time": "19:00", "timezone": "Europe/Paris", **STREET}
    reading = meeting_guide_feed(
        row,
        {**row, "slug": "a"},
        {**row, "slug": "a", "day": 2},
        {**row, "slug": "a"},
        {**row, "slug": "é b/c"},
        {**row, "slug": 7},
    )
    first, *others = (listing.source_id for listing in reading.listings)
    assert first.startswith("kitchen-table-")
    assert others[0] == "a"
    assert others[1].startswith("a-")
    assert others[2:] == ["é b/c", "7"]
    assert [(one.row, one.code) for one in reading.remarks] == [(1, "no_id"), (3, "same_id"), (4, "same_row")]


def test_ids_do_not_depend_on_the_order_of_the_rows():
    rows = [{"name": name, "day": 1, "time": "19:00", **STREET} for name in ("A", "B")]
    ids = [{one.source_id for one in meeting_guide_feed(*order).listings} for order in (rows, rows[::-1])]
    assert ids[0] == ids[1]


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"name": "Women&#8217;s &amp; Friends"}, "Women’s & Friends"),
        ({"name": None, "group": "Lamplighters"}, "Lamplighters"),
        ({"name": "", "location": "Town Hall"}, "Town Hall"),
        ({"name": [], "meeting": "M"}, "M"),
        ({"name": "-"}, "Unnamed meeting"),
    ],
)
def test_name(facts, name):
    assert meeting_guide_row(**facts)[0].name == name


def test_markup_is_taken_out_of_notes_and_told():
    listing, remarks = meeting_guide_row(
        notes="<p>Ring the <b>bell</b>.</p><br/>AT&T, 5 < 6 &lt;ok&gt; R&notes"
    )
    assert listing.notes == "Ring the bell.\n\nAT&T, 5 < 6 <ok> R&notes"
    assert remarks == {"markup"}


def test_too_long_a_text_is_cut_and_told():
    listing, remarks = meeting_guide_row(name="x" * 300)
    assert len(listing.name) == 255
    assert remarks == {"too_long"}


def test_a_cross_street_moves_to_the_notes():
    listing, remarks = meeting_guide_row(
        formatted_address="5 Elm St @ 2nd Ave, Tupelo, MS", location_notes="Side door"
    )
    assert listing.place
    assert (listing.place.street, listing.place.notes) == ("5 Elm St", "@ 2nd Ave\nSide door")
    assert remarks == {"cross_street"}


def test_zip_that_lost_its_zero():
    listing, remarks = meeting_guide_row(
        formatted_address="-", address="1 A St", city="Salem", state="MA", postal_code=1970
    )
    assert listing.place
    assert (listing.place.postal_code, remarks) == ("01970", {"short_zip"})


def test_people_are_neither_published_nor_kept():
    row = {
        "slug": "a",
        "name": "A",
        "contact_1_name": "Pat",
        "contact_1_phone": "+15550100199",
        "contact_2_email": "",
    }
    reading = meeting_guide_feed(row, {"slug": "b", "name": "B"})
    assert "Pat" not in repr(reading)
    assert "5550100199" not in repr(reading)
    assert [(one.row, one.kind) for one in reading.remarks if one.code == "people_left_out"] == [(0, "guess")]


@pytest.mark.parametrize(
    ("written", "moment", "remark"),
    [
        ("2026-11-01 10:00:00", datetime(2026, 11, 1, 10, tzinfo=UTC), ""),
        ("2026-11-01T10:00:00+02:00", datetime(2026, 11, 1, 8, tzinfo=UTC), ""),
        ("last week", None, "bad_updated"),
        ("0001-01-01T00:00:00+23:00", None, "bad_updated"),
        (None, None, ""),
    ],
)
def test_updated(written, moment, remark):
    listing, remarks = meeting_guide_row(updated=written)
    assert (listing.updated_at, remarks) == (moment, {remark} - {""})


def test_facts_of_groups_and_places_are_shared():
    first = {"slug": "a", "name": "A", "group": "G", "location": "Hall", **STREET}
    second = {"slug": "b", "name": "B", "group": "G", "location": "Hall", **STREET}
    second |= {"group_notes": "Since 1990.", "location_notes": "Upstairs", "website": "https://g.example"}
    reading = meeting_guide_feed(first, second)
    assert len({listing.group for listing in reading.listings}) == 1
    assert reading.listings[0].group
    assert reading.listings[0].group.notes == "Since 1990."
    assert [listing.place and listing.place.notes for listing in reading.listings] == ["Upstairs", "Upstairs"]


def test_one_rotten_row_hides_nobody():
    good = {"name": "A", "day": 1, "time": "19:00", "timezone": "Europe/Paris", **STREET}
    reading = meeting_guide_feed({**good, "slug": "a"}, None, "row", [1], 7, {**good, "slug": "b"}, {})
    assert [listing.source_id for listing in reading.listings][:2] == ["a", "b"]
    assert [one.row for one in reading.remarks if one.code == "no_object"] == [2, 3, 4, 5]


def test_what_has_no_place_of_ours_is_kept_as_it_came():
    row = {"slug": "a", "name": "A", "venmo": "@x", "district": 7, "odd": {"deep": [1.5, None, "é\n"]}}
    assert meeting_guide_feed(row).listings[0].extra == row
