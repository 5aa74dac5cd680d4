"""BMLT rows as servers send them."""

import io
import json
from datetime import time

import pytest

from meetings.feeds import bmlt
from rules.listing import Slot, TypeFacts

from .feeds_of_rows import bmlt_feed, bmlt_row

ZOOM = {"virtual_meeting_link": "https://zoom.us/j/5550100"}


def fmt(shared_id, key, name, *, world="", kind="FC1", lang="en"):
    return {
        "id": shared_id,
        "key_string": key,
        "name_string": name,
        "description_string": f"About {name}.",
        "world_id": world,
        "format_type_enum": kind,
        "lang": lang,
    }


def test_a_whole_row():
    listing, remarks = bmlt_row(
        worldid_mixed="G0012 ",
        service_body_bigint="1003",
        service_body_name="Hill Area",
        formats="O,BT",
        format_shared_id_list="17,3",
        location_info="Behind the shop",
        bus_lines="Bus Lines#@-@#Bus Bx 15",
        train_lines="Train Lines#@-@#2 o 5#@-@#Tren 7",
        location_city_subsection="",
        location_neighborhood="Uptown",
        location_postal_code_1="38801",
        comments="No pets",
        contact_name_1="Pat",
        email_contact="pat@example.org",
        zone="b",
    )
    assert remarks == set()
    assert listing.slot == Slot(1, time(19), 90)
    assert (listing.timezone, listing.attendance, listing.types) == (
        "America/Chicago",
        "in_person",
        ("BT", "O"),
    )
    assert listing.group
    assert (listing.group.key, listing.group.name, listing.body_key) == ("G0012", "A", "1003")
    place = listing.place
    assert place
    assert (place.city, place.neighborhood, place.country) == ("Tupelo", "Uptown", "US")
    assert place.notes == "Behind the shop\nBus Bx 15\nTren 7"
    assert listing.notes == "No pets"
    assert listing.extra["bus_lines"] == "Bus Lines#@-@#Bus Bx 15"
    assert listing.extra["zone"] == "b"
    assert (listing.extra["contact_name_1"], listing.extra["email_contact"]) == ("", "")


def test_no_field_keeps_its_prompt():
    texts = (
        "meeting_name",
        "location_text",
        "location_street",
        "location_municipality",
        "comments",
        "weekday_tinyint",
    )
    values = {"weekday_tinyint": "3"}
    listing, _remarks = bmlt_row(**{key: f"Prompt#@-@#{values.get(key, key)}" for key in texts})
    assert (listing.name, listing.notes) == ("meeting_name", "comments")
    assert listing.slot
    assert listing.slot.weekday == 2
    assert listing.place
    assert (listing.place.name, listing.place.street) == ("location_text", "location_street")


@pytest.mark.parametrize(
    ("facts", "slot", "remark"),
    [
        ({"weekday_tinyint": "1"}, Slot(0, time(19), 90), ""),
        ({"weekday_tinyint": 7}, Slot(6, time(19), 90), ""),
        ({"duration_time": "00:00:00"}, Slot(1, time(19), 60), "end_guessed"),
        ({"duration_time": None}, Slot(1, time(19), 60), "end_guessed"),
        ({"duration_time": "24:00:00"}, Slot(1, time(19), 1440), "long"),
        ({"start_time": "23:30"}, Slot(1, time(23, 30), 90), ""),
        ({"weekday_tinyint": "", "start_time": ""}, None, ""),
        ({"weekday_tinyint": ""}, None, "half_a_slot"),
    ],
)
def test_slot(facts, slot, remark):
    listing, remarks = bmlt_row(**facts)
    assert (listing.slot, remarks) == (slot, {remark} - {""})


@pytest.mark.parametrize(
    "facts", [{"weekday_tinyint": "8"}, {"weekday_tinyint": "0"}, {"start_time": "25:00:00"}]
)
def test_an_unreadable_slot_waits(facts):
    reading = bmlt_feed(
        {"id_bigint": "5", "weekday_tinyint": "2", "start_time": "19:00:00", **facts}, {"id_bigint": "6"}
    )
    assert [listing.source_id for listing in reading.listings] == ["6"]
    assert [(one.kind, one.source_id) for one in reading.remarks if one.row == 1] == [("problem", "5")]


@pytest.mark.parametrize(
    ("facts", "attendance", "status", "remark"),
    [
        ({}, "in_person", "active", ""),
        ({"venue_type": ""}, "in_person", "active", ""),
        ({"venue_type": "", **ZOOM}, "hybrid", "active", ""),
        ({"venue_type": "2", **ZOOM}, "online", "active", ""),
        ({"venue_type": "2", "phone_meeting_number": "+15550100100"}, "online", "active", ""),
        ({"venue_type": "2"}, "online", "active", "no_link"),
        ({"venue_type": "3", **ZOOM}, "hybrid", "active", ""),
        ({"venue_type": "3"}, "hybrid", "active", "no_link"),
        ({"venue_type": "1", **ZOOM}, "in_person", "active", ""),
        ({"venue_type": "", "formats": "VM", "format_shared_id_list": "54", **ZOOM}, "online", "active", ""),
        ({"venue_type": "", "formats": "HY", "format_shared_id_list": "56", **ZOOM}, "hybrid", "active", ""),
        ({"formats": "VM", "format_shared_id_list": "54", **ZOOM}, "online", "active", "venue_unclear"),
        ({"formats": "TC", "format_shared_id_list": "55"}, "in_person", "paused", ""),
        ({"formats": "TC", "format_shared_id_list": "55", **ZOOM}, "online", "active", ""),
        (
            {"formats": "TC,HY", "format_shared_id_list": "55,56", "venue_type": "3", **ZOOM},
            "online",
            "active",
            "",
        ),
        ({"venue_type": "2", "virtual_meeting_link": "call us"}, "online", "active", "bad_link no_link"),
    ],
)
def test_attendance(facts, attendance, status, remark):
    listing, remarks = bmlt_row(**facts)
    assert (listing.attendance, listing.status) == (attendance, status)
    assert remarks == set(remark.split())


def test_venue_formats_are_facts_not_types():
    listing, _remarks = bmlt_row(formats="O,VM,TC", format_shared_id_list="17,54,55", **ZOOM)
    assert listing.types == ("O", "TC")


def test_an_online_meeting_has_no_door():
    listing, remarks = bmlt_row(venue_type="2", **ZOOM)
    assert listing.place
    assert listing.place.approximate
    listing, remarks = bmlt_row(
        **(
            ZOOM
            | dict.fromkeys(
                ("location_text", "location_street", "location_municipality", "location_province"), ""
            )
        ),
        venue_type="2",
        latitude="0",
        longitude="0",
        time_zone="Europe/Paris",
    )
    assert (listing.place, listing.timezone, remarks) == (None, "Europe/Paris", set())


@pytest.mark.parametrize(
    ("definition", "types"),
    [
        (
            fmt("22", "SD", "Speaker/Discussion", world="SPK"),
            ("SD",),
        ),  # the default one, whatever its world id
        (fmt("27", "ET", "Étape", world="STEP", lang="fr"), ("STEP",)),
        (fmt("90", "WC", "Wheelchair"), ("X",)),
        (fmt("90", "LV", "Luz de Velas", world="CAN", lang="pt"), ("CAN",)),
        (fmt("9", "ES", "Espanol", world="LANG", kind="FC3"), ("ES",)),
        (fmt("90", "L/R", "Lithuanian/Russian", world="LANG"), ("LT", "RU")),
        (fmt("90", "PO", "Portuguese speaking meeting", kind="LANG"), ("PT",)),
        (fmt("90", "CZ", "Czech", kind="LANG"), ("CES",)),
        (fmt("2", "BL", "Bi-Lingual", world="LANG"), ("BL",)),
        (fmt("90", "KL", "Klingon", kind="LANG"), ("KL",)),
        (fmt("28", "Zz", "Zen"), ("Zz",)),
        (fmt("52", "ID", "ID Required to Enter"), ("ID-52",)),
        (fmt("90", "a:b", "Colon"), ("a-b",)),
        (fmt("90", "VC", "Virtual", world="VM"), ()),
    ],
)
def test_formats(definition, types):
    listing, remarks = bmlt_row(
        [definition],
        formats=definition["key_string"],
        format_shared_id_list=definition["id"],
        **ZOOM,
        venue_type="",
    )
    assert (listing.types, remarks) == (types, set())


def test_a_format_of_the_servers_own_brings_its_names():
    row = {"id_bigint": "1", "format_shared_id_list": "90", "formats": "Zz"}
    formats = [
        fmt("90", "Zz", "Zen", kind="FC3"),
        fmt("90", "ZZ", "Le zen", kind="FC3", lang="fr"),
        fmt("91", "U", "Unused"),
    ]
    reading = bmlt_feed(row, formats=formats)
    names, words = {"en": "Zen", "fr": "Le zen"}, {"en": "About Zen.", "fr": "About Le zen."}
    assert reading.types == (TypeFacts("Zz", "community", names, words),)


@pytest.mark.parametrize(
    ("facts", "types", "remark"),
    [
        ({"formats": "O,BT", "format_shared_id_list": "17,3"}, ("BT", "O"), ""),
        ({"formats": "O,BT"}, ("BT", "O"), ""),
        ({"formats": "O,XQ"}, ("O",), "unknown_format"),
        ({"formats": "O", "format_shared_id_list": "17,3"}, ("O",), "unknown_format"),
        ({"formats": "O,C"}, ("C",), "open_and_closed"),
        ({"formats": ""}, (), ""),
    ],
)
def test_formats_that_nobody_defined(facts, types, remark):
    """An id alone does not tell: servers number as they like. Id and key together do, or a lone key."""
    listing, remarks = bmlt_row(**facts)
    assert (listing.types, remarks) == (types, {remark} - {""})


def test_formats_of_the_envelope_are_used():
    feed = {
        "meetings": [{"id_bigint": "1", "format_shared_id_list": "90", "formats": "W1"}],
        "formats": [fmt("90", "W1", "Women", world="W")],
    }
    assert bmlt.read(io.BytesIO(json.dumps(feed).encode())).listings[0].types == ("W",)


def test_formats_of_another_fellowship_are_its_own():
    row = {"id_bigint": "1", "format_shared_id_list": "17,9", "formats": "O,ES"}
    formats = [fmt("17", "O", "Open", world="OPEN"), fmt("9", "ES", "Spanish", world="LANG")]
    reading = bmlt_feed(row, formats=formats, fellowship="ca")
    assert (reading.listings[0].types, [one.code for one in reading.types]) == (("ES", "O-17"), ["O-17"])


def test_unpublished_rows_are_left_out_and_told():
    reading = bmlt_feed({"id_bigint": "1", "published": "0"}, {"id_bigint": "2", "published": "1"})
    assert [listing.source_id for listing in reading.listings] == ["2"]
    remark = next(one for one in reading.remarks if one.row == 1)
    assert (remark.kind, remark.code, remark.source_id) == ("guess", "unpublished", "1")


def test_boroughs_come_before_cities():
    listing, _remarks = bmlt_row(location_city_subsection="Brooklyn", location_municipality="New York")
    assert listing.place
    assert listing.place.city == "Brooklyn"
    listing, _remarks = bmlt_row(location_municipality="", location_neighborhood="Lyell")
    assert listing.place
    assert (listing.place.city, listing.place.neighborhood) == ("Lyell", "")


def test_service_bodies():
    bodies = [
        {"id": "1", "parent_id": "0", "name": "Region", "type": "RS", "world_id": "RG1", "helpline": "555"},
        {
            "id": "2",
            "parent_id": "1",
            "name": "Area",
            "type": "AS",
            "world_id": " AR2",
            "url": "https://a.example",
        },
        {"id": "3", "parent_id": "", "name": "Alone"},
        {"id": "4", "parent_id": "99", "name": "Orphan"},
        {"id": "5", "parent_id": "6", "name": "Ring"},
        {"id": "6", "parent_id": "5", "name": "Ring too"},
        {"name": "Nobody"},
        "no body",
    ]
    reading = bmlt_feed(
        {"id_bigint": "1", "service_body_bigint": "77", "service_body_name": "Far"}, bodies=bodies
    )
    parents = {body.key: body.parent_key for body in reading.bodies}
    assert parents == {"1": "", "2": "1", "3": "", "4": "", "5": "", "6": "", "77": ""}
    area = reading.bodies[1]
    assert (area.kind, area.world_id, area.website) == ("AS", "AR2", "https://a.example")
    assert reading.bodies[-1].name == "Far"
    codes = [
        one.code for one in reading.remarks if one.row == 0 or one.code.startswith(("body", "no_object"))
    ]
    assert codes.count("body_without_parent") == 3
    assert "body_left_out" in codes


def test_a_group_has_the_name_most_of_its_meetings_have():
    rows = [
        {"id_bigint": str(number), "worldid_mixed": "G1", "meeting_name": name}
        for number, name in enumerate(["Strictly Steps", "Midday Miracles", "Midday Miracles"], start=1)
    ]
    reading = bmlt_feed(*rows, {"id_bigint": "9", "worldid_mixed": "", "meeting_name": "Alone"})
    assert [one.group and one.group.name for one in reading.listings] == ["Midday Miracles"] * 3 + [None]
    assert reading.listings[0].name == "Strictly Steps"
    assert "group_names" in {one.code for one in reading.remarks}
