"""From an address's query to what was asked: for the page and the API alike."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

import pytest
from django.http import QueryDict

from meetings import asking, geocode
from meetings.asking import ask
from rules.search import Order, Point, Query, When
from tests.builders import NOW
from tests.fakes import PARIS, PARIS_TEXAS, small_world

NONSENSE = [
    "nonsense!",
    "-1",
    "9" * 400,
    "1e999",
    "NaN",
    "a\x00b",
    "\x1b[31m",
    "😀",
    "שלום",
    "'; DROP TABLE x; --",
    "<b>",
]
# Free text means whatever it says, and a slug or code that nobody has is still one.
WORDS = set(NONSENSE) - {"9" * 400, "a\x00b", "\x1b[31m"}
CODES = {"1e999", "NaN"}
SLUGS = {"1e999"}
WELL_FORMED = {
    "near": WORDS,
    "q": WORDS,
    "type": CODES,
    "type_any": CODES,
    "fellowship": SLUGS,
    "body": SLUGS,
    "group": SLUGS,
}


@pytest.fixture(autouse=True)
def world(monkeypatch):
    small_world(monkeypatch)


def asked(query="", **more):
    return ask(QueryDict(query), now=NOW, **{"default_zone": "UTC"} | more)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", Query()),
        ("nobody=knows&this=one", Query()),
        ("near=&day=&q=+&limit=&tz=", Query()),
        ("when=tonight", Query(when=When.TONIGHT)),
        ("day=0&day=6&day=6", Query(days=frozenset({0, 6}))),
        ("from=18:30&to=02:00", Query(starts_from=1110, starts_to=120)),
        ("attendance=online&attendance=hybrid", Query(attendance=frozenset({"online", "hybrid"}))),
        ("fellowship=aa&fellowship=na", Query(fellowships=frozenset({"aa", "na"}))),
        ("type=O&type=aa:D", Query(types=frozenset({("", "O"), ("aa", "D")}))),
        ("type_any=O&type_any=C", Query(types_any=frozenset({("", "O"), ("", "C")}))),
        ("language=es", Query(languages=frozenset({"es"}))),
        ("body=area-49&group=early-birds", Query(body="area-49", group="early-birds")),
        ("facets=0", Query(facets=False)),
        ("q=+big+book+", Query(text="big book")),
        ("order=soonest", Query()),
        ("order=distance", Query()),  # from nowhere there is no distance
        ("radius_km=5", Query()),
        ("tz=America/New_York", Query(timezone="America/New_York")),
        ("limit=500&cursor=o150", Query(limit=500, offset=150)),
        ("limit=10&limit=20", Query(limit=20)),
    ],
)
def test_what_each_parameter_asks(query, expected):
    found = asked(query)
    assert found.errors == {}
    assert found.query == expected


def test_a_point_is_rounded_and_called_after_the_nearest_town():
    found = asked("near=48.85661,2.35222")
    assert found.query == Query(near=Point(48.857, 2.352), order=Order.DISTANCE, timezone="Europe/Paris")
    assert (found.place.label, found.place.kind, found.place.latitude) == ("Paris, France", "point", 48.857)


def test_a_point_far_from_any_town_is_called_by_its_numbers():
    found = asked("near=-60,-120")
    assert (found.place.label, found.zone, found.zone_from) == ("-60.0, -120.0", "UTC", "site")


def test_a_point_typed_in_words_is_rounded_too(monkeypatch):
    spot = replace(PARIS, latitude=48.85661, longitude=2.35222, kind="point")
    monkeypatch.setattr(geocode, "locate", lambda *_, **__: geocode.Located(spot))
    assert asked("near=48.85661+N,+2.35222+E").query.near == Point(48.857, 2.352)


def test_a_place_in_words():
    found = asked("near=Paris&radius_km=5&order=soonest")
    assert found.query == Query(
        near=Point(48.857, 2.351), radius_km=5, order=Order.SOONEST, timezone="Europe/Paris"
    )
    assert (found.place, found.others, found.near_text) == (PARIS, [PARIS_TEXAS], "Paris")


def test_the_askers_region_helps_to_choose():
    assert asked("near=paris", language="en-us").place == PARIS_TEXAS


def test_a_place_that_nobody_knows_is_no_error_and_no_question():
    found = asked("near=Xyzzy&tz=Asia/Tokyo")
    assert (found.query, found.unknown_place, found.errors) == (None, True, {})
    assert (found.near_text, found.zone) == ("Xyzzy", "Asia/Tokyo")


@pytest.mark.parametrize(
    ("query", "zone", "zone_from"),
    [
        ("near=Paris&tz=Asia/Tokyo", "Asia/Tokyo", "asked"),
        ("near=Paris", "Europe/Paris", "place"),
        ("", "Africa/Lagos", "site"),
    ],
)
def test_whose_zone_it_is(query, zone, zone_from):
    found = asked(query, default_zone="Africa/Lagos")
    assert (found.zone, found.zone_from) == (zone, zone_from)
    assert found.query.timezone == zone


@pytest.mark.parametrize(
    ("query", "language", "miles"),
    [
        ("near=paris", "en", False),
        ("near=paris", "en-us", True),
        ("near=paris&radius_mi=3", "fr", True),
        ("near=paris&radius_km=3", "en-us", False),
        ("", "en-gb", True),
        ("", "en", False),
    ],
)
def test_miles_or_kilometres(query, language, miles):
    assert asked(query, language=language).miles is miles


@pytest.mark.parametrize(
    ("query", "km"),
    [("radius_km=8&radius_mi=10", 8.0), ("radius_km=80&radius_mi=10", pytest.approx(16.09344))],
)
def test_of_two_radii_the_smaller_holds(query, km):
    assert asked(f"near=Paris&{query}").query.radius_km == km


@pytest.mark.parametrize("value", NONSENSE)
@pytest.mark.parametrize("name", [*asking.ONE, *asking.MANY])
def test_nonsense_is_told_and_never_bent(name, value):
    found = asked(f"{name}={quote(value)}&near=Paris" if name != "near" else f"near={quote(value)}")
    if value in WELL_FORMED.get(name, ()):
        assert found.errors == {}
    else:
        assert set(found.errors) == {name}
        assert found.query is None


def test_all_that_is_to_mend_is_told_at_once():
    found = asked("near=91,0&day=7&limit=0&when=never&q=kept")
    assert set(found.errors) == {"near", "day", "limit", "when"}
    assert found.near_text == "91,0"
    assert all(found.errors.values())


def test_too_many_values_of_one_parameter():
    many = "&".join(f"type=T{n}" for n in range(51))
    assert set(asked(many).errors) == {"type"}
