"""Telephone numbers, links and addresses that belong to nobody and never will.

Numbers: 555-0100 to 0199 in any area code of North America (NANPA); 020 7946 0000 to 0999 (Ofcom, drama
use); 02 5550 0000 to 9999 (ACMA, radio and film); 01 99 00 00 00 to 99 99 (Arcep, decision 2018-0881);
030 23125 000 to 999 (Bundesnetzagentur, notice 148/2021). Countries without such a range get a British
number. Hosts: the names of RFC 2606 and RFC 6761.
"""

from __future__ import annotations

import re

from .dice import Dice

# One area code for each state and (by GeoNames' number) province: any would do with 555-01xx, these look
# at home.
_AREA_CODES = {
    "AL": 205, "AK": 907, "AZ": 602, "AR": 501, "CA": 213, "CO": 303, "CT": 203, "DE": 302, "DC": 202,
    "FL": 305, "GA": 404, "HI": 808, "ID": 208, "IL": 312, "IN": 317, "IA": 515, "KS": 316, "KY": 502,
    "LA": 504, "ME": 207, "MD": 410, "MA": 617, "MI": 313, "MN": 612, "MS": 601, "MO": 314, "MT": 406,
    "NE": 402, "NV": 702, "NH": 603, "NJ": 201, "NM": 505, "NY": 718, "NC": 704, "ND": 701, "OH": 216,
    "OK": 405, "OR": 503, "PA": 215, "RI": 401, "SC": 803, "SD": 605, "TN": 615, "TX": 214, "UT": 801,
    "VT": 802, "VA": 804, "WA": 206, "WV": 304, "WI": 414, "WY": 307, "01": 403, "02": 604, "03": 204,
    "04": 506, "05": 709, "07": 902, "08": 905, "10": 514, "11": 306,
}  # fmt: skip

_PHONE = re.compile(
    r"\+1 [2-9]\d\d 555 01\d\d|\+44 20 7946 0\d{3}|\+61 2 5550 \d{4}"
    r"|\+33 1 99 00 \d\d \d\d|\+49 30 23125 \d{3}"
)
_HOST = re.compile(r"(?:[a-z0-9-]+\.)*(?:example|invalid|test|example\.(?:com|net|org))")


def phone(country: str, region: str, dice: Dice) -> str:
    """A telephone number that rings nowhere, as it would look in that country and region."""
    number = dice.upto(10_000) - 1
    match country:
        case "US" | "CA":
            return f"+1 {_AREA_CODES.get(region, 202)} 555 01{number % 100:02}"
        case "AU":
            return f"+61 2 5550 {number:04}"
        case "FR":
            return f"+33 1 99 00 {number // 100:02} {number % 100:02}"
        case "DE":
            return f"+49 30 23125 {number % 1000:03}"
    return f"+44 20 7946 0{number % 1000:03}"


def video_link(dice: Dice) -> str:
    """A link to a meeting room that does not exist."""
    return f"https://meet.example.org/j/{dice.upto(899_999_999) + 100_000_000}"


def is_phone(text: str) -> bool:
    """Whether `text` is one telephone number of the ranges above."""
    return _PHONE.fullmatch(text) is not None


def is_host(name: str) -> bool:
    """Whether a host's name is reserved for examples."""
    return _HOST.fullmatch(name) is not None
