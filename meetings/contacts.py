"""Addresses and numbers from listings, made safe to tap: what is no web address is no link."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from meetings.models import Meeting, Place

_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?(/.*)?", re.IGNORECASE)


def web(address: str) -> str:
    """A web address one may link to, "https://" added where it was left out; else ""."""
    address = address.strip()
    if _HOST.fullmatch(address):
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.hostname else ""


def tel(number: str) -> str:
    """What to dial for a number as people write it, pauses and codes (",,123#") included; else ""."""
    first, *codes = re.split(r"(?=,)", number.replace(" ", ""), maxsplit=1)
    digits = re.sub(r"[^\d+*#]", "", first)
    if len(re.sub(r"\D", "", digits)) < 3:
        return ""
    return "tel:" + quote(digits + re.sub(r"[^\d,*#]", "", "".join(codes)), safe="+,*")


def mail(address: str) -> str:
    """A link to write to an address; "" for what is none."""
    return f"mailto:{quote(address, safe='@.+-_')}" if re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", address) else ""


@dataclass(frozen=True, slots=True)
class Directions:
    """The way there: a map on the web, and the phone's own map program where it takes such links."""

    web: str
    phone: str


def directions(place: Place) -> Directions | None:
    """To the pin; to the address where the pin is a guess; None where neither is known, or only the town."""
    text = ", ".join(filter(None, (place.street, place.city, place.region, place.postal_code, place.country)))
    text = text or place.formatted
    if place.approximate and not (place.street or place.name):
        return None
    if place.latitude is None or (place.approximate and text):
        search = quote(text, safe="")
        if not search:
            return None
        return Directions(f"https://www.openstreetmap.org/search?query={search}", f"geo:0,0?q={search}")
    at = f"{place.latitude:.5f},{place.longitude:.5f}"
    label = quote(f"({place.name})", safe="()") if place.name else ""
    return Directions(
        f"https://www.openstreetmap.org/directions?to={quote(at, safe=',')}", f"geo:{at}?q={at}{label}"
    )


@dataclass(frozen=True, slots=True)
class Joining:
    """How to join from afar; `url` and `dial` are "" for what cannot be tapped."""

    url: str
    url_text: str
    url_notes: str
    dial: str
    phone: str
    phone_notes: str


def joining(meeting: Meeting) -> Joining:
    """A meeting's link, passcode and dial-in."""
    return Joining(
        url=web(meeting.online_url),
        url_text=meeting.online_url,
        url_notes=meeting.online_url_notes,
        dial=tel(meeting.online_phone),
        phone=meeting.online_phone,
        phone_notes=meeting.online_phone_notes,
    )
