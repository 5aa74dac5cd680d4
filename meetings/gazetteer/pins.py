"""About where a listing lies that came without coordinates."""

from dataclasses import replace

from meetings.gazetteer.keys import key
from meetings.gazetteer.place import GeoPlace
from meetings.gazetteer.store import Area, Code, Store
from meetings.gazetteer.typed import post_codes
from meetings.gazetteer.understand import understand

# A country that is left open is nearly always this one: feeds of the US name none.
USUAL = "US"


def pin(store: Store, city: str, region: str, postal_code: str, country: str) -> GeoPlace | None:
    """By post code, else by town and region. A street alone is never guessed at."""
    areas = _areas(store, region, country)
    code = _code(store, postal_code, areas, city)
    town = _town(store, city, areas) if not code else None
    found = store.geo_code(code) if code else town
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


def _town(store: Store, city: str, areas: list[Area]) -> GeoPlace | None:
    if not key(city):
        return None
    if not areas:
        rows = store.named(key(city))
    else:
        rows = [row for area in areas for row in store.named(key(city), area.country, area.region)]
    towns = [row for row in rows if row.kind in {"town", "landmark"}]
    return store.geo_place(min(towns, key=lambda row: row.cost)) if towns else None
