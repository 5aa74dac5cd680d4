"""What a geocoder answers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GeoPlace:
    """A spot on earth with a label for people.

    `kind` is one of: point (typed coordinates), address, landmark, zip (any post code), town, region,
    country. `exact` is False when this is the nearest thing known to what was asked: the town of an unknown
    street, a guess at a typing error. `country` is ISO 3166-1, `region` the second half of ISO 3166-2 ("NY")
    where there is one. `radius_km` is given for regions and countries: within it live most of their people.
    """

    label: str
    latitude: float
    longitude: float
    country: str = ""
    region: str = ""
    timezone: str = ""
    kind: str = "point"
    exact: bool = True
    population: int = 0
    radius_km: float | None = None


@dataclass(frozen=True, slots=True)
class Located:
    """The best reading of a typed text, if any, and what else may have been meant, likeliest first."""

    place: GeoPlace | None = None
    others: tuple[GeoPlace, ...] = ()


NOWHERE = Located()
