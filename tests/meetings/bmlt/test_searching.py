"""`GetSearchResults`, parameter by parameter."""

from __future__ import annotations

import pytest

from meetings import editing
from meetings.models import Meeting
from rules.listing import Attendance
from tests import builders
from tests.bmlt_data import BASIC_TEXT, OPEN, body, definition, row, rows
from tests.builders import NOW

pytestmark = pytest.mark.django_db

DOT = "lat_val=36.065752051707&long_val=-79.793701171875"


def at(number: str, latitude: float, longitude: float):
    return row(id_bigint=number, meeting_name=number, latitude=str(latitude), longitude=str(longitude))


@pytest.fixture
def week(told):
    """Seven meetings, one a day from Sunday: at 10:00, 11:00 ... for 60, 75 ... minutes."""
    told(
        *(
            row(
                id_bigint=str(day),
                meeting_name=f"Day {day}",
                weekday_tinyint=str(day),
                start_time=f"{9 + day}:00:00",
                duration_time=f"{(45 + 15 * day) // 60:02}:{(45 + 15 * day) % 60:02}:00",
                service_body_bigint=str(day),
                formats="O" if day % 2 else "O,BT",
                format_shared_id_list="17" if day % 2 else "3,17",
            )
            for day in range(1, 8)
        ),
        bodies=[body(str(n), "0" if n == 1 else str(n - 1)) for n in range(1, 8)],
    )


def test_every_value_is_a_text_and_every_field_is_there(told, bmlt_client):
    told(row())
    [one] = bmlt_client.search()
    assert {type(value) for value in one.values()} == {str}
    assert one["root_server_uri"] == "http://testserver/main_server"
    assert (one["contact_name_1"], one["virtual_meeting_link"], one["zone"]) == ("", "", "")
    assert (one["distance_in_km"], one["published"], one["weekday_tinyint"]) == ("", "1", "2")


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("weekdays=2", "2"),
        ("weekdays=2,3", "23"),
        ("weekdays[]=2&weekdays[]=3", "23"),
        ("weekdays%5B%5D=2&weekdays%5B1%5D=3", "23"),
        ("weekdays= 2 , 3 ", "23"),
        ("weekdays=-1", "234567"),
        ("weekdays=-1,-2,-3", "4567"),
        ("weekdays=", "1234567"),
        ("weekdays=sunday", "1234567"),
        ("weekdays=9", ""),
        ("weekdays=2,sunday", "2"),
        ("meeting_ids=1,2,-2", "1"),
        ("meeting_ids[]=1,2,3", "123"),
        ("services=3", "3"),
        ("services=3&recursive=1", "34567"),
        ("services=-3&recursive=1", "12"),
        ("services=3,-5&recursive=1", "34"),
        ("services=999", ""),
        ("services[]=2&weekdays=3", ""),
        ("formats=3", "246"),
        ("formats=3,17", "246"),
        ("formats=3,17&formats_comparison_operator=OR", "1234567"),
        ("formats=-3", "1357"),
        ("formats=999", ""),
        ("StartsAfterH=13", "567"),
        ("StartsAfterH=12&StartsAfterM=59", "4567"),
        ("StartsAfterM=30", "1234567"),
        ("StartsBeforeH=13", "123"),
        ("StartsAfterH=soon", "1234567"),
        ("StartsAfterH=99", ""),
        ("EndsBeforeH=12&EndsBeforeM=15", "12"),
        ("EndsBeforeH=12&EndsBeforeM=14", "1"),
        ("MinDurationH=1&MinDurationM=45", "4567"),
        ("MaxDurationH=1&MaxDurationM=15", "12"),
        ("venue_types=1", "1234567"),
        ("venue_types=2", ""),
        ("venue_types=-2", "1234567"),
        ("meeting_key=weekday_tinyint&meeting_key_value[]=2&meeting_key_value[]=3", "23"),
        ("meeting_key=start_time&meeting_key_value=11:00", "2"),
        ("meeting_key=duration_time&meeting_key_value=1:15", "2"),
        ("meeting_key=meeting_name&meeting_key_value=day 4", "4"),
        ("meeting_key=meeting_name", ""),
        ("meeting_key=formats&meeting_key_value=O", ""),
        ("meeting_key=nonsense&meeting_key_value=O", ""),
        ("SearchString=4", "4"),
        ("SearchString=4, 5", "45"),
        ("SearchString=hudson", "1234567"),
        ("SearchString=Columbia", "1234567"),
        ("SearchString=huds", ""),
        ("SearchString=xy", "1234567"),
        ("SearchString=the with", ""),
        ("SearchString=nowhere hudson", "1234567"),
        ("advanced_published=1", "1234567"),
        ("advanced_published=0", "1234567"),
        ("advanced_published=-1", ""),
        ("page_size=3", "123"),
        ("page_size=3&page_num=3", "7"),
        ("page_size=3&page_num=4", ""),
        ("page_size=three", "1234567"),
        ("sort_keys=meeting_name", "1234567"),
        ("sort_key=time", "1234567"),
        ("sort_key=nonsense", "1234567"),
        ("lat_val=42.25", ""),
        ("lat_val=42.25&long_val=-73.79", ""),
        ("lat_val=x&long_val=y&geo_width=5", ""),
        ("lat_val=91&long_val=0&geo_width=5", ""),
        ("lat_val=42.25&long_val=-73.79&geo_width=5", "1234567"),
        ("callingApp=somebody&meeting_id=1", "1234567"),
        (f"meeting_ids={'9' * 40}", "1234567"),
        ("weekdays[][]=2", "2"),
        ("services=%00", "1234567"),
    ],
)
def test_parameters(week, bmlt_client, query, days):
    assert "".join(one.removeprefix("Day ") for one in bmlt_client.names(query)) == days


def test_the_portable_numbers_of_distances(told, bmlt_client):
    told(
        at("1", 36.0733691, -79.8240715),
        at("2", 36.065752051707, -79.793701171875),
        at("3", 36.0869819, -79.9023415),
    )
    nearest = bmlt_client.search(f"{DOT}&geo_width=10&sort_results_by_distance=1")
    assert [one["meeting_name"] for one in nearest] == ["2", "1", "3"]
    assert (nearest[0]["distance_in_km"], nearest[0]["distance_in_miles"]) == ("0", "0")
    assert nearest[1]["distance_in_km"].startswith("2.85")
    assert nearest[1]["distance_in_miles"].startswith("1.77")
    assert nearest[2]["distance_in_km"].startswith("10.03")
    assert nearest[2]["distance_in_miles"].startswith("6.23")
    assert bmlt_client.names(f"{DOT}&geo_width=1") == ["2"]
    assert sorted(bmlt_client.names(f"{DOT}&geo_width_km=10")) == ["1", "2"]
    assert len(bmlt_client.names(f"{DOT}&geo_width=10&geo_width_km=1")) == 3  # miles win


def test_auto_radius_brings_all_on_its_rung_and_never_gives_up(told, bmlt_client):
    told(
        at("1", 36.0733691, -79.8240715),
        at("2", 36.065752051707, -79.793701171875),
        at("3", 36.0869819, -79.9023415),
        at("4", 36.0869819, -79.9023415),
        at("5", -33.9, 151.2),
    )
    assert bmlt_client.names(f"{DOT}&geo_width=-1") == ["2"]
    assert sorted(bmlt_client.names(f"{DOT}&geo_width=-3")) == ["1", "2", "3", "4"]
    assert len(bmlt_client.names(f"{DOT}&geo_width_km=-5")) == 5
    assert len(bmlt_client.names(f"{DOT}&geo_width_km=-99")) == 5
    assert len(bmlt_client.names(f"{DOT}&geo_width=-3&weekdays=-2")) == 0
    # The meetings that count are those that pass the other filters too.
    assert len(bmlt_client.names(f"{DOT}&geo_width=-2&formats={OPEN}&meeting_ids=3,4,5")) == 2
    assert len(bmlt_client.names(f"{DOT}&geo_width=-3&formats={BASIC_TEXT}&meeting_ids=3,4,5")) == 3


def test_a_circle_across_the_date_line(told, bmlt_client):
    told(at("1", -17.0, 179.9), at("2", -17.0, -179.9), at("3", -17.0, 0))
    assert sorted(bmlt_client.names("lat_val=-17&long_val=180&geo_width_km=20")) == ["1", "2"]
    assert sorted(bmlt_client.names("lat_val=-17&long_val=-180&geo_width_km=20")) == ["1", "2"]


def test_distances_without_a_circle(told, bmlt_client):
    told(at("1", 36.0733691, -79.8240715), at("2", 40.0, -79.0))
    found = bmlt_client.search(f"{DOT}&data_field_key=id_bigint,distance_in_km&sort_results_by_distance=1")
    assert [one["id_bigint"] for one in found] == ["1", "2"]
    assert found[0].keys() == {"id_bigint", "distance_in_km"}


def test_what_ends_after_midnight_does_not_end_before_noon(told, bmlt_client):
    told(
        row(id_bigint="1", start_time="16:45:00", duration_time="01:30:00"),
        row(id_bigint="2", start_time="23:30:00", duration_time="01:30:00"),
        row(id_bigint="3", start_time="16:00:00", duration_time="01:15:00"),
    )

    def ids(query):
        return [one["id_bigint"] for one in bmlt_client.search(query)]

    assert ids("EndsBeforeH=18&EndsBeforeM=15") == ["3", "1"]
    assert ids("EndsBeforeH=17&EndsBeforeM=14") == []
    assert ids("EndsBeforeH=17&EndsBeforeM=15") == ["3"]
    assert ids("EndsBeforeH=23&EndsBeforeM=59") == ["3", "1"]


def test_fields(told, bmlt_client):
    told(row())
    [one] = bmlt_client.search("data_field_key=meeting_name,nonsense,shared_group_id_bigint,zone")
    assert one.keys() == {"meeting_name", "zone"}
    assert len(bmlt_client.search("data_field_key=nonsense")[0]) > 40


def test_no_number_of_formats_is_too_many(week, bmlt_client):
    """A database takes a thousand conditions, not two."""
    many = ",".join(map(str, range(3, 2000)))

    assert bmlt_client.names(f"formats={many}") == []
    assert len(bmlt_client.names(f"formats={many}&formats_comparison_operator=OR")) == 7


def test_used_formats(week, bmlt_client):
    answer = bmlt_client.search("get_used_formats=0&weekdays=2&data_field_key=id_bigint")
    assert answer["meetings"] == [{"id_bigint": "2"}]
    assert [one["id"] for one in answer["formats"]] == ["3", "17"]
    assert bmlt_client.search("get_formats_only&weekdays=1").keys() == {"formats"}
    assert (
        bmlt_client.search("get_formats_only&get_used_formats&weekdays=1")["formats"][0]["key_string"] == "O"
    )


def test_a_language_nobody_wrote_loses_no_fact(told, bmlt_client):
    told(
        row(formats="O,Xx", format_shared_id_list="17,90"),
        formats=[
            definition("17", "O", "Open", world_id="OPEN", format_type_enum="O"),
            definition("17", "A", "Abierta", world_id="OPEN", format_type_enum="O", lang="es"),
            definition("90", "Xx", "Unheard-of"),
        ],
    )
    for language, keys in (("en", "O,Xx"), ("es", "A,Xx"), ("xx", "O,Xx"), ("", "O,Xx")):
        answer = bmlt_client.search(f"lang_enum={language}&get_used_formats=1")
        assert answer["meetings"][0]["formats"] == keys
        assert answer["meetings"][0]["format_shared_id_list"] == "17,90"
        assert [one["key_string"] for one in answer["formats"]] == keys.split(",")


def test_a_source_of_another_language_keeps_its_keys(told, bmlt_client):
    told(
        row(formats="A", format_shared_id_list="17", lang_enum="es"),
        formats=[
            definition("17", "O", "Open", world_id="OPEN", format_type_enum="O"),
            definition("17", "A", "Abierta", world_id="OPEN", format_type_enum="O", lang="es"),
        ],
    )
    for language, keys in (("", "A"), ("lang_enum=es", "A"), ("lang_enum=en", "O")):
        assert bmlt_client.search(language)[0]["formats"] == keys


def test_a_meeting_without_day_or_hour_comes_last(told, bmlt_client):
    told(row(id_bigint="1", weekday_tinyint="", start_time="", meeting_name="Loose"), row(id_bigint="2"))
    assert bmlt_client.names("") == ["A New Way Group", "Loose"]
    [loose] = bmlt_client.search("meeting_ids=1")
    assert (loose["weekday_tinyint"], loose["start_time"]) == ("", "")
    assert bmlt_client.names("weekdays=-3") == ["A New Way Group"]


# --- What must never go out ------------------------------------------------------------------------


def test_unpublished_removed_closed_and_paused_ones_stay_in(told, bmlt_client):
    told(*rows(4), row(id_bigint="9", published="0", meeting_name="Secret"))
    one, two, three, _four = Meeting.objects.order_by("pk")
    editing.remove([one], by=None, now=NOW)
    editing.close(two, by=None, now=NOW)
    editing.pause(three, by=None, now=NOW)

    assert bmlt_client.names("") == ["Meeting 4"]
    for published in ("0", "-1", "2", "x"):
        assert "Secret" not in bmlt_client.names(f"advanced_published={published}")
    assert bmlt_client.names("meeting_ids=9") == []
    assert "Secret" not in bmlt_client.get("switcher=GetChanges").body.decode()


def test_a_shut_room_goes_out_as_its_source_told_it(told, bmlt_client):
    """Clients know the format, and show it; a pause that somebody here set is another thing."""
    told(row(formats="O,TC", format_shared_id_list="17,55"))
    [one] = bmlt_client.search()
    assert one["format_shared_id_list"] == "17,55"
    meeting = Meeting.objects.get()
    assert meeting.status == "paused"
    editing.resume(meeting, by=None, now=NOW)
    editing.pause(meeting, by=None, now=NOW)
    assert bmlt_client.search() == []


def test_nobodys_name_or_number(told, bmlt_client):
    told(
        row(
            contact_name_1="Pat",
            contact_phone_1="555-0100",
            email_contact="pat@example.org",
            admin_notes="Pat",
        )
    )
    builders.meeting(
        fellowship="na", types=("O",), group=builders.group(email="kit@example.org", phone="555-0111")
    )
    body = bmlt_client.get("switcher=GetSearchResults").body.decode()
    body += bmlt_client.get("switcher=GetChanges").body.decode()
    for secret in ("Pat", "555-0100", "pat@example.org", "kit@example.org", "555-0111"):
        assert secret not in body


def test_other_fellowships_are_not_there(bmlt_client, settings):
    builders.meeting(name="Big Book", types=("O",))
    builders.meeting(source_id="na", name="Basic Text", fellowship="na", types=("O",))
    assert bmlt_client.names("") == ["Basic Text"]
    assert bmlt_client.names("advanced_published=0&lat_val=40.67&long_val=-73.98&geo_width=9") == [
        "Basic Text"
    ]
    settings.BMLT_FELLOWSHIPS = ["aa", "na"]
    assert sorted(bmlt_client.names("")) == ["Basic Text", "Big Book"]


# --- Our own meetings ------------------------------------------------------------------------------


def test_a_meeting_of_ours_as_bmlt(bmlt_client):
    builders.meeting(
        fellowship="na",
        name="Kitchen Table",
        attendance=Attendance.HYBRID,
        types=("BT", "ES", "O"),
        notes="Ring twice.",
        slot=builders.slot(weekday=0, start="23:30", minutes=90),
        online=builders.online_listing().online,
    )
    [one] = bmlt_client.search()
    assert (one["weekday_tinyint"], one["start_time"], one["duration_time"]) == ("1", "23:30:00", "01:30:00")
    assert (one["venue_type"], one["formats"], one["format_shared_id_list"]) == (
        "3",
        "O,BT,ES,HY",
        "3,9,17,56",
    )
    assert (one["latitude"], one["longitude"]) == ("40.6681", "-73.9806")
    assert (one["location_text"], one["location_municipality"]) == ("Mill Lane Community Room", "Brooklyn")
    assert (one["comments"], one["time_zone"], one["lang_enum"]) == ("Ring twice.", "America/New_York", "en")
    assert one["virtual_meeting_link"] == "https://meet.example.org/any"
    assert int(one["id_bigint"]) > 1_000_000_000
    assert bmlt_client.search(f"meeting_ids={one['id_bigint']}") == [one]


def test_one_that_is_not_weekly_says_so(bmlt_client):
    from rules.listing import Recurrence

    slot = builders.slot(recurrence=Recurrence(nth=(1, -1)))
    builders.meeting(fellowship="na", types=("O",), slot=slot, notes="Ring twice.")
    [one] = bmlt_client.search()
    assert one["comments"] == "Ring twice. Only the 1st, last such day of the month."


def test_two_servers_with_the_same_numbers(told, bmlt_client):
    """The first keeps its numbers for good, and each number finds one meeting alone."""
    told(row(meeting_name="First"), formats=[definition("3", "BT", "Basic Text")], bodies=[body("1009")])
    told(
        row(meeting_name="Second", formats="ZZ", format_shared_id_list="3"),
        formats=[definition("3", "ZZ", "Something else")],
        bodies=[body("1009", name="Elsewhere")],
        name="other",
    )
    first, second = sorted(bmlt_client.search(), key=lambda one: one["meeting_name"])
    assert first["id_bigint"] == "1601"
    assert second["id_bigint"] != "1601"
    assert second["service_body_bigint"] != "1009"
    assert second["service_body_name"] == "Elsewhere"
    assert second["format_shared_id_list"] not in {"3", ""}
    for one in (first, second):
        assert bmlt_client.names(f"meeting_ids={one['id_bigint']}") == [one["meeting_name"]]
        assert bmlt_client.names(f"services={one['service_body_bigint']}") == [one["meeting_name"]]
        ids = one["format_shared_id_list"]
        assert bmlt_client.names(f"formats={ids}") == [one["meeting_name"]]
    editing.remove(Meeting.objects.filter(name="First"), by=None, now=NOW)
    assert [one["id_bigint"] for one in bmlt_client.search()] == [second["id_bigint"]]


def test_types_set_by_hand_replace_the_formats(told, bmlt_client):
    told(row(formats="O,BT", format_shared_id_list="3,17"))
    editing.change(Meeting.objects.get(), by=None, now=NOW, types=("C", "BT", "X"))
    [one] = bmlt_client.search()
    assert (one["format_shared_id_list"], one["formats"]) == ("3,4,33", "C,BT,WC")
    assert bmlt_client.names("formats=33,4") == ["A New Way Group"]
    assert bmlt_client.names("formats=17") == []


def test_pages_by_distance_are_the_pages_of_the_whole(told, bmlt_client):
    """The first pages are found another way than the rest."""
    told(*(at(str(n), 60 + n % 13 * 0.01, 10 + n * 7 % 17 * 0.02) for n in range(1, 121)))
    near = "lat_val=60.06&long_val=10.15&geo_width_km=7&sort_results_by_distance=1"
    whole = [(one["distance_in_km"], one["id_bigint"]) for one in bmlt_client.search(near)]
    assert 40 < len(whole) < 120
    paged = [
        (one["distance_in_km"], one["id_bigint"])
        for n in range(1, 12)
        for one in bmlt_client.search(f"{near}&page_size=12&page_num={n}")
    ]
    assert paged == whole
