"""The finder's page: facts on it, the address as its state, kindness where there is nothing."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from config.middleware import written_languages
from meetings import editing
from meetings.models import Source
from rules.listing import Attendance, Recurrence
from tests.builders import NOW, listing, meeting, online_listing, place, slot, source, stored
from tests.meetings.views.reading import HERE, get, names, words

pytestmark = pytest.mark.django_db


def test_a_row_tells_when_where_how_far_and_whether_one_makes_it(drew: Client) -> None:
    meeting(slot=slot(weekday=1, start="18:25"))
    said = words(get(drew, f"/?near={HERE}&order=soonest&radius_km=5"))
    for fact in (
        "In the next hour",
        "6:25 pm EST in 25 min",
        "Kitchen Table",
        "Mill Lane Community Room, 12 Mill Lane",
        "In person 0.1 km You can make it: 1 min walk",
        "AA · Open · Discussion",
        "1 meeting Within 5 km",
        "It is 6:00 pm EST.",
    ):
        assert fact in said


def test_the_sections_follow_the_clock(drew: Client) -> None:
    stored(
        listing(source_id="a", name="Running", slot=slot(weekday=1, start="17:55")),
        listing(source_id="b", name="Soon", slot=slot(weekday=1, start="18:30")),
        listing(source_id="c", name="Later", slot=slot(weekday=1, start="20:00")),
        listing(source_id="d", name="Next Day", slot=slot(weekday=2, start="08:00")),
        listing(source_id="e", name="Long On", slot=slot(weekday=1, start="17:30")),
    )
    response = get(drew, f"/?near={HERE}&order=soonest")
    assert names(response) == ["Running", "Soon", "Later", "Next Day", "Long On"]
    headings = re.findall(r'<h2[^>]*id="s-[^>]*>(.*?)</h2>', response.content.decode())
    assert headings == [
        "On now. You can still walk in.",
        "In the next hour",
        "Later tonight",
        "Tomorrow, Tuesday 24 November",
        "Already going. Walking in late is fine.",
    ]


def test_an_online_meeting_is_in_my_time_and_tells_how_it_is_joined(drew: Client) -> None:
    meeting(source_id="x", **{"name": "Any Lengths", "attendance": Attendance.ONLINE, "place": None,
            "timezone": "Europe/London", "slot": slot(weekday=1, start="23:30"),
            "online": online_listing().online})  # fmt: skip
    drew.cookies["tz"] = "America/New_York"
    said = words(get(drew, "/?attendance=online"))
    assert "6:30 pm EST in 30 min" in said
    assert "Video, and by phone. (11:30 pm GMT there)" in said
    assert "meet.example.org" not in said
    assert "1234" not in said


@pytest.mark.parametrize(
    ("cookie", "address", "said"),
    [
        ("America%2FNew_York", "/", "It is 6:00 pm EST.|Eastern time (EST), as on your device"),
        ("", f"/?near={HERE}", "It is 6:00 pm EST.|Eastern time (EST), taken from Brooklyn"),
        ("", "/", "It is 11:00 pm UTC.|UTC, this site’s own"),
        ("Europe/Paris", "/?tz=Asia/Tokyo", "It is 8:00 am JST.|as you asked"),
        ("Nowhere/At all", "/", "It is 11:00 pm UTC.|UTC, this site’s own"),
    ],
)
def test_the_page_says_whose_time_it_tells(drew: Client, cookie: str, address: str, said: str) -> None:
    meeting()
    if cookie:
        drew.cookies["tz"] = cookie
    text = words(get(drew, address))
    assert all(part in text for part in said.split("|")), text


def test_the_same_address_gives_the_same_list_as_the_api(drew: Client) -> None:
    stored(*(listing(source_id=f"m{n}", name=f"Meeting {n}", slot=slot(weekday=n % 7)) for n in range(9)))
    for question in (
        "",
        f"near={HERE}",
        f"near={HERE}&order=soonest&limit=4",
        "day=1&day=3&limit=2&cursor=o1",
    ):
        told = drew.get(f"/api/v1/meetings/?{question}").json()
        assert names(get(drew, f"/?{question}")) == [one["name"] for one in told["meetings"]]


def test_filters_show_values_in_use_with_counts_and_keep_what_is_ticked(drew: Client) -> None:
    stored(
        listing(source_id="a", name="Open One", types=("D", "O")),
        listing(source_id="b", name="Closed One", types=("C", "D")),
    )
    response = get(drew, "/?type=O")
    html = response.content.decode()
    assert names(response) == ["Open One"]
    assert re.search(r'name="type" value="(aa:)?O" form="find" checked', html)
    assert re.search(r'value="(aa:)?C" form="find">\s*<span>Closed</span> <span class="count">1</span>', html)
    assert "1 chosen" in words(response)
    assert 'value="online"' not in html


def test_what_no_field_shows_is_carried_along(drew: Client) -> None:
    meeting()
    html = get(drew, f"/?near={HERE}&when=tonight&view=map&tz=America/New_York&cursor=o0").content.decode()
    kept = re.search(r'<span id="kept".*?</span>', html, re.DOTALL)
    assert kept
    for name, value in (
        ("when", "tonight"),
        ("view", "map"),
        ("tz", "America/New_York"),
        ("order", "soonest"),
    ):
        assert f'name="{name}" value="{value}"' in kept[0]
    assert "cursor" not in kept[0]


def test_pages_are_numbered_and_lead_on(drew: Client) -> None:
    stored(*(listing(source_id=f"m{n}", name=f"Meeting {n:02}") for n in range(25)))
    first = get(drew, "/?limit=10")
    second = get(drew, "/?limit=10&cursor=o10")
    assert 'href="/?limit=10&amp;cursor=o10"' in first.content.decode()
    assert "Next 10" in words(first)
    assert "Next 5" in words(second)
    assert len({*names(first), *names(second)}) == 20


def test_a_block_is_the_results_alone_and_not_for_the_cache(drew: Client) -> None:
    meeting()
    block = get(drew, "/", **{"hx-request": "true"})
    page = get(drew, "/")
    assert "<html" not in block.content.decode()
    assert block.content.decode().lstrip().startswith("<div") or 'id="results"' in block.content.decode()
    assert names(block) == names(page) == ["Kitchen Table"]
    assert "1 meeting" in re.findall(r'id="said"[^>]*>(.*?)</p>', block.content.decode())[0]
    assert block["Cache-Control"] == "no-store"
    assert "HX-Request" in page["Vary"]


def test_going_back_in_history_gets_the_whole_page(drew: Client) -> None:
    meeting()
    again = get(drew, "/", **{"hx-request": "true", "hx-history-restore-request": "true"})
    assert "<html" in again.content.decode()


@pytest.mark.parametrize(
    "question",
    [
        "day=9", "when=soon", "radius_km=-1&near=Brooklyn", "radius_mi=0&near=Brooklyn", "limit=0",
        "tz=Mars/Base", "limit=501", "near=91,0", "near=a%00b", "q=" + "x" * 201, "order=best", "from=25:00",
        "cursor=x", "attendance=maybe", "type=%E2%80%8F%D7%A9", "near=" + "x" * 201, "day=%00",
        "language=%F0%9F%98%80",
    ],
)  # fmt: skip
def test_nonsense_is_400_with_what_to_mend_and_the_rest_kept(drew: Client, question: str) -> None:
    response = get(drew, f"/?{question}&fellowship=aa")
    assert response.status_code == 400
    assert "One thing to mend. The rest is kept." in words(response)
    assert 'name="fellowship" value="aa"' in response.content.decode()
    assert drew.get(f"/api/v1/meetings/?{question}").status_code == 400


def test_a_bad_place_stays_in_its_field_with_the_reason(drew: Client) -> None:
    html = get(drew, "/?near=91,0").content.decode()
    assert re.search(r'id="near" name="near" value="91,0"[^>]*aria-invalid="true"', html)
    assert "Latitude is within 90" in html


def test_an_unknown_place_gets_ways_on_and_online_meetings(drew: Client) -> None:
    meeting(**{"source_id": "on", "attendance": Attendance.ONLINE, "place": None, "name": "Any Lengths",
            "online": online_listing().online})  # fmt: skip
    response = get(drew, "/?near=xyzzy")
    said = words(response)
    assert response.status_code == 200
    assert "We do not know a place called “xyzzy”." in said
    assert "Wherever you are: online, now or soon" in said
    assert names(response) == ["Any Lengths"]
    assert 'value="xyzzy"' in response.content.decode()


def test_a_guess_at_a_place_is_called_one(drew: Client) -> None:
    meeting()
    assert "We took “Broklyn” for Brooklyn, New York" in words(get(drew, "/?near=Broklyn"))
    assert "We took" not in words(get(drew, "/?near=Brooklyn"))


def test_several_places_of_a_name_are_offered(drew: Client) -> None:
    response = get(drew, "/?near=Springfield&when=tonight")
    assert "Or did you mean: Springfield, Missouri" in words(response)
    assert "near=Springfield,%20Missouri,%20United%20States" in response.content.decode()


def test_nothing_near_says_what_comes_nearest(drew: Client) -> None:
    meeting(place=place(latitude=40.80, longitude=-73.98), slot=slot(weekday=1, start="20:00"))
    response = get(drew, f"/?near={HERE}&radius_km=10&when=tonight")
    assert "Nothing within 10 km tonight. Here is the next one, at 15 km." in words(response)
    assert names(response) == ["Kitchen Table"]


def test_nothing_that_fits_can_be_loosened(drew: Client) -> None:
    meeting()
    response = get(drew, "/?type=O&q=zzzzqqq")
    assert "Nothing fits all of that." in words(response)
    assert 'href="/?type=O"' in response.content.decode()


def test_what_is_far_away_is_not_passed_off_as_near(drew: Client) -> None:
    meeting(place=place(latitude=48.85, longitude=2.35))
    assert "Hardly anything within 62 mi. The rest is far away" in words(get(drew, "/?near=Brooklyn"))


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        "קבוצת הבוקר",
        "🌙 Night Owls 🦉",
        'Ben & Jerry’s "Group"',
        "{{ 7|add:7 }}",
        "%s %(x)s",
    ],
)
def test_any_name_is_shown_as_it_is(drew: Client, name: str) -> None:
    found = meeting(name=name)
    for address in ("/", f"/?near={HERE}&view=map", found.get_absolute_url()):
        html = get(drew, address).content.decode()
        assert name in unescape(html)
        assert "<script>alert" not in html


def test_the_map_shows_the_same_meetings_by_number(drew: Client) -> None:
    stored(
        listing(source_id="a", name="Near", slot=slot(weekday=1, start="18:30")),
        listing(
            source_id="b",
            name="Far",
            place=place(name="B", latitude=40.70),
            slot=slot(weekday=1, start="19:00"),
        ),
    )
    response = get(drew, f"/?near={HERE}&order=soonest&view=map")
    html = response.content.decode()
    assert names(response) == ["Near", "Far"]
    assert 'aria-label="1. Near, 6:30 pm EST"' in html
    assert 'aria-label="2. Far, 7:00 pm EST"' in html
    assert 'class="map-you"' in html
    assert "&quot;name&quot;:&quot;Near&quot;" in html


def test_paused_closed_and_removed_meetings_are_not_listed(drew: Client) -> None:
    paused, closed, removed = stored(*(listing(source_id=each, name=each) for each in "pcr"))
    editing.pause(paused, since=None, until=None, by=None, now=NOW)
    editing.close(closed, by=None, now=NOW)
    editing.remove([removed], by=None, now=NOW)
    assert names(get(drew, "/")) == []


def test_invented_data_says_so_on_every_page(drew: Client) -> None:
    [found] = stored(listing(), into=source(name="sample", kind=Source.Kind.SAMPLE))
    for address in ("/", found.get_absolute_url(), "/help-now/", "/first-time/", "/nowhere/", "/?day=9"):
        assert "Invented data: do not travel to these" in words(get(drew, address)), address


def test_a_rare_meeting_stands_on_its_next_date(drew: Client) -> None:
    meeting(slot=slot(weekday=6, start="10:00", recurrence=Recurrence(nth=(1,))))
    assert "Saturday 5 December" in words(get(drew, "/?tz=America/New_York"))


def test_times_go_by_24_hours_and_distances_by_kilometres_where_people_do(drew: Client) -> None:
    meeting(slot=slot(weekday=1, start="19:30"))
    said = words(drew.get("/?near=Brooklyn&radius_km=10&order=soonest", headers={"accept-language": "en-GB"}))
    assert "19:30 EST" in said
    assert "Within 10 km" in said


def test_too_many_reads_are_asked_to_wait(drew: Client, settings: Any) -> None:
    settings.PUBLIC_READS_A_MINUTE = 2
    answers = [drew.get("/", REMOTE_ADDR="203.0.113.9") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60
    assert "One moment, please." in words(answers[-1])
    assert drew.get("/", REMOTE_ADDR="127.0.0.1").status_code == 200
    assert drew.get("/help-now/", REMOTE_ADDR="203.0.113.9").status_code == 200


def test_few_questions_are_asked_of_the_database(drew: Client, django_assert_max_num_queries: Any) -> None:
    stored(*(listing(source_id=f"m{n}", name=f"Meeting {n}") for n in range(60)))
    get(drew, f"/?near={HERE}")
    with django_assert_max_num_queries(20):
        get(drew, f"/?near={HERE}&order=soonest")


def test_a_stale_row_still_shows_its_next_date(drew: Client) -> None:
    meeting(now=NOW - timedelta(days=21), slot=slot(weekday=1, start="18:25"))
    assert "6:25 pm EST in 25 min" in words(get(drew, f"/?near={HERE}&order=soonest"))


def test_a_page_is_in_a_language_it_is_written_in(drew: Client) -> None:
    """Until there is a Spanish catalogue; types and the clock still are what is known of the asker."""
    meeting(slot=slot(weekday=1, start="19:30"))
    response = drew.get("/", headers={"accept-language": "xx,es-ES;q=0.9"})
    spanish = "es" in written_languages()
    assert response["Content-Language"] == ("es" if spanish else "en")
    assert f'<html lang="{response["Content-Language"]}"' in response.content.decode()
    assert drew.get("/api/v1/meetings/", headers={"accept-language": "es"})["Content-Language"] == "es"
