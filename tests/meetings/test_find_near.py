"""Where: the finder against the geodesic over all rows, and how the circle widens."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from geopy.distance import geodesic

from meetings.find import find
from meetings.models import Meeting
from rules.listing import Attendance
from rules.search import RADII_KM, Order, Point, Query
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db

# Towns with many doors; both sides of 180 degrees, both poles, the equator, Greenwich.
CENTRES = [(40.67, -73.98), (-16.8, 179.98), (65.5, -179.9), (89.97, 12.0), (-89.9, -100.0), (0.0, 0.01)]
CENTRES += [(51.5, -0.1), (78.2, 15.6), (-54.8, -68.3), (74.9, -95.0)]


def _pins(rng: random.Random) -> Iterator[tuple[float, float]]:
    for latitude, longitude in CENTRES:
        doors = []
        for _ in range(13):
            reach = 10 ** rng.uniform(-2.5, 0.9)
            north = latitude + rng.uniform(-1, 1) * reach
            east = longitude + rng.uniform(-1, 1) * reach * (40 if abs(latitude) > 85 else 1)
            doors.append((max(-90.0, min(90.0, north)), (east + 180) % 360 - 180))
        yield from doors
        yield from doors[:3]  # several meetings behind one door


def _questions(rng: random.Random, count: int) -> Iterator[tuple[Point, float]]:
    for number in range(count):
        latitude, longitude = CENTRES[number % len(CENTRES)]
        near = max(-90.0, min(90.0, latitude + rng.gauss(0, 0.5)))
        yield Point(near, (longitude + rng.gauss(0, 1) + 180) % 360 - 180), 10 ** rng.uniform(0, 3)


@pytest.fixture
def listed() -> list[Meeting]:
    rng = random.Random(11)
    listings = [
        builders.listing(
            source_id=f"m{number}",
            place=builders.place(latitude=latitude, longitude=longitude),
            slot=builders.slot(weekday=rng.randrange(7), start=f"{rng.randrange(24):02}:00"),
        )
        for number, (latitude, longitude) in enumerate(_pins(rng))
    ]
    return builders.stored(*listings)


def test_the_set_and_the_order_are_those_of_the_geodesic(listed: list[Meeting]) -> None:
    kinds = set()
    for point, km in _questions(random.Random(12), 200):
        spots = {(row.latitude, row.longitude) for row in listed}
        measured = {spot: geodesic((point.latitude, point.longitude), spot).km for spot in spots}
        away = {row.slug: measured[row.latitude, row.longitude] for row in listed}
        right = sorted(
            (row for row in listed if away[row.slug] <= km),
            key=lambda row: (away[row.slug], row.next_start, row.pk),
        )
        query = Query(near=point, radius_km=km, order=Order.DISTANCE, limit=500, facets=False)

        answer = find(query, NOW)

        assert [one["slug"] for one in answer.meetings] == [row.slug for row in right], (point, km)
        assert (answer.total, answer.radius_km) == (len(right), km)
        for one in answer.meetings:
            assert one["distance_km"] == pytest.approx(away[one["slug"]], abs=0.0011)
        kinds.add((km > 300, bool(right)))
    # Near and far were asked, with and without answers.
    assert {(False, False), (False, True), (True, True)} <= kinds


def test_pages_fit_together(listed: list[Meeting]) -> None:
    for point, km in _questions(random.Random(13), 20):
        query = Query(near=point, radius_km=km, order=Order.DISTANCE, limit=500, facets=False)
        whole = [one["slug"] for one in find(query, NOW).meetings]
        paged: list[str] = []
        offset: int | None = 0
        while offset is not None:
            page = Query(near=point, radius_km=km, order=Order.DISTANCE, limit=7, offset=offset, facets=False)
            answer = find(page, NOW)
            paged += [one["slug"] for one in answer.meetings]
            offset = answer.next_offset
        assert paged == whole


def test_soonest_within_a_circle_is_of_the_same_set(listed: list[Meeting]) -> None:
    for point, km in _questions(random.Random(14), 20):
        by_distance = find(Query(near=point, radius_km=km, order=Order.DISTANCE, limit=500), NOW)
        by_time = find(Query(near=point, radius_km=km, order=Order.SOONEST, limit=500), NOW)
        assert {one["slug"] for one in by_time.meetings} == {one["slug"] for one in by_distance.meetings}
        starts = [one["next_start"] for one in by_time.meetings]
        assert starts == sorted(starts)
        assert by_time.facets == by_distance.facets


def test_a_door_on_the_very_edge_is_measured_exactly() -> None:
    [meeting] = builders.stored(builders.listing())
    here = Point(40.0, -73.0)
    km = geodesic((40.0, -73.0), (meeting.latitude, meeting.longitude)).km
    hair = 1e-8

    assert find(Query(near=here, radius_km=km + hair), NOW).total == 1
    assert find(Query(near=here, radius_km=km - hair), NOW).total == 0
    # The counts beside the answers are as exact.
    facets = find(Query(near=here, radius_km=km - hair), NOW).facets
    assert facets == {name: [] for name in facets or {}}


def test_without_a_radius_the_circle_widens_until_ten_are_found() -> None:
    builders.stored(
        *(
            builders.listing(source_id=str(n), place=builders.place(latitude=40 + n * 0.1, longitude=-73.0))
            for n in range(15)
        )
    )
    answer = find(Query(near=Point(40.0, -73.0), order=Order.DISTANCE), NOW)

    # One every 11 km: ten are within 100 km, and all within 160 are told.
    assert answer.radius_km == 160
    assert answer.total == 15


def test_it_widens_to_the_whole_earth_if_need_be() -> None:
    builders.stored(builders.listing())
    answer = find(Query(near=Point(-30.0, 120.0), order=Order.DISTANCE), NOW)

    assert (answer.radius_km, answer.total) == (RADII_KM[-1], 1)
    assert answer.meetings[0]["distance_km"] == pytest.approx(
        geodesic((-30.0, 120.0), (40.6681, -73.9806)).km, abs=0.0011
    )


def test_the_antipode_is_within_the_last_circle() -> None:
    builders.stored(builders.listing(place=builders.place(latitude=0.0, longitude=0.0)))
    assert find(Query(near=Point(0.0, 180.0)), NOW).total == 1


def test_who_has_no_pin_is_nowhere_but_online_alone_is_asked_of_the_whole_world() -> None:
    builders.stored(
        builders.listing(source_id="hall"),
        builders.online_listing(source_id="unpinned"),
        builders.online_listing(source_id="far", place=builders.place(latitude=-37.0, longitude=175.0)),
    )
    here = Point(40.668, -73.981)
    online = frozenset({Attendance.ONLINE.value})

    assert find(Query(near=here, radius_km=5), NOW).total == 1
    assert find(Query(near=here, radius_km=5, attendance=online), NOW).total == 0

    answer = find(Query(near=here, attendance=online, order=Order.DISTANCE), NOW)
    assert (answer.total, answer.radius_km) == (2, None)
    assert {one["distance_km"] for one in answer.meetings} == {None}
