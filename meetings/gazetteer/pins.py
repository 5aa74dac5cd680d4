"""About where a listing lies that came without coordinates."""

from dataclasses import replace

from meetings.gazetteer.keys import key
from meetings.gazetteer.place import GeoPlace
from meetings.gazetteer.readings import WIDE, km
from meetings.gazetteer.store import Area, Code, Row, Store
from meetings.gazetteer.typed import post_codes
from meetings.gazetteer.understand import understand

# A country that is left open is nearly always this one: feeds of the US name none.
USUAL = "US"
# Of a town and a post code this far from it the town is right more often: forms fill in codes by themselves.
FAR_KM = 40.0


def pin(store: Store, city: str, region: str, postal_code: str, country: str) -> GeoPlace | None:
    """By post code, else by town and region. A street alone is never guessed at."""
    areas = _areas(store, region, country)
    code = _code(store, postal_code, areas, city)
    towns = _towns(store, city, areas)
    if code and towns and all(km(code, town.latitude, town.longitude) > FAR_KM for town in towns):
        code = None
    found = store.geo_code(code) if code else store.geo_place(towns[0]) if towns else None
    return replace(found, exact=False) if found else None


def of_line(store: Store, address: str) -> GeoPlace | None:
    """From an address in one line; a state or a country is too wide for a pin."""
    found = understand(store, address, USUAL).place if address else None
    return replace(found, exact=False) if found and found.kind in {"zip", "town", "landmark"} else None


def _areas(store: Store, region: str, country: str) -> list[Area]:
    """What region and country mean together; a country alone when the region is unknown."""
    nations = [area for area in store.areas([key(country)]) if not area.region] if country else []
    known = {area.country for area in nations}
    regions = [area for area in store.areas([key(region)]) if region and (not known or area.country in known)]
    usual = [area for area in regions if area.country == USUAL] if not known else []
    return usual or regions or nations


def _code(store: Store, postal_code: str, areas: list[Area], city: str) -> Code | None:
    """The post code, unless region and country say it is another one's."""
    for spot in post_codes(tuple(key(postal_code).split())):
        found = store.codes(spot.code, spot.country)
        if areas:
            found = [code for code in found if any(_holds(area, code) for area in areas)]
        elif city:
            found = [code for code in found if key(code.town) == key(city)] or [
                code for code in found if code.country == USUAL
            ]
        if found:
            return min(found, key=lambda code: code.country != USUAL)
    return None


def _holds(area: Area, code: Code) -> bool:
    return area.country == code.country and ("" in {area.region, code.region} or area.region == code.region)


def _towns(store: Store, city: str, areas: list[Area]) -> list[Row]:
    """Those called so there, likeliest first."""
    if not key(city):
        return []
    if not areas:
        rows = store.named(key(city))
    else:
        rows = [row for area in areas for row in store.named(key(city), area.country, area.region)]
    return sorted((row for row in rows if row.kind not in WIDE), key=lambda row: row.cost)
