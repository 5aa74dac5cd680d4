"""From a typed text to a place, and to what else may have been meant.

A text is read in several ways: as coordinates; as a post code, a name, a name and the state or country after
it (`wholly`); as an address in a town (`partly`); with typing errors (`nearly`). The likeliest whole reading
wins; a partial one (a street that nobody here knows, in a town that is known) is marked as not exact.
"""

from dataclasses import replace

from meetings.gazetteer import typed
from meetings.gazetteer.nearly import nearly
from meetings.gazetteer.partly import partly
from meetings.gazetteer.place import NOWHERE, GeoPlace, Located
from meetings.gazetteer.readings import Reader
from meetings.gazetteer.sources import zone_at
from meetings.gazetteer.store import Store
from meetings.gazetteer.typed import Typed
from meetings.gazetteer.wholly import wholly
from rules.geo import d2, metric


def understand(store: Store, text: str, near_country: str | None = None) -> Located:
    """Never raises for any text; `near_country` (ISO) breaks ties."""
    if spot := typed.point(text):
        return Located(at(store, *spot))
    words = typed.take_apart(text)
    if not words.words:
        return NOWHERE
    reader = Reader(store, (near_country or "").upper())
    bare = _without_fillers(words)
    return wholly(reader, words) or wholly(reader, bare) or partly(reader, words) or nearly(reader, bare)


def _without_fillers(words: Typed) -> Typed:
    kept = words
    while kept.words and kept.words[0] in typed.FILLERS:
        kept = typed.without(kept, 0, 1)
    return kept


def at(store: Store, latitude: float, longitude: float) -> GeoPlace:
    """A point, labelled by the nearest town."""
    town = nearest_town(store, latitude, longitude)
    zone = zone_at(latitude, longitude)
    if not town:
        return GeoPlace(f"{latitude:.4f}, {longitude:.4f}", latitude, longitude, timezone=zone)
    return replace(
        town, latitude=latitude, longitude=longitude, timezone=zone, kind="point", exact=True, population=0
    )


def nearest_town(store: Store, latitude: float, longitude: float) -> GeoPlace | None:
    """Within 200 km or so; None in the middle of an ocean."""
    middle = int(latitude * 10 // 1)
    here = metric(latitude)
    for reach in (1, 4, 20):
        east = reach / 10 / max(0.05, 1 - (abs(latitude) / 90) ** 2)
        found = store.town_spots(
            range(middle - reach, middle + reach + 1), longitude - east, longitude + east
        )
        if found:
            # Ranked by `d2`: geopy's distances cost more here than the whole search for meetings.
            id, *_spot = min(found, key=lambda spot: d2(here, spot[1] - latitude, spot[2] - longitude))
            town = store.place(id)
            return town and store.geo_place(town, exact=False)
    return None
