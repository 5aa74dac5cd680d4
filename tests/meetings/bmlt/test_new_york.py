"""The real answers of a real server, imported and asked for again: what goes in comes out."""

from __future__ import annotations

import pytest

from meetings import editing
from meetings.models import Meeting
from rules.bmlt_circle import KM_A_DEGREE, MILES_A_DEGREE, apart, rung
from tests.bmlt_data import needs_shared, new_york
from tests.builders import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.thorough, needs_shared]

OURS = {"root_server_uri"}
"""Documented in docs/feeds/bmlt.md: it names the server that answers, and that is us."""


@pytest.fixture
def city(told):
    return told(
        *new_york("meetings"), formats=new_york("formats"), bodies=new_york("service-bodies"), name="ny"
    )


def test_every_field_comes_back(city, bmlt_client):
    before = {one["id_bigint"]: one for one in new_york("meetings")}
    after = {one["id_bigint"]: one for one in bmlt_client.search()}

    assert after.keys() == before.keys()
    differences = [
        (number, key, value, after[number].get(key))
        for number, one in before.items()
        for key, value in one.items()
        if key not in OURS and after[number].get(key) != value.strip()
    ]
    assert differences == []
    assert {type(value) for one in after.values() for value in one.values()} == {str}


def test_formats_and_bodies_come_back(city, bmlt_client):
    formats = {one["id"]: one for one in bmlt_client.ask("GetFormats", "show_all=1")}
    for one in new_york("formats"):
        expected = {key: (value or "").strip() for key, value in one.items() if key not in OURS}
        assert formats[one["id"]] | expected == formats[one["id"]]
    bodies = {one["id"]: one for one in bmlt_client.ask("GetServiceBodies")}
    for one in new_york("service-bodies"):
        assert bodies[one["id"]] == {key: value.strip() for key, value in one.items()}


def test_a_hand_edit_wins_for_its_fact_alone(city, bmlt_client):
    [before] = bmlt_client.search("meeting_ids=1452")
    meeting = Meeting.objects.get(origin__key="1452")
    editing.change(meeting, by=None, now=NOW, name="Eleventh Step")

    [after] = bmlt_client.search("meeting_ids=1452")
    assert after == before | {"meeting_name": "Eleventh Step"}


def test_a_sorted_page_is_the_page_of_the_whole(city, bmlt_client):
    """Also by a field that is not in the main table, where the original cuts before it sorts."""
    keys = "sort_keys=location_municipality,meeting_name,id_bigint"
    whole = [one["id_bigint"] for one in bmlt_client.search(keys)]
    pages = [
        one["id_bigint"]
        for n in (1, 2, 3)
        for one in bmlt_client.search(f"{keys}&page_size=600&page_num={n}")
    ]
    assert pages == whole
    towns = [one["location_municipality"].casefold() for one in bmlt_client.search(keys)]
    filled = [town for town in towns if town]
    assert filled == sorted(filled)
    assert towns[len(filled) :] == [""] * (len(towns) - len(filled))


def test_recursion_goes_down_the_tree(city, bmlt_client):
    parents = {one["id"]: one["parent_id"] for one in new_york("service-bodies")}

    def is_below(number):
        return number == "2" or (number in parents and is_below(parents[number]))

    expected = {one["id_bigint"] for one in new_york("meetings") if is_below(one["service_body_bigint"])}
    assert expected
    found = {one["id_bigint"] for one in bmlt_client.search("services=2&recursive=1")}
    assert found == expected
    rest = {one["id_bigint"] for one in bmlt_client.search("services=-2&recursive=1")}
    assert rest == {one["id_bigint"] for one in new_york("meetings")} - expected


def test_a_circle_holds_what_arithmetic_says(city, bmlt_client):
    for unit, key, a_degree in (
        ("geo_width", "distance_in_miles", MILES_A_DEGREE),
        ("geo_width_km", "distance_in_km", KM_A_DEGREE),
    ):
        for spot, radius in (((40.7128, -74.006), 0.5), ((42.8864, -78.8784), 3), ((44.9, -74.9), 40)):
            away = {
                one["id_bigint"]: apart(*spot, float(one["latitude"]), float(one["longitude"])) * a_degree
                for one in new_york("meetings")
            }
            where = f"lat_val={spot[0]}&long_val={spot[1]}"
            found = bmlt_client.search(f"{where}&{unit}={radius}&sort_results_by_distance=1")
            assert {one["id_bigint"] for one in found} == {one for one, far in away.items() if far <= radius}
            distances = [float(one[key]) for one in found]
            assert distances == sorted(distances)


def test_at_least_so_many(city, bmlt_client):
    """And no more than the ladder's next rung brings along."""
    spot = (43.1566, -77.6088)
    away = sorted(
        apart(*spot, float(one["latitude"]), float(one["longitude"])) * MILES_A_DEGREE
        for one in new_york("meetings")
    )
    for least in (1, 7, 50, 1000, 1513):
        found = bmlt_client.search(f"lat_val={spot[0]}&long_val={spot[1]}&geo_width=-{least}")
        radius = rung(away[least - 1])
        assert len(found) == sum(far <= radius for far in away)
    assert len(bmlt_client.search(f"lat_val={spot[0]}&long_val={spot[1]}&geo_width=-2000")) == 1513


def test_used_formats_are_those_of_the_page(city, bmlt_client):
    answer = bmlt_client.search("services=1006&get_used_formats=1&page_size=20")
    used = {
        number for one in answer["meetings"] for number in one["format_shared_id_list"].split(",") if number
    }
    assert {one["id"] for one in answer["formats"]} == used


def test_formats_by_their_exact_ids(city, bmlt_client):
    for keys, operator in (("17,8", "AND"), ("17,8", "OR"), ("17,-8", "AND"), ("-17", "AND")):
        asked = [int(key) for key in keys.split(",")]
        include, exclude = {n for n in asked if n > 0}, {-n for n in asked if n < 0}
        expected = set()
        for one in new_york("meetings"):
            has = {int(part) for part in one["format_shared_id_list"].split(",") if part}
            fits = bool(include & has) if operator == "OR" else include <= has
            if fits and not exclude & has:
                expected.add(one["id_bigint"])
        found = bmlt_client.search(f"formats={keys}&formats_comparison_operator={operator}")
        assert {one["id_bigint"] for one in found} == expected


def test_any_field_by_its_value(city, bmlt_client):
    for key, value in (
        ("location_municipality", "buffalo"),
        ("location_sub_province", "Kings"),
        ("meeting_name", "Day by Day"),
    ):
        expected = {
            one["id_bigint"]
            for one in new_york("meetings")
            if one[key].strip().casefold() == value.casefold()
        }
        found = bmlt_client.search(f"meeting_key={key}&meeting_key_value={value}")
        assert expected
        assert {one["id_bigint"] for one in found} == expected


def test_field_values_hold_every_meeting_once(city, bmlt_client):
    for key in ("location_municipality", "weekday_tinyint", "formats", "meeting_name"):
        values = bmlt_client.ask("GetFieldValues", f"meeting_key={key}")
        ids = [number for one in values for number in one["ids"].split(",")]
        assert sorted(ids) == sorted(one["id_bigint"] for one in new_york("meetings"))
        assert len({one[key] for one in values}) == len(values)


def test_ends_are_added_up_right(city, bmlt_client):
    def minutes(text):
        hours, rest = text.split(":")[:2]
        return int(hours) * 60 + int(rest)

    expected = {
        one["id_bigint"]
        for one in new_york("meetings")
        if minutes(one["start_time"]) + minutes(one["duration_time"]) <= 18 * 60 + 15
    }
    found = bmlt_client.search("EndsBeforeH=18&EndsBeforeM=15")
    assert {one["id_bigint"] for one in found} == expected
