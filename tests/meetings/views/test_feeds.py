"""The addresses of the feeds: what they hold, when they say "nothing new", what they refuse."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries, Settings

from meetings import editing
from rules.listing import Attendance, Online, Recurrence, Status
from tests import builders
from tests.builders import NOW

from .reading import words

pytestmark = pytest.mark.django_db

FEEDS = ("/feeds/meeting-guide.json", "/feeds/meetings.csv", "/feeds/meetings.geojson", "/feeds/meetings.ics")


def body(response: Any) -> str:
    return response.getvalue().decode()


def rows(client: Client, query: str = "") -> list[dict[str, Any]]:
    response = client.get(f"/feeds/meeting-guide.json{query}")
    assert response.status_code == 200
    return json.loads(body(response))


@pytest.fixture
def meetings() -> None:
    builders.stored(
        builders.listing(slug="kitchen-table", group=builders.group(), name="Kitchen <Table> & Chairs"),
        builders.online_listing(slug="any-lengths", online=Online("https://zoom.us/j/1", "Passcode 1234")),
        builders.listing(source_id="clean", slug="clean", name="Clean", fellowship="na", types=("C", "DISC")),
        builders.listing(source_id="month", slot=builders.slot(recurrence=Recurrence(nth=(1,)))),
        builders.listing(source_id="rest", status=Status.PAUSED, paused_until=date(2027, 1, 1)),
    )


@pytest.mark.usefixtures("meetings")
def test_the_feed_of_a_list_is_aas_unless_asked_for_another(drew: Client) -> None:
    assert {row["slug"] for row in rows(drew)} == {"kitchen-table", "any-lengths"}
    assert [row["types"] for row in rows(drew, "?fellowship=na")] == [["C", "D"]]
    assert [row["slug"] for row in rows(drew, "?attendance=online")] == ["any-lengths"]
    assert len(rows(drew, "?limit=1")) == 1


@pytest.mark.usefixtures("meetings")
def test_the_other_feeds_hold_all_that_is_found(drew: Client) -> None:
    table = body(drew.get("/feeds/meetings.csv"))
    assert table.startswith("\ufeffName,Day,Time")
    assert table.count("\r\n") == 5
    layer = json.loads(body(drew.get("/feeds/meetings.geojson?fellowship=na")))
    assert [one["id"] for one in layer["features"]] == ["clean"]
    assert "notice" not in layer
    calendar = Calendar.from_ical(body(drew.get("/feeds/meetings.ics")))
    assert len(calendar.walk("VEVENT")) == 4
    assert not calendar.walk("VALARM")
    assert len(Calendar.from_ical(body(drew.get("/feeds/meetings.ics?alarm=15"))).walk("VALARM")) == 4


@pytest.mark.parametrize("address", FEEDS)
@pytest.mark.usefixtures("meetings")
def test_nothing_new_is_not_sent_twice(drew: Client, address: str) -> None:
    first = drew.get(address)
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    held = {"HTTP_IF_NONE_MATCH": first.headers["ETag"]}
    assert drew.get(address, **held).status_code == 304
    assert drew.get(f"{address}?limit=2", **held).status_code == 200
    builders.meeting(source_id="new")
    assert drew.get(address, **held).status_code == 200


@pytest.mark.usefixtures("meetings")
def test_a_pause_that_ends_is_news(drew: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    first = drew.get("/feeds/meetings.csv")
    later = datetime(2027, 1, 1, 12, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later - timedelta(days=2))
    again = drew.get("/feeds/meetings.csv", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    back = drew.get("/feeds/meetings.csv", HTTP_IF_NONE_MATCH=again.headers["ETag"])
    assert (back.status_code, body(back).count("\r\n")) == (200, 6)


@pytest.mark.parametrize("address", FEEDS)
@pytest.mark.usefixtures("meetings")
def test_the_head_alone_can_be_asked_for(drew: Client, address: str) -> None:
    answer = drew.head(address)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["ETag"]


@pytest.mark.parametrize("address", FEEDS)
def test_what_cannot_be_meant_is_refused(drew: Client, address: str) -> None:
    answer = drew.get(f"{address}?day=9&near=Brooklyn")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert set(answer.json()["errors"]) == {"day"}


def test_an_empty_feed_would_break_its_readers(drew: Client) -> None:
    answer = drew.get("/feeds/meeting-guide.json")
    assert (answer.status_code, answer.json()["code"]) == (404, "no_meetings")
    assert json.loads(body(drew.get("/feeds/meetings.geojson")))["features"] == []


@pytest.mark.usefixtures("meetings")
def test_who_asks_too_often_waits(drew: Client, settings: Settings) -> None:
    settings.PUBLIC_READS_A_MINUTE = 1
    asked = [drew.get("/feeds/meetings.csv", REMOTE_ADDR="203.0.113.9") for _ in range(2)]
    assert [one.status_code for one in asked] == [200, 429]
    assert asked[1].headers["Retry-After"]


def test_a_long_feed_costs_no_query_a_row(
    drew: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    builders.stored(*(builders.listing(source_id=str(number)) for number in range(60)))
    with django_assert_max_num_queries(16):
        assert len(rows(drew)) == 60


def test_the_schema_is_published(drew: Client) -> None:
    answer = drew.get("/feeds/meeting-guide.schema.json")
    assert answer.headers["Content-Type"] == "application/schema+json"
    assert answer.json()["type"] == "array"


@pytest.mark.usefixtures("meetings")
def test_why_a_meeting_is_not_in_the_feed(drew: Client) -> None:
    builders.meeting(source_id="nowhere", name="Nowhere", attendance=Attendance.ONLINE, place=None)
    said = words(drew.get("/feeds/why-not/"))
    assert "3 meetings are left out." in said
    for reason in ("Paused (1)", "Not every week (1)", "No way to join (1)"):
        assert reason in said
    assert words(drew.get("/feeds/why-not/?fellowship=na")).count("0 meetings are left out.") == 1
    assert drew.get("/feeds/why-not/?body=Nope!").status_code == 400


# --- Calendars ----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("meetings")
def test_a_meetings_calendar(drew: Client) -> None:
    [event] = Calendar.from_ical(body(drew.get("/meetings/kitchen-table.ics"))).walk("VEVENT")
    assert event["UID"] == "kitchen-table@homegroup"
    assert event.walk("VALARM")
    [event] = Calendar.from_ical(body(drew.get("/meetings/kitchen-table.ics?alarm=none"))).walk("VEVENT")
    assert not event.walk("VALARM")


@pytest.mark.usefixtures("meetings")
def test_one_date_of_a_meeting(drew: Client) -> None:
    [event] = Calendar.from_ical(body(drew.get("/meetings/kitchen-table.ics?on=2026-12-01"))).walk("VEVENT")
    assert event["UID"] == "kitchen-table-20261201@homegroup"
    assert drew.get("/meetings/kitchen-table.ics?on=2026-12-02").status_code == 404
    assert drew.get("/meetings/kitchen-table.ics?on=2026-13-02").status_code == 400


@pytest.mark.usefixtures("meetings")
def test_a_groups_calendar(drew: Client) -> None:
    calendar = Calendar.from_ical(body(drew.get("/groups/kitchen-table-group.ics")))
    assert calendar["X-WR-CALNAME"] == "Kitchen Table Group"
    assert [event["UID"] for event in calendar.walk("VEVENT")] == ["kitchen-table@homegroup"]


@pytest.mark.parametrize("query", ["neutral=2", "alarm=x", "alarm=1441", "on=tomorrow"])
@pytest.mark.usefixtures("meetings")
def test_what_a_calendar_does_not_take(drew: Client, query: str) -> None:
    assert drew.get(f"/meetings/kitchen-table.ics?{query}").status_code == 400


def test_a_meeting_off_the_list_leaves_no_dates_behind(drew: Client) -> None:
    meeting = builders.meeting(slug="kitchen-table")
    editing.remove([meeting], by=None, now=NOW)
    answer = drew.get("/meetings/kitchen-table.ics")
    assert answer.status_code == 200
    assert not Calendar.from_ical(body(answer)).walk("VEVENT")
    assert drew.get("/meetings/nobody.ics").status_code == 404


# --- On the pages -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("meetings")
def test_programs_find_the_feed_on_the_first_page(drew: Client) -> None:
    link = (
        '<link rel="alternate" type="application/json" title="Meetings Feed" '
        'href="http://testserver/feeds/meeting-guide.json">'
    )
    assert link in drew.get("/").content.decode()


@pytest.mark.usefixtures("meetings")
def test_search_engines_read_the_meeting_and_no_text_ends_their_block(drew: Client) -> None:
    page = drew.get("/meetings/kitchen-table/").content.decode()
    block = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    told = json.loads(block)
    assert (told["@type"], told["name"]) == ("Event", "Kitchen <Table> & Chairs")
    assert told["startDate"] == "2026-11-24T19:30:00-05:00"
    assert told["eventSchedule"]["scheduleTimezone"] == "America/New_York"
    assert not {"<", ">", "&"} & set(block)
    online = drew.get("/meetings/any-lengths/").content.decode()
    assert "zoom.us" not in online.split("ld+json")[1].split("</script>")[0]


@pytest.mark.usefixtures("meetings")
def test_the_calendar_is_one_tap_away(drew: Client) -> None:
    links = {
        "/meetings/kitchen-table/": "meetings/kitchen-table.ics",
        "/groups/kitchen-table-group/": "groups/kitchen-table-group.ics",
        "/?fellowship=na": "feeds/meetings.ics?fellowship=na",
    }
    for page, calendar in links.items():
        assert f'href="webcal://testserver/{calendar}"' in drew.get(page).content.decode()
