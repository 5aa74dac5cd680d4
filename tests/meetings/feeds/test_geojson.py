"""A layer as RFC 7946 has it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from meetings.exporting import Published
from meetings.feeds import geojson
from rules.listing import Attendance, PlaceFacts
from tests import builders

from .published_listings import SITE, published


def layer(*meetings: Published, **site: Any) -> dict[str, Any]:
    return json.loads(b"".join(geojson.pieces(meetings, replace(SITE, **site))))


def test_a_point_has_its_longitude_first() -> None:
    found = layer(published(), published(source_id="b"))
    assert found["type"] == "FeatureCollection"
    [one, other] = found["features"]
    assert (one["type"], one["id"], other["id"]) == ("Feature", "kitchen-table", "b")
    assert one["geometry"] == {"type": "Point", "coordinates": [-73.9806, 40.6681]}
    assert one["properties"]["recurrence"] == "FREQ=WEEKLY;BYDAY=TU"
    assert one["properties"]["url"] == "https://meetings.example.org/meetings/kitchen-table/"


@pytest.mark.parametrize(
    "facts",
    [{"attendance": Attendance.ONLINE}, {"place": None}, {"place": PlaceFacts(city="Brooklyn")}],
    ids=["online", "nowhere", "no pin"],
)
def test_nobody_is_led_to_where_nobody_meets(facts: dict[str, Any]) -> None:
    [one] = layer(published(**facts))["features"]
    assert one["geometry"] is None


def test_how_to_join_is_on_the_page_alone() -> None:
    text = json.dumps(layer(published(builders.online_listing())))
    assert "meet.example.org" not in text
    assert "1234" not in text


def test_invented_data_say_so() -> None:
    notice = "Invented data: do not travel to these"
    found = layer(replace(published(), invented=True), published(source_id="b"), notice=notice)
    assert found["notice"] == notice
    assert [one["properties"].get("notice") for one in found["features"]] == [notice, None]
