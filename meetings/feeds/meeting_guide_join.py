"""The ways to join as readers of Meeting Guide feeds take them: a known service's link, a number to dial."""

from __future__ import annotations

import re

from meetings.feeds.attendance import SHORTEST_PHONE
from rules.listing import Attendance, Listing
from rules.video_hosts import opens_a_meeting

MOST_DIGITS = 15  # of a number, by E.164; more are two numbers run together

_OTHER_THAN_DIALLED = re.compile(r"[^\d\s().,*#+-]", re.ASCII)
_NUMBER = re.compile(r"\+?\(?\d[\d\s().,*#-]*", re.ASCII)


def joins_from_afar(listing: Listing) -> bool:
    """Whether its ways to join count: a link left behind at a meeting in person does not."""
    return listing.attendance != Attendance.IN_PERSON


def link(listing: Listing) -> str:
    """The link, if it opens a meeting at a service that readers know."""
    url = listing.online.url
    return url if joins_from_afar(listing) and " " not in url and opens_a_meeting(url) else ""


def dial(listing: Listing) -> tuple[str, str]:
    """(the number as a telephone takes it, the notes on it); both "" where readers would drop it."""
    phone, notes = listing.online.phone, listing.online.phone_notes
    if not phone or not joins_from_afar(listing):
        return "", ""
    if not _OTHER_THAN_DIALLED.search(phone) and phone.rfind("+") <= 0:
        number = _cleaned(phone)
        return (number, notes) if number else ("", "")
    # Words among the digits: the first number counts, and all is told beside it.
    number = next(filter(None, (_cleaned(found) for found in _NUMBER.findall(phone))), "")
    return (number, "\n".join(filter(None, (phone, notes)))) if number else ("", "")


def _cleaned(text: str) -> str:
    cleaned = re.sub(r"[^0-9+,*#]", "", text).rstrip(",")
    digits = re.match(r"\+?([0-9]*)", cleaned)
    return cleaned if digits and SHORTEST_PHONE <= len(digits[1]) <= MOST_DIGITS else ""
