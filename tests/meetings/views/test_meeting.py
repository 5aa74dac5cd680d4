"""A meeting's own page: every fact of it, and the join details to a tap alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from meetings import editing
from meetings.models import ServiceBody
from rules.listing import Attendance, DatedChange, Deviation, Online
from tests.builders import NOW, group, listing, meeting, online_listing, place, slot, stored
from tests.meetings.views.reading import HERE, get, names, words

pytestmark = pytest.mark.django_db

ONLINE = Online(
    url="https://meet.example.org/any",
    url_notes="Passcode 1234",
    phone="+1-555-0100,,123456#",
    phone_notes="Press star six to speak",
)


def test_all_that_one_needs_stands_on_the_page(drew: Client) -> None:
    found = meeting(
        slot=slot(weekday=1, start="18:25"),
        attendance=Attendance.HYBRID,
        online=ONLINE,
        notes="Blue door beside the bakery.",
        group=group(notes="Since 1988"),
    )
    drew.cookies["tz"] = "America/New_York"
    response = get(drew, f"{found.get_absolute_url()}?near={HERE}")
    said = words(response)
    for fact in (
        "Kitchen Table",
        "In person or online AA · Open · Discussion",
        "Tonight, 6:25 to 7:25 pm",
        "Starts in 25 min . Eastern time (EST), the same as yours.",
        "Every Monday.",
        "Mill Lane Community Room 12 Mill Lane, Brooklyn, NY 11215",
        "You can make it : 0.1 mi, about 1 min on foot.",
        "Directions",
        "Blue door beside the bakery.",
        "Show the link, number and passcode",
        "23 Nov Monday 6:25 pm EST today",
        "30 Nov Monday 6:25 pm EST",
        "Kitchen Table Group",
        "As published today.",
    ):
        assert fact in said, fact
    assert f'href="/?near={HERE}"' in response.content.decode()


def test_to_a_pin_that_is_a_guess_no_way_is_promised(drew: Client) -> None:
    found = meeting(slot=slot(weekday=1, start="18:45"), place=place(approximate=True))
    said = words(get(drew, f"{found.get_absolute_url()}?near={HERE}"))
    assert "about 0.1 mi." in said
    assert "on foot" not in said
    assert "You can make it" not in said


def test_a_type_is_explained(drew: Client) -> None:
    said = words(get(drew, meeting().get_absolute_url()))
    assert "What to expect" in said
    assert said.count("Anyone may come") == 1


def test_the_askers_own_time_stands_beside_the_meetings(drew: Client) -> None:
    drew.cookies["tz"] = "Europe/Paris"
    said = words(get(drew, meeting(slot=slot(weekday=1, start="18:25")).get_absolute_url()))
    assert "Tonight, 6:25 to 7:25 pm" in said
    assert "Eastern time (EST)." in said
    assert "On your clock: Today, 12:25 am CET." in said


def test_an_online_meeting_leads_with_the_askers_time(drew: Client) -> None:
    drew.cookies["tz"] = "Europe/Paris"
    found = meeting(
        attendance=Attendance.ONLINE, place=None, online=ONLINE, slot=slot(weekday=1, start="18:25")
    )
    said = words(get(drew, found.get_absolute_url()))
    assert "Today, 12:25 to 1:25 am" in said
    assert "Where it is based: Tonight, 6:25 pm EST." in said


def test_join_details_are_shown_to_a_tap_alone(drew: Client) -> None:
    found = meeting(attendance=Attendance.ONLINE, place=None, online=ONLINE)
    before = get(drew, found.get_absolute_url()).content.decode()
    for secret in ("meet.example.org", "1234", "555-0100", "star six"):
        assert secret not in before
    after = drew.post(f"{found.get_absolute_url()}join/")
    html = after.content.decode()
    assert 'href="https://meet.example.org/any" rel="noreferrer noopener external nofollow"' in html
    assert 'href="tel:+15550100,,123456%23"' in html
    assert "Passcode 1234" in html
    assert "Press star six to speak" in html
    assert "no-store" in after["Cache-Control"]
    assert after["X-Robots-Tag"] == "noindex"
    assert not after.cookies


def test_join_details_do_not_come_by_a_link(drew: Client) -> None:
    found = meeting(attendance=Attendance.ONLINE, place=None, online=ONLINE)
    answer = drew.get(f"{found.get_absolute_url()}join/")
    assert (answer.status_code, answer["Location"]) == (302, f"{found.get_absolute_url()}#join")


def test_harvesters_are_slowed_down(drew: Client, settings: Any) -> None:
    settings.JOIN_DETAILS_A_MINUTE = 2
    found = meeting(attendance=Attendance.ONLINE, place=None, online=ONLINE)
    answers = [drew.post(f"{found.get_absolute_url()}join/", REMOTE_ADDR="203.0.113.9") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert "meet.example.org" not in answers[-1].content.decode()
    assert "Retry-After" in answers[-1]


def test_a_link_that_is_none_cannot_be_followed(drew: Client) -> None:
    bad = Online(url="javascript:alert(1)", phone="ask at the door")
    found = meeting(attendance=Attendance.ONLINE, place=None, online=bad)
    html = drew.post(f"{found.get_absolute_url()}join/").content.decode()
    assert 'href="javascript' not in html
    assert "ask at the door" in html


def test_a_closure_soon_is_said_first_and_in_the_dates(drew: Client) -> None:
    closed = DatedChange(on=date(2026, 11, 24), kind=Deviation.CLOSED, note="Holiday")
    found = meeting(dated_changes=(closed,))
    said = words(get(drew, found.get_absolute_url()))
    assert "No meeting on Tuesday 24 November. Holiday. The next one is on Tuesday 1 December." in said
    assert "24 Nov Tuesday No meeting. Holiday." in said
    assert "Tuesday 1 December, 7:30 to 8:30 pm" in said


def test_a_change_of_clocks_is_said(drew: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    october = NOW.replace(month=10, day=20)
    monkeypatch.setattr("django.utils.timezone.now", lambda: october)
    said = words(get(drew, meeting(now=october).get_absolute_url()))
    assert "3 Nov Tuesday 7:30 pm EST. Clocks go back on 1 Nov." in said


def test_a_paused_meeting_says_so_first_and_offers_what_is_near(drew: Client) -> None:
    paused, _other = stored(listing(source_id="a", name="Resting"), listing(source_id="b", name="Next Door"))
    editing.pause(paused, until=date(2027, 1, 5), by=None, now=NOW)
    response = get(drew, paused.get_absolute_url())
    assert response.status_code == 200
    assert "This meeting is having a break. It is back on Tuesday 5 January 2027." in words(response)
    assert names(response) == ["Next Door"]
    assert "Starts in" not in words(response)


def test_a_break_ends_with_the_first_meeting_after_it(drew: Client) -> None:
    paused = meeting()
    editing.pause(paused, until=date(2027, 1, 1), by=None, now=NOW)
    assert "It is back on Tuesday 5 January 2027." in words(get(drew, paused.get_absolute_url()))


def test_nobody_is_told_they_can_make_it_from_a_meeting_that_rests(drew: Client) -> None:
    soon = slot(weekday=1, start="18:25")
    paused, _other = stored(
        listing(source_id="a", name="Resting"), listing(source_id="b", name="Next Door", slot=soon)
    )
    assert "You can make it" in words(get(drew, f"/?near={HERE}"))
    editing.pause(paused, until=date(2027, 1, 5), by=None, now=NOW)
    response = get(drew, paused.get_absolute_url())
    assert names(response) == ["Next Door"]
    assert "You can make it" not in words(response)


def test_a_closed_meeting_keeps_its_page(drew: Client) -> None:
    closed, _other = stored(listing(source_id="a", name="Ended"), listing(source_id="b", name="Next Door"))
    editing.close(closed, by=None, now=NOW)
    response = get(drew, closed.get_absolute_url())
    assert response.status_code == 200
    assert "This meeting has closed." in words(response)
    assert "Next dates" not in words(response)
    assert names(response) == ["Next Door"]


def test_a_removed_meeting_is_gone_with_kind_words_and_a_way_on(drew: Client) -> None:
    removed, _other = stored(
        online_listing(source_id="a", name="Taken Out", online=ONLINE),
        online_listing(source_id="b", name="Another Room"),
    )
    editing.remove([removed], by=None, now=NOW)
    response = get(drew, removed.get_absolute_url())
    assert response.status_code == 410
    assert "This meeting is no longer listed." in words(response)
    assert names(response) == ["Another Room"]
    assert drew.post(f"{removed.get_absolute_url()}join/").status_code == 302


def test_by_appointment_is_said(drew: Client) -> None:
    said = words(get(drew, meeting(slot=None).get_absolute_url()))
    assert "By appointment It has no fixed day or hour. Ask the group before you go." in said
    assert "Next dates" not in said


def test_a_guessed_pin_is_called_one(drew: Client) -> None:
    found = meeting(place=place(approximate=True))
    assert "We know the spot on the map only roughly. Go by the address." in words(
        get(drew, found.get_absolute_url())
    )


def test_what_else_meets_there_and_the_rest_of_the_group(drew: Client) -> None:
    one, *_ = stored(
        listing(source_id="a", name="This One", group=group()),
        listing(source_id="b", name="Early Birds", slot=slot(weekday=3, start="07:00")),
        listing(
            source_id="c", name="Far Hall", group=group(), place=place(name="Other Hall", street="9 High St")
        ),
    )
    said = words(get(drew, one.get_absolute_url()))
    assert "Also at Mill Lane Community Room Wednesday 7:00 am EST Early Birds AA" in said
    assert "It also meets: Tuesday 7:30 pm EST Far Hall AA" in said


def test_who_publishes_it_can_be_reached(drew: Client) -> None:
    found = meeting()
    body = ServiceBody.objects.create(
        slug="east",
        fellowship=found.fellowship,
        name="East Area",
        website="www.example.org",
        phone="+1 555 0101",
    )
    found.body = body
    found.save()
    html = get(drew, found.get_absolute_url()).content.decode()
    assert 'href="https://www.example.org"' in html
    assert 'href="tel:+15550101"' in html


def test_nonsense_beside_the_address_does_no_harm(drew: Client) -> None:
    found = meeting()
    for question in ("near=91,0", "day=x", "near=" + "x" * 300, "tz=Mars", "near=%00"):
        assert drew.get(f"{found.get_absolute_url()}?{question}").status_code == 200


def test_an_unknown_meeting_is_not_found_kindly(drew: Client) -> None:
    response = drew.get("/meetings/never-was/")
    assert response.status_code == 404
    assert "There is nothing at this address." in words(response)
