"""What the tests of pages share: a Monday evening, and a geocoder that knows Brooklyn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from meetings.gazetteer.typed import point
from meetings.geocode import GeoPlace, Located
from tests.builders import NOW

BROOKLYN = GeoPlace(
    "Brooklyn, New York, United States", 40.668, -73.981, "US", "NY", "America/New_York", "town"
)
SPRINGFIELDS = (
    GeoPlace("Springfield, Illinois, United States", 39.8, -89.64, "US", "IL", "America/Chicago", "town"),
    GeoPlace("Springfield, Missouri, United States", 37.2, -93.3, "US", "MO", "America/Chicago", "town"),
)


@pytest.fixture(autouse=True)
def _monday_evening(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture(autouse=True)
def _geocoder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Knows Brooklyn, well or ill spelled, and two Springfields; every point is in Brooklyn."""

    def locate(text: str, **_: Any) -> Located:
        known = {
            "Brooklyn": Located(BROOKLYN),
            "Broklyn": Located(replace(BROOKLYN, exact=False)),
            "Springfield": Located(SPRINGFIELDS[0], SPRINGFIELDS[1:]),
        }
        spot = point(text)
        if spot:
            return Located(replace(BROOKLYN, latitude=spot[0], longitude=spot[1], kind="point"))
        return known.get(text, Located())

    monkeypatch.setattr("meetings.geocode.locate", locate)
    monkeypatch.setattr("meetings.geocode.nearest_town", lambda _latitude, _longitude: BROOKLYN)
