"""One-line addresses taken apart, as well as a line lets itself be taken apart.

"4953 W Addison St, Chicago, IL 60641, USA" -> street, town, region, postal code, country. Made for North
America and the commonest ways of Europe; what it cannot tell apart stays in the street or the town.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from babel import Locale

from rules.folding import fold

_COUNTRY_NAMES = """
    AU Australia|AT Austria|AT Österreich|BE Belgium|BE Belgique|BE België|BR Brazil|BR Brasil|CA Canada|
    CH Switzerland|CH Schweiz|CH Suisse|CL Chile|CO Colombia|DE Germany|DE Deutschland|DK Denmark|
    DK Danmark|ES Spain|ES España|FI Finland|FI Suomi|FR France|GB UK|GB United Kingdom|GB Great Britain|
    GB England|GB Scotland|GB Wales|GB Northern Ireland|IE Ireland|IE Éire|IE Republic of Ireland|IN India|
    IS Iceland|IT Italy|IT Italia|JP Japan|MX Mexico|MX México|NL Netherlands|NL The Netherlands|
    NL Nederland|NO Norway|NO Norge|NZ New Zealand|PL Poland|PL Polska|PT Portugal|SE Sweden|SE Sverige|
    TH Thailand|US USA|US US|US U.S.A.|US U.S.|US United States|US United States of America|ZA South Africa
"""
_REGION_NAMES = {
    "US": """
    AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|
    DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|
    KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|
    MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|
    NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|PR Puerto Rico|
    RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|
    WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming
    """,
    "CA": """
    AB Alberta|BC British Columbia|MB Manitoba|NB New Brunswick|NL Newfoundland and Labrador|NS Nova Scotia|
    NT Northwest Territories|NU Nunavut|ON Ontario|PE Prince Edward Island|QC Quebec|SK Saskatchewan|YT Yukon
    """,
}
_US_ZIP = r"\d{5}(?:-\d{4})?"
_CA_CODE = r"[A-Z]\d[A-Z] ?\d[A-Z]\d"
_UK_CODE = r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"
# "IL 60641", "ON K1A 0B1".
_REGION_AND_CODE = re.compile(rf"(?P<region>[^\d,]{{2,}}?)\s+(?P<code>{_US_ZIP}|{_CA_CODE})", re.ASCII)
# "London SW1A 1AA"; "75011 Paris", "D-10115 Berlin", "1012 AB Amsterdam".
_TOWN_THEN_CODE = re.compile(rf"(?P<town>[^\d,]{{2,}}?)\s+(?P<code>{_UK_CODE})", re.ASCII)
_CODE_THEN_TOWN = re.compile(
    r"(?P<code>(?:[A-Z]{1,2}-)?\d{4,5}(?: [A-Z]{2}(?= ))?)\s+(?P<town>[^\d,]{2,})", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Parts:
    """What an address is made of; "" for what it does not say."""

    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""


def _rows(table: str) -> list[list[str]]:
    return [row.split(maxsplit=1) for row in " ".join(table.split()).split("|")]


_COUNTRIES = {fold(name): code for code, name in _rows(_COUNTRY_NAMES)}
_REGIONS = {
    fold(written): country
    for country, table in _REGION_NAMES.items()
    for row in _rows(table)
    for written in row
}


def country_code(text: str) -> str:
    """The ISO code of a country however it is written; what is not known stays as it is."""
    text = text.strip()
    if len(text) == 2 and text.isascii() and text.isalpha() and fold(text) not in _COUNTRIES:
        return text.upper()
    return _COUNTRIES.get(fold(text), text)


def country_of_region(region: str) -> str:
    """ "US" or "CA" for one of their states or provinces, by code or name; "" for any other."""
    return _REGIONS.get(fold(region), "")


def take_apart(line: str) -> Parts:
    """The parts of an address written on one line."""
    pieces = [piece.strip() for piece in line.split(",") if piece.strip()]
    country = _COUNTRIES.get(fold(pieces[-1]), "") if pieces else ""
    if country:
        pieces.pop()
    region, code = _take_region(pieces)
    city, town_code = ("", "") if not pieces else _take_town(pieces, alone=bool(region or country))
    if not country and (code or fold(region) != "georgia"):  # Tbilisi, or Atlanta?
        country = country_of_region(region)
    return Parts(", ".join(pieces), city, region, code or town_code, country)


@lru_cache(maxsize=4096)
def read_line(line: str) -> Parts:
    """The parts of a line, with the country that follows from its state or province."""
    read = take_apart(line)
    return read if read.country else replace(read, country=country_of_region(read.region))


def one_line(parts: Parts) -> str:
    """The parts as people write them on one line: "12 Mill Lane, Brooklyn, NY 11215, USA"."""
    region = " ".join(filter(None, (parts.region, parts.postal_code)))
    return ", ".join(filter(None, (parts.street, parts.city, region, _country_name(parts.country))))


@lru_cache(maxsize=512)
def _country_name(country: str) -> str:
    """How an address ends: "USA" for "US", "Kenya" for "KE"; what is no ISO code stays as it is."""
    usual = {"US": "USA", "GB": "UK"}
    return usual.get(country) or str(Locale("en").territories.get(country, country))


def _take_region(pieces: list[str]) -> tuple[str, str]:
    """Take "IL 60641" or "IL", "60641" or "Illinois" from the end, when it names a region we know."""
    code = ""
    if len(pieces) > 1 and re.fullmatch(f"{_US_ZIP}|{_CA_CODE}", pieces[-1], re.ASCII):
        code = pieces.pop()
    last = pieces[-1] if pieces else ""
    match = _REGION_AND_CODE.fullmatch(last)
    if match and country_of_region(match["region"]):
        pieces.pop()
        return match["region"], match["code"]
    if country_of_region(last):
        pieces.pop()
        return last, code
    return "", code


def _take_town(pieces: list[str], *, alone: bool) -> tuple[str, str]:
    """Take the town, and a code written beside it, from the end. A lone piece is a town only if `alone`."""
    last = pieces[-1]
    match = _TOWN_THEN_CODE.fullmatch(last) or _CODE_THEN_TOWN.fullmatch(last)
    if match:
        pieces.pop()
        return match["town"], match["code"]
    if len(pieces) > 1 or (alone and not any(map(str.isdigit, last))):
        return pieces.pop(), ""
    return "", ""


def cut_cross_street(street: str) -> tuple[str, str]:
    """Split "95-18 Northern Blvd. (@96th Street)" into the street and the cross street behind the @.

    Only where a house number stands before it: of "Broadway @ 5th Ave" both halves are the address.
    """
    before, at, after = street.partition("@")
    before, after = before.strip(" (,"), after.strip(" ).,")
    if at and after and re.search(r"\d", before):
        return before, after
    return street, ""
