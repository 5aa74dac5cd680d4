"""/api/v1/meetings/<slug>/: all that is told of one meeting."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from meetings import editing
from rules.listing import DatedChange, Deviation
from tests.builders import NOW
from tests.meetings.api.conftest import FIND

pytestmark = pytest.mark.django_db


def test_how_to_join_and_when(drew, lengths):
    told = drew.get(f"{FIND}{lengths.slug}/").json()
    assert told["join"] == {
        "url": "https://meet.example.org/any",
        "url_notes": "Passcode 1234",
        "phone": "+1-555-0100",
        "phone_notes": "",
    }
    dates = told["next_dates"]
    assert len(dates) == 8
    assert {datetime.fromisoformat(one["start"]).weekday() for one in dates} == {2}
    assert dates[0]["start"] == told["next_start"]
    assert told["status"] == "active"


def test_the_list_tells_the_same(drew, kitchen):
    [listed] = drew.get(FIND).json()["meetings"]
    told = drew.get(f"{FIND}{kitchen.slug}/").json()
    assert listed == {name: told[name] for name in listed}
    assert told["join"] is None


def test_dated_changes_to_come(drew, meetings):
    told = drew.get(f"{FIND}{meetings['Dated'].slug}/").json()
    assert [(one["date"], one["kind"], one["to_date"]) for one in told["dated_changes"]] == [
        ("2030-12-24", "closed", None),
        ("2030-12-26", "extra", None),
        ("2030-12-31", "moved", "2030-12-30"),
    ]
    assert told["dated_changes"][0]["note"] == "Closed for the night"


def test_by_appointment(drew, meetings):
    told = drew.get(f"{FIND}{meetings['By Appointment'].slug}/").json()
    assert (told["next_start"], told["next_dates"], told["day"], told["recurrence"]) == (None, [], None, None)


def test_a_paused_meeting_says_so_and_until_when(drew, kitchen):
    today = timezone.now().date()
    until = today + timedelta(days=90)
    editing.pause(kitchen, by=None, now=timezone.now(), since=today - timedelta(days=3), until=until)
    told = drew.get(f"{FIND}{kitchen.slug}/").json()
    assert told["status"] == "paused"
    assert told["paused_until"] == until.isoformat()
    back = until.isoformat()
    assert all(one["date"] >= back for one in told["next_dates"])
    assert drew.get(FIND).json()["total"] == 0


def test_a_closed_meeting_keeps_its_address(drew, kitchen):
    editing.close(kitchen, by=None, now=NOW)
    told = drew.get(f"{FIND}{kitchen.slug}/").json()
    assert (told["status"], told["next_dates"]) == ("closed", [])


def test_a_removed_one_is_gone_and_an_unknown_one_never_was(drew, kitchen):
    editing.remove([kitchen], by=None, now=NOW)
    gone = drew.get(f"{FIND}{kitchen.slug}/")
    assert (gone.status_code, gone.json()["code"]) == (410, "removed")
    assert gone.headers["Content-Type"] == "application/problem+json"
    for slug in ("nobody", "x" * 500, "-", "%00", "a b", "😀", "a/b"):
        answer = drew.get(f"{FIND}{slug}/")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_collecting_links_is_slower_than_reading_lists(drew, lengths, settings):
    settings.JOIN_DETAILS_A_MINUTE = 2
    asker = {"REMOTE_ADDR": "203.0.113.7"}
    codes = [drew.get(f"{FIND}{lengths.slug}/", **asker).status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    assert drew.get(FIND, **asker).status_code == 200


def test_caches_in_between_keep_no_links(drew, lengths):
    first = drew.get(f"{FIND}{lengths.slug}/")
    assert first.headers["Cache-Control"] == "private, max-age=30"
    again = drew.get(f"{FIND}{lengths.slug}/", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_a_date_that_has_passed_is_not_told(drew, kitchen):
    long_ago = DatedChange(date(2020, 1, 7), Deviation.CLOSED)
    editing.except_dates(kitchen, [long_ago], by=None, now=NOW)
    assert drew.get(f"{FIND}{kitchen.slug}/").json()["dated_changes"] == []
