"""Stand-ins at the edges: what they answer is what the real ones would, for a world small enough to know."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from meetings import geocode
from meetings.geocode import GeoPlace, Located

PARIS = GeoPlace("Paris, France", 48.857, 2.351, "FR", "IDF", "Europe/Paris", kind="town")
PARIS_TEXAS = GeoPlace("Paris, TX", 33.661, -95.556, "US", "TX", "America/Chicago", kind="town")
BROOKLYN = GeoPlace("Brooklyn, NY", 40.65, -73.95, "US", "NY", "America/New_York", kind="town")


def small_world(patch: pytest.MonkeyPatch) -> None:
    """A gazetteer that knows Brooklyn, and Paris twice. South of the equator there are no towns."""

    def locate(text: str, *, now: object, near_country: str | None = None) -> Located:
        if pair := re.fullmatch(r"(-?[0-9.]+), ?(-?[0-9.]+)", text):
            return Located(_point(float(pair[1]), float(pair[2])))
        towns = sorted((PARIS, PARIS_TEXAS, BROOKLYN), key=lambda town: town.country != near_country)
        found = [town for town in towns if town.label.lower().startswith(text.lower())]
        return Located(found[0], tuple(found[1:])) if found else Located()

    def suggest(prefix: str, limit: int = 8) -> list[GeoPlace]:
        return [
            town for town in (BROOKLYN, PARIS, PARIS_TEXAS) if town.label.lower().startswith(prefix.lower())
        ]

    patch.setattr(geocode, "locate", locate)
    patch.setattr(geocode, "suggest", suggest)


def _point(latitude: float, longitude: float) -> GeoPlace:
    if latitude < 0:
        return GeoPlace(f"{latitude}, {longitude}", latitude, longitude)
    town = BROOKLYN if longitude < -30 else PARIS
    return replace(town, latitude=latitude, longitude=longitude, kind="point")
