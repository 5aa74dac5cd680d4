"""Boxes, bands and distances against geopy's geodesic; ways against arithmetic by hand."""

from math import inf

import pytest
from geopy.distance import geodesic
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from rules.geo import (
    Box,
    Mode,
    Span,
    band,
    bands,
    box,
    d2,
    distance,
    doubt,
    fits,
    is_exact_enough,
    metric,
    travel,
)

latitudes = st.floats(-90, 90) | st.sampled_from([-90.0, -89.99, 0.0, 85.0, 90.0])
longitudes = st.floats(-180, 180) | st.sampled_from([-180.0, -179.999, 0.0, 179.999, 180.0])
bearings = st.floats(0, 360) | st.sampled_from([0.0, 90.0, 180.0, 270.0])
radii = st.floats(0.01, 1000) | st.sampled_from([2.0, 10.0, 50.0, 100.0, 200.0, 300.0, 1000.0])


def destination(latitude: float, longitude: float, bearing: float, km: float) -> tuple[float, float]:
    """The point so far in that direction."""
    point = geodesic(kilometers=km).destination((latitude, longitude), bearing)
    return point.latitude, point.longitude


def span_of(found: Box, longitude: float) -> Span | None:
    return next((span for span in found.spans if span.west <= longitude <= span.east), None)


@settings(max_examples=300, deadline=None)
@given(latitudes, longitudes, bearings, radii, st.floats(0, 1))
@example(0.0, 179.95, 90.0, 10.0, 1.0)
@example(0.0, -179.95, 270.0, 10.0, 1.0)
@example(89.95, 0.0, 10.0, 10.0, 1.0)
def test_a_box_covers_its_circle(
    latitude: float, longitude: float, bearing: float, km: float, share: float
) -> None:
    to_latitude, to_longitude = destination(latitude, longitude, bearing, km * share)
    found = box(latitude, longitude, km)
    assert found.south <= to_latitude <= found.north
    assert span_of(found, to_longitude)
    assert band(to_latitude) in bands(found.south, found.north)


@settings(max_examples=300, deadline=None)
@given(latitudes, longitudes, radii)
def test_a_box_is_well_formed(latitude: float, longitude: float, km: float) -> None:
    found = box(latitude, longitude, km)
    assert -90 <= found.south <= latitude <= found.north <= 90
    assert span_of(found, longitude)
    for span in found.spans:
        assert -180 <= span.west <= span.east <= 180
        assert (span.lon0 - longitude) % 360 in (0, 360)


@pytest.mark.parametrize("km", [1, 30, 300])
@pytest.mark.parametrize("latitude", [-75, -40, 0, 60, 85])
def test_a_box_fits_closely(latitude: float, km: float) -> None:
    found = box(latitude, 0, km)
    circle = [destination(latitude, 0, bearing, km) for bearing in range(0, 360, 2)]
    for edge, reached in (
        (found.north - latitude, max(point[0] for point in circle) - latitude),
        (latitude - found.south, latitude - min(point[0] for point in circle)),
        (found.spans[0].east, max(point[1] for point in circle)),
    ):
        assert reached <= edge < reached * 1.02


@settings(max_examples=200, deadline=None)
@given(latitudes, longitudes, bearings, radii)
def test_the_way_is_not_round_the_world(latitude: float, longitude: float, bearing: float, km: float) -> None:
    """`lon0` of the span a point lies in gives the short difference of longitudes."""
    _, to_longitude = destination(latitude, longitude, bearing, km)
    found = box(latitude, longitude, km)
    assume(found.south > -90 and found.north < 90)
    span = span_of(found, to_longitude)
    assert span
    assert abs(to_longitude - span.lon0) <= 90.001


def test_boxes_at_the_edges() -> None:
    assert box(0, 0, 20000).spans == (Span(-180.0, 180.0, 0),)
    assert box(-89.9, 30, 50).spans == (Span(-180.0, 180.0, 30),)
    assert box(-89.9, 30, 50).south == -90
    east, west = box(0, 179.9, 50).spans
    assert (east.east, east.lon0, west.west, west.lon0) == (180, 179.9, -180, 179.9 - 360)
    east, west = box(0, -179.9, 50).spans
    assert (east.east, east.lon0, west.west, west.lon0) == (180, -179.9 + 360, -180, -179.9)


def test_bands_are_tenths_of_degrees() -> None:
    assert [band(latitude) for latitude in (40.0, 40.09, 40.1, -0.01, 0, -90, 90)] == [
        400,
        400,
        401,
        -1,
        0,
        -900,
        900,
    ]
    assert bands(-0.05, 0.15) == [-1, 0, 1]
    assert bands(40.61, 40.69) == [406]


@pytest.mark.parametrize(
    ("km", "metres"),
    [(10, 0.001), (50, 0.02), (100, 0.1), (200, 1.5), (300, 8)],
)
@pytest.mark.parametrize("latitude", [-70, -55.5, -33.9, 0, 1.3, 23.4, 40.7, 45, 52.5, 60, 64.1, 70])
def test_distances_are_as_exact_as_promised(latitude: float, km: float, metres: float) -> None:
    for bearing in range(0, 360, 10):
        to_latitude, to_longitude = destination(latitude, 178.0, bearing, km)
        assert abs(distance(latitude, 178.0, to_latitude, to_longitude) - km) * 1000 <= metres


@settings(max_examples=300, deadline=None)
@given(latitudes, longitudes, bearings, st.floats(0, 1000))
def test_doubt_bounds_the_error_anywhere(
    latitude: float, longitude: float, bearing: float, km: float
) -> None:
    to_latitude, to_longitude = destination(latitude, longitude, bearing, km)
    error = abs(distance(latitude, longitude, to_latitude, to_longitude) - km)
    assert error <= doubt(latitude, km) + 1e-6
    if is_exact_enough(latitude, km):
        assert error <= 0.01


@settings(max_examples=300, deadline=None)
@given(latitudes, longitudes, radii, st.floats(0, 1), st.floats(0, 1))
def test_in_the_box_d2_tells_inside_from_outside(
    latitude: float, longitude: float, km: float, up: float, across: float
) -> None:
    """Also in the box's corners, which lie beyond the radius the exactness is promised for."""
    assume(is_exact_enough(latitude, km))
    found = box(latitude, longitude, km)
    to_latitude = found.south + up * (found.north - found.south)
    span = found.spans[int(across * 1000) % len(found.spans)]
    to_longitude = span.west + across * (span.east - span.west)
    square = d2(metric(latitude), to_latitude - latitude, to_longitude - span.lon0)
    exact = geodesic((latitude, longitude), (to_latitude, to_longitude)).km
    if exact > km + 0.01:
        assert square > km * km
    if exact < km - 0.01:
        assert square < km * km


@pytest.mark.parametrize(
    ("latitude", "km", "exact"),
    [
        (40.7, 300, True),
        (60, 300, True),
        (-70, 200, True),
        (70, 300, False),
        (85, 50, True),
        (85, 100, False),
    ],
)
def test_where_d2_may_rank(latitude: float, km: float, exact: bool) -> None:
    assert is_exact_enough(latitude, km) is exact


def test_no_promise_where_a_pole_is_near() -> None:
    assert doubt(89.5, 100) == inf
    assert not is_exact_enough(-89.5, 100)
    assert not is_exact_enough(90, 0.1)


def test_a_distance_is_nothing_to_oneself_and_the_same_both_ways_round() -> None:
    assert distance(40.7, -74.0, 40.7, -74.0) == 0
    assert distance(10, 179.99, 10, -179.99) == pytest.approx(distance(10, 0, 10, 0.02))


@pytest.mark.parametrize(
    ("km", "mode", "minutes"),
    [
        (0, Mode.WALK, 0),
        (1, Mode.WALK, 16),
        (0.01, Mode.WALK, 1),
        (3, Mode.BIKE, 16),
        (4, Mode.DRIVE, 8),
        (10, Mode.DRIVE, 20),
    ],
)
def test_travel(km: float, mode: Mode, minutes: int) -> None:
    assert travel(km, mode) == minutes


@pytest.mark.parametrize(
    ("km", "minutes_left", "expected"),
    [
        (0.7, 30, (Mode.WALK, 11)),
        (0.7, 11, (Mode.WALK, 11)),
        (0.7, 10, (Mode.DRIVE, 2)),  # on foot one comes late
        (1.6, 60, (Mode.WALK, 25)),
        (1.7, 60, (Mode.DRIVE, 4)),  # too far to walk
        (10, 19, None),
        (0, 0, (Mode.WALK, 0)),
        (0.1, -1, None),  # it has begun
    ],
)
def test_fits(km: float, minutes_left: float, expected: tuple[Mode, int] | None) -> None:
    assert fits(km, minutes_left) == expected


def test_fits_for_who_has_no_car() -> None:
    assert fits(5, 60, (Mode.WALK, Mode.BIKE)) == (Mode.BIKE, 26)
    assert fits(9, 60, (Mode.WALK, Mode.BIKE)) is None
