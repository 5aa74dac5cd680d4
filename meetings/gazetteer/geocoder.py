"""The gazetteer as one more geocoder of geopy's, beside Nominatim and its like."""

from pathlib import Path
from typing import Any

from django.conf import settings
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from meetings.gazetteer.place import GeoPlace
from meetings.gazetteer.store import Store, store
from meetings.gazetteer.understand import nearest_town, understand


class Gazetteer(Geocoder):  # type: ignore[misc]  # geopy carries no types
    """Geocodes from the embedded file: no key, no network, no `timeout` needed.

    Raises `NoGazetteer` when the file is not there. The `raw` of a location is its `GeoPlace`.
    """

    def __init__(self, path: Path | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.path = path

    @property
    def store(self) -> Store:
        """This thread's view of the file."""
        return store(self.path or settings.GAZETTEER_PATH)

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
        near_country: str | None = None,
    ) -> Location | list[Location] | None:
        """As geopy has it: one location, or with `exactly_one=False` all readings, or None."""
        found = understand(self.store, str(query), near_country)
        places = [found.place, *found.others] if found.place else []
        return _answer([place for place in places if place], exactly_one)

    def reverse(
        self,
        query: Point | str | tuple[float, float],
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
    ) -> Location | list[Location] | None:
        """The nearest town."""
        point = Point(query)
        town = nearest_town(self.store, point.latitude, point.longitude)
        return _answer([town] if town else [], exactly_one)


def _answer(places: list[GeoPlace], exactly_one: bool) -> Location | list[Location] | None:
    locations = [Location(place.label, (place.latitude, place.longitude), place) for place in places]
    return (locations[0] if exactly_one else locations) if locations else None
