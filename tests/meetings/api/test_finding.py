"""/api/v1/meetings/: the question's form, the answer's form, and how it is answered again."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from meetings import asking, editing
from meetings.api import finding
from tests import builders
from tests.fakes import BROOKLYN
from tests.meetings.api.conftest import FIND
from tests.meetings.test_asking import NONSENSE, WELL_FORMED

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"
ANSWER = {"meetings", "facets", "total", "place", "radius_km", "next", "version"}
MEETING = {
    "slug", "name", "fellowship", "group", "group_name", "attendance", "day", "time", "duration_minutes",
    "timezone", "recurrence", "next_start", "next_end", "place", "distance_km", "types", "languages", "joins",
    "notes", "status", "confirmed_at", "url", "updated_at",
}  # fmt: skip
PLACE = {
    "slug", "name", "address", "city", "region", "country", "latitude", "longitude", "approximate",
}  # fmt: skip


def test_the_answer_has_the_documented_form(drew, meetings):
    answer = drew.get(FIND, {"near": "Brooklyn", "radius_km": 20}).json()
    assert set(answer) == ANSWER
    assert answer["total"] == len(answer["meetings"]) == 3
    for one in answer["meetings"]:
        assert set(one) == MEETING
        assert set(one["place"]) == PLACE
        assert one["distance_km"] > 0
    assert answer["place"] == {
        "label": BROOKLYN.label, "latitude": 40.65, "longitude": -73.95, "country": "US", "region": "NY",
        "timezone": "America/New_York", "exact": True,
    }  # fmt: skip
    assert answer["radius_km"] == 20


def test_moments_carry_the_meetings_offset_and_appointments_have_none(drew, meetings):
    found = {one["name"]: one for one in drew.get(FIND).json()["meetings"]}
    assert found["Kitchen Table"]["next_start"].endswith(("-05:00", "-04:00"))
    assert found["Kitchen Table"]["recurrence"] == "FREQ=WEEKLY;BYDAY=TU"
    assert [found["By Appointment"][name] for name in ("day", "time", "next_start", "next_end")] == [None] * 4


def test_how_to_join_is_not_in_a_list(drew, lengths):
    answer = drew.get(FIND, {"attendance": "online"})
    assert answer.json()["meetings"][0]["joins"] == ["video", "phone"]
    assert b"meet.example.org" not in answer.content
    assert b"1234" not in answer.content


def test_without_facets_there_are_none(drew, kitchen):
    assert drew.get(FIND, {"facets": "0"}).json()["facets"] is None
    assert drew.get(FIND).json()["facets"]["attendance"]


def test_a_place_that_nobody_knows_is_an_empty_answer(drew, kitchen):
    answer = drew.get(FIND, {"near": "Xyzzy"})
    assert answer.status_code == 200
    assert answer.json()["meetings"] == []
    assert (answer.json()["place"], answer.json()["total"], answer.json()["next"]) == (None, 0, None)


def test_pages_follow_each_other_and_keep_the_question(drew, meetings):
    seen = []
    answer = drew.get(FIND, {"limit": 1, "type": ["O"], "q": ""}).json()
    while True:
        seen += [one["slug"] for one in answer["meetings"]]
        if not answer["next"]:
            break
        asked = parse_qs(urlsplit(answer["next"]).query)
        assert (asked["type"], asked["limit"]) == (["O"], ["1"])
        assert answer["next"].startswith("http://testserver/api/v1/meetings/?")
        answer = drew.get(answer["next"]).json()
    assert sorted(seen) == sorted(one.slug for one in meetings.values())


@pytest.mark.parametrize("name", [*asking.ONE, *asking.MANY])
def test_nonsense_is_a_problem_with_its_remedy(drew, name):
    for value in NONSENSE:
        answer = drew.get(FIND, {name: value})
        if value in WELL_FORMED.get(name, ()):
            assert answer.status_code == 200
            continue
        assert answer.status_code == 400
        assert answer.headers["Content-Type"] == PROBLEM
        problem = answer.json()
        assert (problem["code"], problem["status"], problem["title"]) == (
            "bad_parameters",
            400,
            "Bad Request",
        )
        assert list(problem["errors"]) == [name]


@pytest.mark.parametrize(
    "query", ["near=%FF%FE", "q=%ED%A0%80", "day=%00", "&&&===", "%", "near[]=1", "?" * 3000]
)
def test_broken_queries_are_no_fault_of_ours(drew, query):
    assert drew.get(f"{FIND}?{query}").status_code in {200, 400}


def test_too_many_parameters(drew):
    answer = drew.get(FIND + "?" + "&".join(f"day={n % 7}" for n in range(1500)))
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


def test_sentences_come_in_the_readers_language(drew):
    told = drew.get(FIND, {"day": "x"}, headers={"Accept-Language": "es"})
    assert told.headers["Content-Language"] == "es"


# --- Asked again ----------------------------------------------------------------------------------


def test_unchanged_is_told_in_a_word(drew, kitchen):
    first = drew.get(FIND, {"near": "Brooklyn"})
    assert first.headers["Cache-Control"] == "public, max-age=30"
    assert {"Accept-Language", "Accept-Encoding"} <= set(first.headers["Vary"].split(", "))
    again = drew.get(FIND, {"near": "Brooklyn"}, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_an_equal_question_is_answered_from_memory(drew, kitchen, monkeypatch, django_assert_num_queries):
    first = drew.get(FIND, {"near": "Brooklyn"})
    monkeypatch.setattr(finding, "find", None)
    with django_assert_num_queries(1):  # for the version of the listings
        again = drew.get(FIND, {"near": "Brooklyn"})
    assert (again.content, again.headers["ETag"]) == (first.content, first.headers["ETag"])


def test_a_change_shows_at_once(drew, kitchen):
    first = drew.get(FIND)
    editing.change(kitchen, by=None, now=builders.NOW, name="New Name")
    again = drew.get(FIND, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert again.json()["meetings"][0]["name"] == "New Name"


def test_languages_and_hosts_have_answers_of_their_own(drew, kitchen):
    english = drew.get(FIND).json()
    spanish = drew.get(FIND, headers={"Accept-Language": "es"}).json()
    assert english["meetings"][0]["types"] != spanish["meetings"][0]["types"]
    elsewhere = drew.get(FIND, {"limit": 1}, headers={"Host": "elsewhere.example"})
    assert elsewhere.status_code == 200


def test_a_language_by_cookie_is_for_its_reader_alone(drew, kitchen, settings):
    drew.cookies[settings.LANGUAGE_COOKIE_NAME] = "es"
    assert drew.get(FIND).headers["Cache-Control"] == "private, max-age=30"


# --- Manners --------------------------------------------------------------------------------------


def test_any_site_may_read(drew, kitchen):
    answer = drew.get(FIND, headers={"Origin": "https://elsewhere.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    assert drew.options(FIND, headers=asked).headers["Access-Control-Allow-Origin"] == "*"


def test_head_and_options(drew, kitchen):
    assert drew.head(FIND).headers["ETag"] == drew.get(FIND).headers["ETag"]
    assert drew.head(FIND).content == b""
    told = drew.options(FIND)
    assert told.status_code == 200
    assert told.headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_is_for_reading(method):
    answer = getattr(Client(enforce_csrf_checks=True), method)(FIND, data="x", content_type="text/plain")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_only_json_is_spoken(drew):
    answer = drew.get(FIND, headers={"Accept": "text/html"})
    assert (answer.status_code, answer.json()["code"]) == (406, "not_acceptable")
    assert answer.headers["Content-Type"] == PROBLEM
    assert drew.get(FIND, {"format": "xml"}).status_code == 200


def test_no_cookie_is_set(drew, kitchen):
    assert not drew.get(FIND).cookies


@pytest.mark.parametrize("query", [{"near": "Brooklyn"}, {"day": "x"}])
def test_over_the_limit_one_is_told_when_to_come_back(drew, kitchen, settings, query):
    settings.PUBLIC_READS_A_MINUTE = 2
    answers = [drew.get(FIND, query, REMOTE_ADDR="203.0.113.7") for _ in range(3)]
    assert [one.status_code == 429 for one in answers] == [False, False, True]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert answers[-1].json()["code"] == "throttled"
    assert drew.get(FIND, query).status_code != 429


def test_invented_data_says_so(drew):
    assert "notice" not in drew.get(FIND).json()
    builders.meeting(source=builders.source(kind="sample"))
    assert drew.get(FIND).json()["notice"] == "Invented data: do not travel to these"
    assert drew.get(FIND, {"near": "Xyzzy"}).json()["notice"]
