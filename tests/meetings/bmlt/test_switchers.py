"""Every switcher, in every form, as clients ask and as they should not."""

from __future__ import annotations

import csv
import io
import json

import pytest

from meetings import editing
from meetings.gazetteer.place import GeoPlace, Located
from meetings.models import Meeting, Source
from rules.listing import Online
from tests import builders
from tests.bmlt_data import body, definition, row, rows
from tests.builders import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(told):
    """A region with two areas, formats in two languages, and three meetings."""
    told(
        row(id_bigint="1", meeting_name="Café Sol", service_body_bigint="2", location_info="@156th/St"),
        row(
            id_bigint="2",
            meeting_name="Second",
            service_body_bigint="3",
            formats="O,Xx",
            format_shared_id_list="17,90",
        ),
        row(
            id_bigint="3",
            meeting_name="Third",
            service_body_bigint="3",
            weekday_tinyint="7",
            start_time="23:30:00",
        ),
        formats=[
            definition("17", "O", "Open", world_id="OPEN", format_type_enum="O"),
            definition("17", "A", "Abierta", world_id="OPEN", format_type_enum="O", lang="es"),
            definition("3", "BT", "Basic Text", world_id="BT"),
            definition("90", "Xx", "Unheard-of"),
            definition("91", "Un", "Unused"),
        ],
        bodies=[
            body("1", world_id="RG1", name="Region"),
            body("2", "1", name="East"),
            body("3", "1", name="West", world_id="AR3"),
        ],
    )


def test_json_as_php_writes_it(server, bmlt_client):
    response = bmlt_client.get("switcher=GetSearchResults&meeting_ids=1")
    assert response["Content-Type"] == "application/json"
    assert rb'"meeting_name":"Caf\u00e9 Sol"' in response.body
    assert b'"location_info":"@156th/St"' in response.body
    assert response.body.isascii()


@pytest.mark.parametrize("name", ["callback", "jsonp_1700000000_12345", "jQuery.x[0]"])
def test_jsonp(server, bmlt_client, name):
    query = "switcher=GetServiceBodies" + ("" if name == "callback" else f"&callback={name}")
    response = bmlt_client.get(query, "jsonp")
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    inner = response.body.decode().removeprefix(f"/**/{name}(").removesuffix(");")
    assert json.loads(inner) == bmlt_client.ask("GetServiceBodies")


def test_a_callback_that_is_code_is_refused(server, bmlt_client):
    for name in ("alert(1)//", "a;b", "<script>", "ünder"):
        assert bmlt_client.get(f"switcher=GetFormats&callback={name}", "jsonp").status_code == 422


@pytest.mark.parametrize(
    "address",
    [
        "/main_server/client_interface/json/",
        "/main_server/client_interface/json",
        "/main_server//client_interface/json/",
        "//client_interface/json/",
        "//main_server//client_interface/json//",
    ],
)
def test_slashes_do_not_matter(server, bmlt_client, address):
    response = bmlt_client.client.get(
        "/", {"switcher": "GetServiceBodies"}, PATH_INFO=address, headers={"origin": "https://na.example.org"}
    )
    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"
    assert len(response.json()) == 3
    assert not response.cookies


def test_get_alone(server, bmlt_client):
    address = "/main_server/client_interface/json/?switcher=GetFormats"
    assert bmlt_client.client.post(address).status_code == 405
    assert bmlt_client.client.head(address).status_code == 200


@pytest.mark.parametrize(
    ("form", "query"),
    [
        ("json", ""),
        ("json", "switcher=GetEverything"),
        ("xml", "switcher=GetSearchResults"),
        ("kml", "switcher=GetSearchResults"),
        ("csv", "switcher=GetSearchResults"),
        ("json", "switcher=GetNAWSDump&sb_id=1"),
        ("csv", "switcher=GetNAWSDump"),
        ("csv", "switcher=GetNAWSDump&sb_id=99"),
        ("json", "switcher=GetChanges&start_date=yesterday"),
        ("json", "switcher=GetChanges&end_date=9999-12-31"),
    ],
)
def test_what_cannot_be_answered_is_422(server, bmlt_client, form, query):
    response = bmlt_client.get(query, form)
    assert response.status_code == 422
    assert json.loads(response.body)["message"]
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("key", ["", "nonsense", "contact_name_1", "id"])
def test_field_values_of_no_field_are_400(server, bmlt_client, key):
    assert bmlt_client.get(f"switcher=GetFieldValues&meeting_key={key}").status_code == 400


def test_too_many_requests(server, bmlt_client, settings):
    settings.PUBLIC_READS_A_MINUTE = 2
    answers = [
        bmlt_client.get("switcher=GetServerInfo", REMOTE_ADDR="198.51.100.7").status_code for _ in range(4)
    ]
    assert answers[0] == 200
    assert answers[-1] == 429


def test_formats(server, bmlt_client):
    def keys(query=""):
        return [one["key_string"] for one in bmlt_client.ask("GetFormats", query)]

    assert keys() == ["BT", "O", "Xx"]
    assert {"BT", "O", "Xx", "Un", "VM", "HY", "TC"} <= set(keys("show_all=1"))
    assert keys("lang_enum=es") == ["BT", "A", "Xx"]
    assert keys("lang_enum[]=es&lang_enum[]=en") == ["BT", "BT", "A", "O", "Xx"]
    assert keys("format_ids=17") == ["O"]
    assert keys("format_ids=-17,-3") == ["Xx"]
    assert keys("key_strings[]=O&key_strings[]=Xx") == ["O", "Xx"]
    assert keys("show_all=1&format_ids=91,54") == ["VM", "Un"]
    [one] = bmlt_client.ask("GetFormats", "format_ids=17")
    assert one == {
        "key_string": "O",
        "name_string": "Open",
        "description_string": "About Open",
        "lang": "en",
        "id": "17",
        "world_id": "OPEN",
        "format_type_enum": "O",
        "root_server_uri": "http://testserver/main_server",
    }


def test_service_bodies(server, bmlt_client):
    def names(query=""):
        return sorted(one["name"] for one in bmlt_client.ask("GetServiceBodies", query))

    assert names() == ["East", "Region", "West"]
    assert names("services=2") == ["East"]
    assert names("services[]=1&recursive=1") == ["East", "Region", "West"]
    assert names("parents=1&services[]=3") == ["Region", "West"]
    assert names("services=-1") == ["East", "West"]
    assert names("services=-1&recursive=1") == []
    assert names("services=99") == []
    [one] = bmlt_client.ask("GetServiceBodies", "services=3")
    assert (one["id"], one["parent_id"], one["type"], one["world_id"]) == ("3", "1", "AS", "AR3")
    assert "contact_email" not in one


def test_field_keys_name_what_can_be_asked_for(server, bmlt_client):
    keys = [one["key"] for one in bmlt_client.ask("GetFieldKeys")]
    assert keys[:2] == ["id_bigint", "worldid_mixed"]
    assert {"meeting_name", "comments", "zone", "virtual_meeting_link"} <= set(keys)
    assert not [key for key in keys if "contact" in key or "email" in key or key == "admin_notes"]
    for key in keys:
        assert bmlt_client.get(f"switcher=GetFieldValues&meeting_key={key}").status_code == 200


def test_field_values(server, bmlt_client):
    assert bmlt_client.ask("GetFieldValues", "meeting_key=weekday_tinyint") == [
        {"weekday_tinyint": "2", "ids": "1,2"},
        {"weekday_tinyint": "7", "ids": "3"},
    ]
    assert bmlt_client.ask("GetFieldValues", "meeting_key=comments") == [{"comments": "NULL", "ids": "1,2,3"}]
    only = bmlt_client.ask("GetFieldValues", "meeting_key=formats&specific_formats=3,90")
    assert only == [{"formats": "BT", "ids": "1,3"}, {"formats": "Xx", "ids": "2"}]
    both = bmlt_client.ask("GetFieldValues", "meeting_key=formats&specific_formats=17,90&all_formats=1")
    assert both == [{"formats": "O,Xx", "ids": "2"}]


def test_changes(server, bmlt_client):
    meeting = Meeting.objects.get(name="Second")
    editing.change(meeting, by=builders.member(), now=NOW.replace(hour=23, minute=30), name="Renamed")
    editing.remove([meeting], by=None, now=NOW.replace(day=24))

    found = bmlt_client.ask("GetChanges", "meeting_id=2")
    assert [one["change_type"] for one in found] == [
        "comdef_change_type_delete",
        "comdef_change_type_change",
        "comdef_change_type_new",
    ]
    assert found[1]["json_data"] == {
        "before": {"meeting_name": "Second"},
        "after": {"meeting_name": "Renamed"},
    }
    assert found[1]["details"] == 'meeting_name was changed from "Second" to "Renamed".'
    assert (found[1]["user_name"], found[1]["user_id"]) == ("", "0")
    assert found[1]["date_string"] == "11:30 PM, 11/23/2026"
    assert {one["meeting_exists"] for one in found} == {"0"}
    assert found[0]["service_body_name"] == "West"

    def count(query):
        return len(bmlt_client.ask("GetChanges", query))

    assert count("") == 5
    assert count("service_body_id=1") == 5
    assert count("service_body_id=2") == 1
    assert count("start_date=2026-11-24") == 1
    assert count("end_date=2026-11-23") == 4
    assert count("start_date=2026-11-23&end_date=2026-11-23") == 4
    assert count("meeting_id=999") == 0


def test_server_info(server, bmlt_client):
    [info] = bmlt_client.ask("GetServerInfo")
    assert (info["version"], info["versionInt"]) == ("4.2.7", "4002007")
    assert (info["google_api_key"], info["semanticAdmin"]) == ("", "1")
    assert info["aggregator_mode_enabled"] is False
    assert info["nativeLang"] in info["langs"].split(",")
    assert float(info["centerLatitude"]) == pytest.approx(42.2501741)
    xml = bmlt_client.client.get("/main_server/client_interface/serverInfo.xml")
    assert b"<readableString>4.2.7</readableString>" in xml.content
    assert xml["Access-Control-Allow-Origin"] == "*"


def test_coverage_area(server, bmlt_client):
    [area] = bmlt_client.ask("GetCoverageArea")
    assert area == {
        "nw_corner_longitude": "-73.7890726",
        "nw_corner_latitude": "42.2501741",
        "se_corner_longitude": "-73.7890726",
        "se_corner_latitude": "42.2501741",
    }


def test_what_was_taken_back_is_in_no_public_history(bmlt_client):
    meeting = builders.meeting(
        fellowship="na",
        types=(),
        notes="Call Drew at 555-0199",
        online=Online("https://zoom.us/j/1", "Code 42"),
    )
    editing.change(meeting, by=None, now=NOW, notes="", online=Online("https://zoom.us/j/1", "Ask us"))

    changed, _created = found = bmlt_client.ask("GetChanges")
    assert changed["details"] == "comments was changed. virtual_meeting_additional_info was changed."
    for past in ("Drew", "Code 42", "zoom.us"):
        assert past not in str(found)


def test_an_empty_server_answers_too(bmlt_client):
    for switcher in ("GetSearchResults", "GetFormats", "GetServiceBodies", "GetChanges"):
        assert bmlt_client.ask(switcher) == []
    assert bmlt_client.search("get_used_formats") == {"meetings": [], "formats": []}
    assert bmlt_client.ask("GetCoverageArea")[0]["nw_corner_latitude"] == "0"


def test_tsml(server, bmlt_client):
    found = bmlt_client.ask("GetFormats", form="tsml")
    assert [one["name"] for one in found] == ["Café Sol", "Second", "Third"]
    first, _second, late = found
    assert (first["day"], first["time"], first["end_time"], first["types"]) == (
        1,
        "19:00",
        "20:30",
        ["BT", "O"],
    )
    assert first["slug"] == "cafe-sol-1"
    assert first["coordinates"] == "42.2501741,-73.7890726"
    assert first["formatted_address"] == "431 Union Street, Hudson, NY 12534, USA"
    assert (late["day"], late["time"], late["end_time"]) == (6, "23:30", "01:00")


def test_naws_dump(server, bmlt_client):
    meeting = Meeting.objects.get(name="Third")
    editing.remove([meeting], by=None, now=NOW)
    response = bmlt_client.get("switcher=GetNAWSDump&sb_id=1", "csv")
    assert response["Content-Type"].startswith("text/csv")
    assert 'filename="BMLT_RG1_region_2026_' in response["Content-Disposition"]
    lines = list(csv.DictReader(io.StringIO(response.body.decode())))
    assert [(one["CommitteeName"], one["Delete"]) for one in lines] == [
        ("Café Sol", ""),
        ("Second", ""),
        ("Third", "D"),
    ]
    first, second, _third = lines
    assert (first["Committee"], first["AreaRegion"], first["ParentName"]) == ("G00126292", "AR2", "East")
    assert (first["Day"], first["Time"], first["Closed"], first["WheelChr"]) == (
        "Monday",
        "1900",
        "OPEN",
        "FALSE",
    )
    assert (first["Format1"], first["bmlt_id"], first["LastChanged"]) == ("BT", "1", "11/23/26")
    assert second["Room"] == "Unheard-of"


def test_an_address_in_words(told, bmlt_client, monkeypatch):
    told(*rows(3))
    hudson = GeoPlace("Hudson, NY", 42.25, -73.79, "US", "NY", "America/New_York")
    monkeypatch.setattr(
        "meetings.geocode.locate", lambda text, **_: Located(hudson if text == "Hudson, NY" else None)
    )
    query = "StringSearchIsAnAddress=1&SearchString="
    assert len(bmlt_client.search(f"{query}Hudson, NY&SearchStringRadius=5")) == 3
    assert bmlt_client.search(f"{query}Hudson, NY")[0]["distance_in_miles"]
    assert bmlt_client.search(f"{query}Atlantis") == []


def test_invented_meetings_say_so(told, bmlt_client):
    told(row())
    assert "X-Notice" not in bmlt_client.get("switcher=GetServiceBodies")
    source = builders.source(name="sample", kind=Source.Kind.SAMPLE, fellowship="na")
    builders.stored(builders.listing(fellowship="na", types=("O",), name="Made Up"), into=source)

    response = bmlt_client.get("switcher=GetSearchResults")
    assert response["X-Notice"] == "Invented data: do not travel to these"
    comments = {one["meeting_name"]: one["comments"] for one in json.loads(response.body)}
    assert comments == {"A New Way Group": "", "Made Up": "Invented data: do not travel to these"}
    assert bmlt_client.ask("GetServerInfo")[0]["notice"] == "Invented data: do not travel to these"


def test_a_long_answer_is_streamed_and_whole(told, bmlt_client):
    told(*rows(1200, comments="x" * 900))
    response = bmlt_client.client.get("/main_server/client_interface/json/?switcher=GetSearchResults")
    assert response.streaming
    assert len(json.loads(b"".join(response.streaming_content))) == 1200
    response = bmlt_client.client.get(
        "/main_server/client_interface/jsonp/?switcher=GetSearchResults&get_used_formats&callback=c"
    )
    body = b"".join(response.streaming_content)
    assert body.startswith(b"/**/c({")
    assert len(json.loads(body[6:-2])["meetings"]) == 1200


def test_no_query_for_every_row(told, bmlt_client, django_assert_max_num_queries):
    told(*rows(400))
    bmlt_client.search("page_size=1")
    with django_assert_max_num_queries(4):
        assert len(bmlt_client.search("get_used_formats&lang_enum=es")) == 2


def test_an_equal_question_is_answered_from_memory(told, bmlt_client, django_assert_max_num_queries):
    told(*rows(3))
    first = bmlt_client.get("switcher=GetSearchResults&callback=a", "jsonp").body
    with django_assert_max_num_queries(1):
        second = bmlt_client.get("switcher=GetSearchResults&callback=b", "jsonp").body
    assert first.removeprefix(b"/**/a") == second.removeprefix(b"/**/b")
    editing.change(Meeting.objects.first(), by=None, now=NOW, name="Changed")
    assert "Changed" in bmlt_client.names("")
