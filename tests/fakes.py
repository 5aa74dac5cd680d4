"""Stand-ins at the edges: what they answer is what the real ones would, for a world small enough to know."""

from __future__ import annotations

import pytest

from meetings import geocode
from meetings.geocode import GeoPlace, Located

PARIS = GeoPlace("Paris, France", 48.857, 2.351, "FR", "IDF", "Europe/Paris", kind="town")
PARIS_TEXAS = GeoPlace("Paris, TX", 33.661, -95.556, "US", "TX", "America/Chicago", kind="town")
BROOKLYN = GeoPlace("Brooklyn, NY", 40.65, -73.95, "US", "NY", "America/New_York", kind="town")


def small_world(patch: pytest.MonkeyPatch) -> None:
    """A gazetteer that knows Brooklyn, and Paris twice. Off the equator's north side there are no towns."""

    def locate(text: str, *, now: object, near_country: str | None = None) -> Located:
        towns = sorted((PARIS, PARIS_TEXAS, BROOKLYN), key=lambda town: town.country != near_country)
        found = [town for town in towns if town.label.lower().startswith(text.lower())]
        return Located(found[0], tuple(found[1:])) if found else Located()

    def suggest(prefix: str, limit: int = 8) -> list[GeoPlace]:
        return [
            town for town in (BROOKLYN, PARIS, PARIS_TEXAS) if town.label.lower().startswith(prefix.lower())
        ]

    def nearest_town(latitude: float, longitude: float) -> GeoPlace | None:
        return None if latitude < 0 else BROOKLYN if longitude < -30 else PARIS

    patch.setattr(geocode, "locate", locate)
    patch.setattr(geocode, "suggest", suggest)
    patch.setattr(geocode, "nearest_town", nearest_town)
