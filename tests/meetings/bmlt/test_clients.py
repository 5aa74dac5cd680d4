"""The requests that real clients send, as they send them, and what each of them needs of the answer."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from tests.bmlt_data import body, definition, row

pytestmark = pytest.mark.django_db

_CRUMB_MEETING = (
    "id_bigint weekday_tinyint start_time duration_time time_zone venue_type meeting_name "
    "location_text location_info location_street location_municipality location_province "
    "location_postal_code_1 latitude longitude service_body_name format_shared_id_list comments "
    "virtual_meeting_link virtual_meeting_additional_info email_contact distance_in_miles"
)
CRUMB_MEETING = set(_CRUMB_MEETING.split())
CRUMB_FORMAT = {"id", "key_string", "name_string", "description_string", "format_type_enum"}
YAP_FIELDS = (
    "id_bigint,meeting_name,weekday_tinyint,start_time,location_text,location_info,location_municipality,"
    "location_province,location_street,longitude,latitude,distance_in_miles,distance_in_km,formats,"
    "virtual_meeting_link,phone_meeting_number,virtual_meeting_additional_info"
)
HERE = "long_val=-73.79&lat_val=42.25"


@pytest.fixture(autouse=True)
def _server(told):
    told(
        *(
            row(
                id_bigint=str(n),
                meeting_name=f"Meeting {n}",
                weekday_tinyint=str(n % 7 + 1),
                venue_type="2" if n % 5 == 0 else "1",
                formats="O,VM" if n % 5 == 0 else "O,BT",
                format_shared_id_list="17,54" if n % 5 == 0 else "3,17",
                virtual_meeting_link="https://zoom.us/j/5551234567" if n % 5 == 0 else "",
                service_body_bigint="1002" if n % 2 else "1003",
                latitude=str(42.25 + n * 0.01),
            )
            for n in range(1, 31)
        ),
        formats=[
            definition("17", "O", "Open", world_id="OPEN", format_type_enum="O"),
            definition("3", "BT", "Basic Text", world_id="BT"),
            definition("54", "VM", "Virtual Meeting", world_id="VM", format_type_enum="FC2"),
            definition("55", "TC", "Temporarily Closed Facility", world_id="TC", format_type_enum="FC2"),
        ],
        bodies=[body("1"), body("1002", "1"), body("1003", "1002")],
    )


class TestQueryClient:
    """bmlt-query-client: arrays in encoded brackets, booleans as 1."""

    def test_pages(self, bmlt_client):
        assert len(bmlt_client.search("page_size=5")) == 5

    def test_venues_and_days(self, bmlt_client):
        assert {one["venue_type"] for one in bmlt_client.search("venue_types=2")} == {"2"}
        assert {one["weekday_tinyint"] for one in bmlt_client.search("weekdays=2")} == {"2"}
        found = bmlt_client.search(
            "meeting_key=weekday_tinyint&meeting_key_value%5B%5D=2&meeting_key_value%5B%5D=3"
        )
        assert {one["weekday_tinyint"] for one in found} == {"2", "3"}

    def test_around(self, bmlt_client):
        found = bmlt_client.search(f"{HERE}&sort_results_by_distance=1&geo_width=2")
        assert found
        assert all(float(one["distance_in_miles"]) <= 2 for one in found)

    def test_formats(self, bmlt_client):
        answer = bmlt_client.search("get_used_formats=1")
        used = {part for one in answer["meetings"] for part in one["format_shared_id_list"].split(",")}
        assert {one["id"] for one in answer["formats"]} == used
        every = bmlt_client.search("formats%5B%5D=17&formats%5B%5D=3")
        some = bmlt_client.search("formats%5B%5D=17&formats%5B%5D=3&formats_comparison_operator=OR")
        assert {one["id_bigint"] for one in every} < {one["id_bigint"] for one in some}

    def test_bodies(self, bmlt_client):
        def ids(query):
            return {one["id"] for one in bmlt_client.ask("GetServiceBodies", query)}

        assert ids("services%5B%5D=1&recursive=1") == {"1", "1002", "1003"}
        assert ids("services%5B%5D=1003&parents=1") == {"1", "1002", "1003"}


def test_crumb(bmlt_client):
    query = "services[]=1002&recursive=1&page_size=5000&lang_enum=en&get_used_formats=1"
    for asked in (query, f"{HERE}&geo_width=75&sort_results_by_distance=1&lang_enum=fr&get_used_formats=1"):
        answer = bmlt_client.search(asked)
        assert len(answer["meetings"]) == 30
        assert all(one.keys() >= CRUMB_MEETING for one in answer["meetings"])
        assert all(one.keys() >= CRUMB_FORMAT for one in answer["formats"])
        assert answer["formats"]


def test_croutonjs(bmlt_client):
    def jsonp(query):
        response = bmlt_client.get(
            f"{query}&callback=jsonp_1763884800000_12345", "jsonp", "//main_server//client_interface"
        )
        return json.loads(response.body.removeprefix(b"/**/jsonp_1763884800000_12345(").removesuffix(b");"))

    search = "switcher=GetSearchResults&get_used_formats&lang_enum=en"
    answer = jsonp(f"{search}&services[]=1002&recursive=1&sort_keys=start_time")
    assert len(answer["meetings"]) == 30
    assert (
        len(jsonp(f"{search}&services[]=1002&recursive=1&sort_keys=start_time&formats[]=54")["meetings"]) == 6
    )
    map_search = jsonp(f"{search}&venue_types[]=-2&lat_val=42.25&long_val=-73.79&geo_width=-5")
    assert len(map_search["meetings"]) >= 5
    assert {one["venue_type"] for one in map_search["meetings"]} == {"1"}
    keys = jsonp("switcher=GetFormats&lang_enum=en&key_strings[]=TC&key_strings[]=VM&key_strings[]=HY")
    assert [one["key_string"] for one in keys] == ["VM"]
    assert {one["id"] for one in jsonp("switcher=GetServiceBodies&parents=1&services[]=1002")} == {
        "1",
        "1002",
    }
    assert len(jsonp(f"{search}&meeting_ids[]=3&meeting_ids[]=4")["meetings"]) == 2


def test_bmltsearch3(bmlt_client):
    extra = "callingApp=bmlt_search_3_ionic"
    nearest = bmlt_client.search(f"geo_width_km=-10&{HERE}&sort_keys=longitude,latitude&{extra}")
    latitudes = [float(one["latitude"]) for one in nearest]
    assert len(latitudes) >= 10
    assert latitudes == sorted(latitudes)
    pins = bmlt_client.search(f"data_field_key=longitude,latitude,id_bigint&geo_width_km=20&{HERE}&{extra}")
    assert {tuple(sorted(one)) for one in pins} == {("id_bigint", "latitude", "longitude")}
    assert len(bmlt_client.search("meeting_ids[]=1,2,3")) == 3
    assert len(bmlt_client.search("services=1003&sort_keys=weekday_tinyint,start_time")) == 15
    formats = bmlt_client.ask("GetFormats", "show_all=1&format_ids=3,17,55&lang_enum=en")
    assert [one["id"] for one in formats] == ["3", "17", "55"]


def test_yap(bmlt_client):
    query = f"get_used_formats&data_field_key={YAP_FIELDS}&sort_results_by_distance=1&{HERE}"
    query += "&geo_width=-5&weekdays=3"
    answer = bmlt_client.search(query)
    assert len(answer["meetings"]) >= 4
    assert {one["weekday_tinyint"] for one in answer["meetings"]} == {"3"}
    assert set(answer["meetings"][0]) == set(YAP_FIELDS.split(","))
    away = [float(one["distance_in_miles"]) for one in answer["meetings"]]
    assert away == sorted(away)
    helpline = "data_field_key=longitude,latitude,service_body_bigint&sort_results_by_distance=1&geo_width=-1"
    assert bmlt_client.search(f"{helpline}&{HERE}")[0]["service_body_bigint"] == "1002"
    [owner] = bmlt_client.search("data_field_key=root_server_uri&page_size=1")
    assert owner == {"root_server_uri": "http://testserver/main_server"}
    assert not bmlt_client.search(f"{query}&formats=-17")["meetings"]


def test_bread(bmlt_client):
    answer = bmlt_client.search(
        "recursive=1&services[]=1002&sort_keys=weekday_tinyint,start_time,meeting_name&get_used_formats&lang_enum=en"
    )
    order = [
        (one["weekday_tinyint"], one["start_time"], one["meeting_name"].casefold())
        for one in answer["meetings"]
    ]
    assert len(order) == 30
    assert order == sorted(order)
    assert bmlt_client.ask("GetServerInfo")[0]["nativeLang"] == "en"


def test_whatever_is_sent_is_answered(bmlt_client):
    """No parameter, however odd, breaks the server."""
    odd = [
        "",
        "0",
        "-0",
        "1e9",
        "NaN",
        "-inf",
        "[]",
        "' OR 1=1 --",
        "%",
        "_",
        "\x00",
        "é" * 300,
        "9" * 400,
        "1,,2,-",
    ]
    named = (
        "meeting_ids weekdays venue_types formats services meeting_key meeting_key_value "
        "StartsAfterH EndsBeforeM MinDurationH lat_val long_val geo_width geo_width_km SearchString "
        "advanced_published sort_keys sort_key page_size page_num data_field_key lang_enum "
        "formats_comparison_operator "
    )
    names = named.split()
    for name in names:
        for value in odd:
            asked = f"switcher=GetSearchResults&{name}={quote(value)}&{name}[]={quote(value)}"
            if name in {"geo_width", "geo_width_km"}:
                asked += f"&{HERE}"
            assert bmlt_client.get(asked).status_code == 200, asked
