"""Measures how far things are from one point: by estimate where that will do, else on the ellipsoid."""

from __future__ import annotations

from geopy.distance import geodesic

from rules.ranking import estimate
from rules.search import Point


class Ruler:
    """Distances from where the asker is. Many meetings share a door, so each spot is measured once."""

    def __init__(self, near: Point) -> None:
        self.near = near
        self._measured: dict[tuple[float, float], float] = {}
        self._estimated: dict[tuple[float, float], tuple[float, float]] = {}

    def measure(self, latitude: float, longitude: float) -> float:
        """The geodesic distance in km."""
        spot = latitude, longitude
        if spot not in self._measured:
            self._measured[spot] = float(geodesic((self.near.latitude, self.near.longitude), spot).km)
        return self._measured[spot]

    def reach(self, latitude: float, longitude: float, km: float) -> tuple[float, float] | None:
        """The distance and by how much it may be off; None for what is certainly beyond `km`.

        What may be on either side is measured.
        """
        spot = latitude, longitude
        if spot not in self._estimated:
            self._estimated[spot] = estimate(self.near.latitude, self.near.longitude, *spot)
        away, error = self._estimated[spot]
        if away - error > km:
            return None
        if away + error > km:
            away, error = self.measure(*spot), 0.0
        return (away, error) if away <= km else None
