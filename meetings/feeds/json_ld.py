"""A meeting as schema.org knows it, for search engines, in the words of a meeting's own page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import orjson

from meetings.exporting import Published
from meetings.feeds.site import Site
from rules.listing import Attendance, Listing, PlaceFacts, Slot
from rules.zones import zone

Thing = dict[str, Any]

_DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_MODES = {
    Attendance.IN_PERSON: "OfflineEventAttendanceMode",
    Attendance.ONLINE: "OnlineEventAttendanceMode",
    Attendance.HYBRID: "MixedEventAttendanceMode",
}
# What would end the script element, or a line of script: JSON may write each as \uXXXX.
_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def script(one: Published, site: Site) -> str:
    """The JSON for a data block of a page: no text in it can end the block."""
    return orjson.dumps(event(one, site)).decode().translate(_UNSAFE)


def event(one: Published, site: Site) -> Thing:
    """The meeting as an event with its schedule. The way to join is the page, never the link itself."""
    listing, url = one.listing, site.url(one.address)
    told: Thing = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": url,
        "url": url,
        "name": listing.name,
        "eventAttendanceMode": f"https://schema.org/{_MODES[listing.attendance]}",
        "eventStatus": "https://schema.org/EventScheduled",
        "isAccessibleForFree": True,
        "location": _locations(listing, url),
        "organizer": {"@type": "Organization", "name": _organizer(one, site)},
    }
    described = f"{site.notice}. {listing.notes}" if site.notice and one.invented else listing.notes
    if described:
        told["description"] = described
    if listing.slot:
        told["eventSchedule"] = _schedule(listing.slot, listing.timezone)
    for key, moment in (("startDate", one.next_start), ("endDate", one.next_end)):
        if moment:
            told[key] = _local(moment, listing.timezone)
    languages = sorted({term.language for term in one.types if term.language})
    if languages:
        told["inLanguage"] = languages
    return told


def _organizer(one: Published, site: Site) -> str:
    if one.listing.group:
        return one.listing.group.name
    return one.body.name if one.body else site.name


def _local(moment: datetime, timezone: str) -> str:
    return moment.astimezone(zone(timezone)).isoformat()


def _schedule(slot: Slot, timezone: str) -> Thing:
    rule = slot.recurrence
    told: Thing = {
        "@type": "Schedule",
        "byDay": f"https://schema.org/{_DAYS[slot.weekday]}",
        "startTime": f"{slot.start:%H:%M:%S}",
        "duration": f"PT{slot.minutes}M",
        "scheduleTimezone": timezone,
        "repeatFrequency": "P1M" if rule.nth else f"P{rule.every}W",
    }
    if rule.nth:
        told["byMonthWeek"] = list(rule.nth)
    return told


def _locations(listing: Listing, url: str) -> list[Thing]:
    found: list[Thing] = []
    if listing.place and listing.attendance != Attendance.ONLINE:
        found.append(_place(listing.place))
    if listing.attendance != Attendance.IN_PERSON:
        found.append({"@type": "VirtualLocation", "url": url})
    return found


def _place(place: PlaceFacts) -> Thing:
    address = {
        "streetAddress": place.street or place.formatted,
        "addressLocality": place.city,
        "addressRegion": place.region,
        "postalCode": place.postal_code,
        "addressCountry": place.country,
    }
    told: Thing = {
        "@type": "Place",
        "name": place.name or place.street or place.formatted or place.city,
        "address": {"@type": "PostalAddress"} | {key: value for key, value in address.items() if value},
    }
    if place.latitude is not None and place.longitude is not None and not place.approximate:
        told["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": place.latitude,
            "longitude": place.longitude,
        }
    return told
