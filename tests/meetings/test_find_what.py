"""What: filters, words, and the counts beside the answers."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.utils.translation import override

from meetings import editing
from meetings.find import Answer, find
from meetings.models import Meeting, ServiceBody, Type, Word
from meetings.storing import type_codes
from rules.listing import Attendance, BodyFacts
from rules.reconcile import Plan
from rules.search import PARTS_OF_DAY, Point, Query
from rules.vocabulary import TYPES, language_of
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db


def _names(answer: Answer) -> list[str]:
    return sorted(one["name"] for one in answer.meetings)


def _found(**asked: Any) -> list[str]:
    return _names(find(Query(facets=False, **asked), NOW))


# --- Filters ------------------------------------------------------------------------------------------


@pytest.fixture
def four() -> None:
    builders.stored(
        builders.listing(source_id="1", name="AA open", types=("O", "S"), slot=builders.slot(start="07:00")),
        builders.listing(source_id="2", name="AA women", types=("O", "W"), slot=builders.slot(start="23:30")),
        builders.listing(
            source_id="3", name="NA open", fellowship="na", types=("O",), attendance=Attendance.HYBRID
        ),
        builders.listing(
            source_id="4", name="ACA adults", fellowship="aca", types=("A",), slot=builders.slot(weekday=0)
        ),
    )


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"fellowships": {"aa"}}, ["AA open", "AA women"]),
        ({"fellowships": {"aa", "na"}}, ["AA open", "AA women", "NA open"]),
        ({"fellowships": {"nobody"}}, []),
        ({"types": {("", "O")}}, ["AA open", "AA women", "NA open"]),
        ({"types": {("aa", "O")}}, ["AA open", "AA women"]),
        ({"types": {("", "O"), ("", "W")}}, ["AA women"]),
        ({"types_any": {("", "W"), ("na", "O")}}, ["AA women", "NA open"]),
        ({"types": {("", "O")}, "types_any": {("", "W"), ("", "A")}}, ["AA women"]),
        ({"types": {("", "NOSUCH")}}, []),
        ({"types": {("na", "W")}, "fellowships": {"aa"}}, []),
        # A code is of every fellowship asked for: ACA's "A" is not AA's.
        ({"types": {("", "A")}, "fellowships": {"aa"}}, []),
        ({"types": {("", "A")}}, ["ACA adults"]),
        ({"languages": {"es"}}, ["AA open"]),
        ({"languages": {"es", "fr"}}, ["AA open"]),
        ({"languages": {"tlh"}}, []),
        ({"attendance": {"hybrid", "online"}}, ["NA open"]),
        ({"days": {0}}, ["ACA adults"]),
        ({"starts_from": 7 * 60, "starts_to": 7 * 60}, ["AA open"]),
        ({"starts_from": 22 * 60, "starts_to": 8 * 60}, ["AA open", "AA women"]),
        ({"starts_to": 7 * 60}, ["AA open"]),
        ({"starts_from": 23 * 60}, ["AA women"]),
        ({"body": "nobody"}, []),
        ({"group": "nobody"}, []),
    ],
)
@pytest.mark.usefixtures("four")
def test_filters(asked: dict[str, Any], names: list[str]) -> None:
    choice = {key: frozenset(value) if isinstance(value, set) else value for key, value in asked.items()}
    assert _found(**choice) == names
    # The same within a circle, where another index answers.
    assert _found(near=Point(40.67, -73.98), radius_km=5, **choice) == names


def test_a_body_is_found_with_all_below_it_and_a_group_alone() -> None:
    told = builders.source()
    bodies = [BodyFacts("region", "Region"), BodyFacts("area", "Area", parent_key="region")]
    listings = (
        builders.listing(source_id="1", name="Top", body_key="region", group=builders.group()),
        builders.listing(source_id="2", name="Below", body_key="area"),
        builders.listing(source_id="3", name="Elsewhere"),
    )
    editing.apply(Plan(create=listings), source=told, now=NOW, bodies=bodies)
    region, area = ServiceBody.objects.get(name="Region"), ServiceBody.objects.get(name="Area")

    assert _found(body=region.slug) == ["Below", "Top"]
    assert _found(body=area.slug) == ["Below"]
    assert _found(group=Meeting.objects.get(name="Top").group.slug) == ["Top"]
    facets = find(Query(), NOW).facets or {}
    assert [(one["name"], one["count"]) for one in facets["body"]] == [("Region", 2), ("Area", 1)]


def test_removed_and_closed_meetings_are_not_found() -> None:
    kept, closed, removed = builders.stored(*(builders.listing(source_id=key, name=key) for key in "abc"))
    editing.close(closed, by=None, now=NOW)
    editing.remove([removed], by=None, now=NOW)
    assert _found() == ["a"]
    assert find(Query(), NOW).version > 1
    assert kept.slug


# --- Words --------------------------------------------------------------------------------------------


@pytest.fixture
def worded() -> None:
    builders.stored(
        builders.listing(source_id="1", name="Serenity on Sunday"),
        builders.listing(source_id="2", name="Café Größe"),
        builders.listing(source_id="3", name="Trinity", notes="Ring the bell. Entrée par l’escalier."),
        builders.listing(
            source_id="4", name="St. Mary’s", place=builders.place(region="Ontario", city="Hamilton")
        ),
        builders.listing(source_id="5", name="東京グループ"),
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("serenity", ["Serenity on Sunday"]),
        ("SER", ["Serenity on Sunday"]),
        ("sunday serenity", ["Serenity on Sunday"]),
        ("seren sun", ["Serenity on Sunday"]),
        ("serinity", ["Serenity on Sunday"]),
        ("sernity", ["Serenity on Sunday"]),
        ("serenitty sudnay", ["Serenity on Sunday"]),
        ("serinity trinity", []),
        ("trinty", ["Trinity"]),
        ("cafe grosse", ["Café Größe"]),
        ("CAFÉ", ["Café Größe"]),
        ("entree", ["Trinity"]),
        ("escalier", ["Trinity"]),
        ("st marys", ["St. Mary’s"]),
        ("hamilton ontario", ["St. Mary’s"]),
        ("hamlton", ["St. Mary’s"]),
        ("東京", ["東京グループ"]),
        ("s", ["Serenity on Sunday", "St. Mary’s"]),
        ("zzzzzz", []),
        ("srn", []),
        ("' OR 1=1 --", []),
        ('"*) AND', []),
        ("%", ["Café Größe", "Serenity on Sunday", "St. Mary’s", "Trinity", "東京グループ"]),
    ],
)
@pytest.mark.usefixtures("worded")
def test_words(text: str, names: list[str]) -> None:
    assert _found(text=text) == names
    assert _found(text=text, near=Point(40.67, -73.98), radius_km=5) == names


@pytest.mark.usefixtures("worded")
def test_what_is_no_longer_written_is_no_longer_found_but_forgiven() -> None:
    meeting = Meeting.objects.get(name="Trinity")
    editing.change(meeting, by=None, now=NOW, name="Trinety")
    assert _found(text="trinety") == ["Trinety"]
    editing.change(meeting, by=None, now=NOW, name="Trinity")
    assert _found(text="trinety") == ["Trinity"]
    editing.remove([meeting], by=None, now=NOW)
    assert _found(text="trinity") == []


def test_a_word_too_long_for_any_index_is_stored_and_found() -> None:
    builders.meeting(name="Long", notes="x" * 5000)
    assert _found(text="x" * 100) == ["Long"]
    assert max(len(word.text) for word in Word.objects.all()) <= 60


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps the index without triggers")
def test_the_triggers_that_keep_the_words_outlive_all_migrations() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'meetings_meeting'"
        )
        standing = {name for (name,) in cursor.fetchall()}
    # A migration that remakes the table loses them, and has to call `wordindex.install` again.
    assert standing == {"meetings_words_insert", "meetings_words_update", "meetings_words_delete"}


# --- Counts -------------------------------------------------------------------------------------------

FELLOWSHIPS = ("aa", "na", "al-anon")


@pytest.fixture
def many() -> list[Meeting]:
    rng = random.Random(31)
    listings = []
    for number in range(150):
        fellowship = rng.choice(FELLOWSHIPS)
        codes = sorted(TYPES[fellowship])
        listings.append(
            builders.listing(
                source_id=str(number),
                fellowship=fellowship,
                attendance=rng.choice(list(Attendance)),
                types=tuple(
                    sorted(rng.sample(codes, rng.randrange(6)) + rng.sample(["O", "C"], rng.randrange(2)))
                ),
                slot=rng.choice(
                    [
                        None,
                        *(builders.slot(weekday=day, start=f"{rng.randrange(24):02}:15") for day in range(7)),
                    ]
                ),
                place=builders.place(latitude=40.0 + rng.random(), longitude=-73.0),
            )
        )
    return builders.stored(*listings)


Codes = dict[int, tuple[str, ...]]


def _keeps(query: Query, codes: Codes) -> dict[str, Callable[[Meeting], bool]]:
    """The condition of each facet, in plain Python."""
    first = 0 if query.starts_from is None else query.starts_from
    last = 1439 if query.starts_to is None else query.starts_to

    def has(row: Meeting, wanted: tuple[str, str]) -> bool:
        return wanted[0] in ("", row.fellowship.slug) and wanted[1] in codes[row.pk]

    return {
        "attendance": lambda row: not query.attendance or row.attendance in query.attendance,
        "fellowship": lambda row: not query.fellowships or row.fellowship.slug in query.fellowships,
        "day": lambda row: not query.days or row.weekday in query.days,
        "time": lambda row: (
            (query.starts_from, query.starts_to) == (None, None)
            or (
                row.start is not None
                and (first <= row.start <= last if first <= last else row.start >= first or row.start <= last)
            )
        ),
        "type": lambda row: (
            all(has(row, one) for one in query.types)
            and (not query.types_any or any(has(row, one) for one in query.types_any))
        ),
        "language": lambda row: (
            not query.languages
            or any(language_of(row.fellowship.slug, code) in query.languages for code in codes[row.pk])
        ),
    }


def _values(row: Meeting, facet: str, codes: tuple[str, ...]) -> Iterable[Any]:
    return {
        "attendance": [row.attendance],
        "fellowship": [row.fellowship.slug],
        "day": [] if row.weekday is None else [row.weekday],
        "language": {language_of(row.fellowship.slug, code) for code in codes} - {""},
        "type": [(row.fellowship.slug, code) for code in codes if not language_of(row.fellowship.slug, code)],
    }[facet]


def _random_query(rng: random.Random) -> Query:
    def some(values: Iterable[Any]) -> frozenset[Any]:
        return frozenset(rng.sample(list(values), rng.choice([0, 0, 1, 2])))

    part = rng.choice([(None, None), *PARTS_OF_DAY.values()])
    return Query(
        near=rng.choice([None, Point(40.5, -73.0)]),
        radius_km=rng.choice([20.0, 500.0]),
        days=some(range(7)),
        starts_from=part[0],
        starts_to=part[1],
        attendance=some(["in_person", "online", "hybrid"]),
        fellowships=some(FELLOWSHIPS),
        types=rng.choice(
            [frozenset(), frozenset({("", "O")}), frozenset({("aa", "O")}), frozenset({("", "C")})]
        ),
        types_any=rng.choice([frozenset(), frozenset({("na", "O"), ("", "C")})]),
        languages=some(["es", "fr", "en"]),
    )


def test_counts_equal_a_count_by_hand(many: list[Meeting]) -> None:
    rng = random.Random(32)
    rows = list(Meeting.objects.with_context().order_by("pk"))
    codes = {row.pk: type_codes(row) for row in rows}
    for _ in range(40):
        query = _random_query(rng)
        # The place decides who is counted at all.
        bare = Query(near=query.near, radius_km=query.radius_km, limit=500, facets=False)
        here = {one["slug"] for one in find(bare, NOW).meetings}
        keeps = _keeps(query, codes)
        answer = find(query, NOW)
        facets = answer.facets or {}
        for facet in ("attendance", "fellowship", "day", "type", "language"):
            left = [
                row
                for row in rows
                if row.slug in here and all(keep(row) for name, keep in keeps.items() if name != facet)
            ]
            right = Counter(value for row in left for value in _values(row, facet, codes[row.pk]))
            if facet == "type":
                _check_types(facets["type"], right, query)
                continue
            told = {one["value"]: one["count"] for one in facets[facet]}
            assert {value: number for value, number in told.items() if number} == dict(right)
        kept = [row for row in rows if row.slug in here and all(keep(row) for keep in keeps.values())]
        assert answer.total == len(kept)


def _check_types(told: list[dict[str, Any]], right: Counter[tuple[str, str]], query: Query) -> None:
    """Every value's count is what choosing it alone would find."""
    covered: Counter[tuple[str, str]] = Counter()
    for one in told:
        fellowship, _, code = one["value"].rpartition(":")
        meant = {
            pair: number for pair, number in right.items() if pair[1] == code and fellowship in ("", pair[0])
        }
        assert one["count"] == sum(meant.values()), one
        assert one["count"] or one["chosen"]
        assert one["chosen"] == ((fellowship, code) in query.types | query.types_any)
        covered.update(meant.keys())
    assert set(covered) == set(right)


def test_parts_of_the_day_are_told_as_from_and_to() -> None:
    builders.stored(
        builders.listing(source_id="1", slot=builders.slot(start="04:59")),
        builders.listing(source_id="2", slot=builders.slot(start="05:00")),
        builders.listing(source_id="3", slot=builders.slot(start="21:00")),
        builders.listing(source_id="4", slot=None),
    )
    facets = find(Query(starts_from=5 * 60, starts_to=11 * 60 - 1), NOW).facets or {}
    assert facets["time"] == [
        {"value": "05:00-10:59", "name": "Morning", "count": 1, "chosen": True},
        {"value": "21:00-04:59", "name": "Night", "count": 2, "chosen": False},
    ]
    first, last = PARTS_OF_DAY["night"]
    assert find(Query(starts_from=first, starts_to=last), NOW).total == 2


def test_a_code_with_several_meanings_is_told_with_its_fellowship() -> None:
    builders.stored(
        builders.listing(source_id="1", types=("O", "T")),
        builders.listing(source_id="2", fellowship="na", types=("O",)),
        builders.listing(source_id="3", fellowship="aca", types=("T",)),
    )
    told = {one["value"]: (one["name"], one["count"]) for one in (find(Query(), NOW).facets or {})["type"]}
    assert told["O"][1] == 2
    assert told["aa:T"] != told["aca:T"]
    assert Type.objects.get(fellowship__slug="aca", code="T").names["en"] == told["aca:T"][0]


def test_a_chosen_value_stays_though_nothing_has_it() -> None:
    builders.meeting()
    query = Query(types=frozenset({("", "W")}), attendance=frozenset({"online"}), languages=frozenset({"fr"}))
    facets = find(query, NOW).facets or {}
    assert [(one["value"], one["count"]) for one in facets["type"] if one["chosen"]] == [("W", 0)]
    assert [(one["value"], one["count"]) for one in facets["attendance"] if one["chosen"]] == [("online", 0)]
    assert [(one["value"], one["count"]) for one in facets["language"] if one["chosen"]] == [("fr", 0)]


# --- What is told -------------------------------------------------------------------------------------


def test_a_meeting_is_told_whole_but_for_how_to_join() -> None:
    listing = builders.listing(group=builders.group(), attendance=Attendance.HYBRID, types=("D", "EN", "O"))
    online = builders.online_listing().online
    builders.meeting(**{name: getattr(replace(listing, online=online), name) for name in listing.__slots__})

    [told] = find(Query(near=Point(40.6681, -73.9806), radius_km=1), NOW).meetings
    group = Meeting.objects.get().group
    assert group is not None
    assert told == {
        "slug": "kitchen-table-brooklyn-tue-1930",
        "name": "Kitchen Table",
        "fellowship": "aa",
        "group": group.slug,
        "group_name": "Kitchen Table Group",
        "attendance": "hybrid",
        "day": 2,
        "time": "19:30",
        "duration_minutes": 60,
        "timezone": "America/New_York",
        "recurrence": "FREQ=WEEKLY;BYDAY=TU",
        "next_start": "2026-11-24T19:30:00-05:00",
        "next_end": "2026-11-24T20:30:00-05:00",
        "place": {
            "slug": Meeting.objects.get().place.slug,
            "name": "Mill Lane Community Room",
            "address": "12 Mill Lane",
            "city": "Brooklyn",
            "region": "NY",
            "country": "US",
            "latitude": 40.6681,
            "longitude": -73.9806,
            "approximate": False,
        },
        "distance_km": 0.0,
        "types": [
            {"code": "O", "name": "Open", "group": "type"},
            {"code": "D", "name": "Discussion", "group": "format"},
            {"code": "EN", "name": "English", "group": "language"},
        ],
        "languages": ["en"],
        "joins": ["video", "phone"],
        "notes": "",
        "status": "active",
        "confirmed_at": None,
        "updated_at": "2026-11-23T23:00:00+00:00",
        "url": "/meetings/kitchen-table-brooklyn-tue-1930/",
    }


def test_types_and_facets_speak_the_page_s_language() -> None:
    builders.meeting()
    with override("es"):
        answer = find(Query(), NOW)
    assert {one["name"] for one in answer.meetings[0]["types"]} == {"Abierta", "Discusión"}
    assert {one["name"] for one in (answer.facets or {})["type"]} == {"Abierta", "Discusión"}


@pytest.mark.parametrize(
    ("query", "most"),
    [
        (Query(near=Point(40.67, -73.98), radius_km=10, facets=False), 4),
        (Query(near=Point(40.67, -73.98), radius_km=10), 5),
        (Query(facets=False), 4),
        (Query(near=Point(40.67, -73.98), radius_km=10, text="kitchen", facets=False), 5),
    ],
)
def test_a_question_costs_few_statements(
    query: Query, most: int, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    builders.stored(*(builders.listing(source_id=str(number)) for number in range(60)))
    find(query, NOW)  # the words are read once a version
    with django_assert_max_num_queries(most):
        assert len(find(query, NOW).meetings) == 50
