"""Places, types and service bodies: the words a question is made of."""

from __future__ import annotations

import pytest

from meetings.models import Fellowship, ServiceBody

pytestmark = pytest.mark.django_db
V1 = "/api/v1/"


def test_places_by_the_beginning_of_their_name(drew):
    found = drew.get(f"{V1}places/", {"q": "par"}).json()
    assert found["places"][0] == {
        "label": "Paris, France",
        "latitude": 48.857,
        "longitude": 2.351,
        "country": "FR",
        "region": "IDF",
        "timezone": "Europe/Paris",
    }
    assert len(found["places"]) == 2


@pytest.mark.parametrize("query", ["", "?q=", "?q=+", "?q=xyzzy", "?near=91,0"])
def test_no_place(drew, query):
    assert drew.get(f"{V1}places/{query}").json() == {"places": []}


@pytest.mark.parametrize("text", ["a\x00", "x" * 201])
def test_no_place_can_be_called_that(drew, text):
    answer = drew.get(f"{V1}places/", {"q": text})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["q"])


def test_types_of_a_fellowship_in_the_readers_language(drew):
    types = drew.get(f"{V1}types/", {"fellowship": "aa"}).json()["types"]
    assert {one["fellowship"] for one in types} == {"aa"}
    english = {one["code"]: one for one in types}
    assert set(english["O"]) == {"fellowship", "code", "group", "name", "description", "language"}
    assert (english["O"]["name"], english["O"]["group"], english["S"]["language"]) == ("Open", "type", "es")
    answer = drew.get(f"{V1}types/", {"fellowship": "aa"}, headers={"Accept-Language": "es"})
    spanish = {one["code"]: one for one in answer.json()["types"]}
    assert spanish["O"]["name"] != "Open"


def test_types_of_all_of_several_and_of_none(drew):
    all_of_them = drew.get(f"{V1}types/").json()["types"]
    assert {"aa", "na"} < {one["fellowship"] for one in all_of_them}
    two = drew.get(f"{V1}types/?fellowship=aa&fellowship=na").json()["types"]
    assert {one["fellowship"] for one in two} == {"aa", "na"}
    assert drew.get(f"{V1}types/", {"fellowship": "nobodys"}).json() == {"types": []}
    assert drew.get(f"{V1}types/", {"fellowship": "No Slug"}).status_code == 400


def test_the_tree_of_bodies(drew):
    na = Fellowship.objects.get(slug="na")
    region = ServiceBody.objects.create(slug="region", name="Region", fellowship=na, kind="RS")
    ServiceBody.objects.create(
        slug="area", name="Area", fellowship=na, kind="AS", parent=region, phone="555-0100"
    )
    bodies = drew.get(f"{V1}bodies/").json()["bodies"]
    assert bodies[0] == {
        "slug": "area", "name": "Area", "parent": "region", "fellowship": "na", "kind": "AS",
        "website": "", "phone": "555-0100",
    }  # fmt: skip
    assert bodies[1]["parent"] is None
    assert drew.get(f"{V1}bodies/", {"fellowship": "aa"}).json() == {"bodies": []}


@pytest.mark.parametrize("name", ["places", "types", "bodies"])
def test_each_can_be_asked_again_cheaply_and_too_often(drew, settings, name):
    first = drew.get(f"{V1}{name}/")
    assert drew.get(f"{V1}{name}/", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    settings.PUBLIC_READS_A_MINUTE = 1
    asker = {"REMOTE_ADDR": "203.0.113.7"}
    assert [drew.get(f"{V1}{name}/", **asker).status_code for _ in range(2)] == [200, 429]
