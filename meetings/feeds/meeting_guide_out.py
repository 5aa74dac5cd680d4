"""Writes a Meeting Guide feed that every known reader takes: strict where they break, silent where they drop.

What it leaves out, `why_not` says. Nothing is ever null: a field that does not apply is not there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from enum import StrEnum
from itertools import chain
from typing import Any

import orjson

from meetings.exporting import Published
from meetings.feeds.marking import marked
from meetings.feeds.meeting_guide_join import dial, joins_from_afar, link
from meetings.feeds.meeting_guide_place import ONLINE, ROOM_SHUT, Where, is_room_shut, where
from meetings.feeds.site import Site
from meetings.timekeeping import quiet_span
from rules.listing import Attendance, GroupFacts, Listing, Slot, Status
from rules.video_hosts import host_of
from rules.vocabulary import TYPES, meeting_guide_codes

LONGEST_SLUG = 60
LONGEST_NAME = 255
DAY = 24 * 60
LAST_MINUTE = DAY - 1
DEFAULT_MINUTES = 60  # what readers assume without an end

Row = dict[str, Any]


class Reason(StrEnum):
    """Why a meeting is not in the feed."""

    CLOSED = "closed"
    PAUSED = "paused"
    NOT_WEEKLY = "not_weekly"
    NO_PLACE = "no_place"
    UNKNOWN_SERVICE = "unknown_service"
    NO_WAY_IN = "no_way_in"


def why_not(one: Published, now: datetime) -> Reason | None:
    """What keeps a meeting out of the feed at `now`; None for one that is in it."""
    listing = one.listing
    if listing.status == Status.CLOSED:
        return Reason.CLOSED
    if _is_paused(listing, now):
        return Reason.PAUSED
    rule = listing.slot.recurrence if listing.slot else None
    if rule and (rule.every != 1 or rule.nth):
        return Reason.NOT_WEEKLY
    if _is_somewhere(listing) or link(listing) or dial(listing)[0]:
        return None
    if not joins_from_afar(listing):
        return Reason.NO_PLACE
    return Reason.UNKNOWN_SERVICE if host_of(listing.online.url) else Reason.NO_WAY_IN


def _is_somewhere(listing: Listing) -> bool:
    place = listing.place
    return bool(place and (place.city or place.region)) or where(listing).line != ONLINE


def _is_paused(listing: Listing, now: datetime) -> bool:
    quiet = quiet_span(listing.status, listing.paused_from, listing.paused_until, listing.timezone)
    return quiet is not None and quiet[0] <= now < quiet[1]


class NothingToTell(Exception):
    """No meeting belongs in the feed. Readers take an empty one for a broken one, so none is written."""


def pieces(meetings: Iterable[Published], site: Site, now: datetime) -> Iterator[bytes]:
    """The feed, a row at a time. Raises `NothingToTell` at once."""
    found = rows(meetings, site, now)
    first = next(found, None)
    if first is None:
        raise NothingToTell
    return _array(chain([first], found))


def _array(found: Iterable[Row]) -> Iterator[bytes]:
    between = b"[\n"
    for one in found:
        yield between + orjson.dumps(one)
        between = b",\n"
    yield b"\n]\n"


def rows(meetings: Iterable[Published], site: Site, now: datetime) -> Iterator[Row]:
    """The feed's rows, one a meeting that belongs there."""
    return (row(one, site) for one in meetings if why_not(one, now) is None)


def row(one: Published, site: Site) -> Row:
    """One meeting. Its keys are the format's; `attendance_option` is what TSML adds, which others ignore."""
    listing, at = one.listing, where(one.listing)
    told: Row = {
        "slug": short_slug(one.slug),
        "name": " ".join(listing.name.split())[:LONGEST_NAME],
        **_when(listing.slot),
        "timezone": listing.timezone,
        "types": codes(listing),
        **_place(at),
        **_joining(listing),
        "attendance_option": listing.attendance.value,
        **_group(listing.group),
        "updated": f"{one.updated_at.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
        "url": site.url(one.address),
        "feedback_url": site.url(f"{one.address}#source"),
        **_entity(one, site),
    }
    notes = marked(listing.notes) if one.invented else listing.notes
    if notes:
        told["notes"] = notes
    return {key: _untagged(value) if isinstance(value, str) else value for key, value in told.items()}


def _untagged(text: str) -> str:
    """Without what readers would take for a tag and drop, word and all."""
    return text.replace("<", "‹").replace(">", "›") if "<" in text else text


def short_slug(slug: str) -> str:
    """A slug that leaves every reader room for a suffix; a long one keeps its head and gets a digest."""
    if len(slug) <= LONGEST_SLUG:
        return slug
    digest = hashlib.blake2b(slug.encode(), digest_size=4).hexdigest()
    return f"{slug[: LONGEST_SLUG - 9].rstrip('-')}-{digest}"


def codes(listing: Listing) -> list[str]:
    """The types as AA's codes: those of AA itself, of other fellowships those that mean the same."""
    if listing.fellowship == "aa":
        known = [code for code in listing.types if code in TYPES["aa"]]
    else:
        known = [*dict.fromkeys(meeting_guide_codes(listing.fellowship, listing.types))]
    if listing.attendance == Attendance.ONLINE and not is_room_shut(listing):
        known = [code for code in known if code != ROOM_SHUT]
    return known


def _when(slot: Slot | None) -> Row:
    if slot is None:
        return {}
    told = {"day": slot.weekday, "time": f"{slot.start:%H:%M}"}
    start = slot.start.hour * 60 + slot.start.minute
    end = start + slot.minutes
    if end < DAY:
        told["end_time"] = f"{end // 60:02}:{end % 60:02}"
    elif slot.minutes != DEFAULT_MINUTES and start != LAST_MINUTE:
        told["end_time"] = "23:59"  # readers take no end on the next day
    return told


def _place(at: Where) -> Row:
    told: Row = {"formatted_address": at.line, "approximate": "yes" if at.is_area else "no", **at.parts}
    if at.name:
        told["location"] = at.name
    if at.regions:
        told["regions"] = list(at.regions)
    if at.pin:
        told["latitude"], told["longitude"] = at.pin
    if at.notes:
        told["location_notes"] = at.notes
    return told


def _joining(listing: Listing) -> Row:
    url, (number, number_notes) = link(listing), dial(listing)
    told = {
        "conference_url": url,
        "conference_url_notes": listing.online.url_notes if url else "",
        "conference_phone": number,
        "conference_phone_notes": number_notes,
    }
    return {key: value for key, value in told.items() if value}


def _group(group: GroupFacts | None) -> Row:
    if group is None:
        return {}
    told = {
        "group": group.name,
        # Other readers link a group's meetings by its name; ours tells groups of one name apart.
        "group_key": group.key if group.key != group.name else "",
        "group_notes": group.notes,
        "website": group.website if host_of(group.website) else "",
        "email": group.email,
        "phone": group.phone,
    }
    return {key: value for key, value in told.items() if value}


def _entity(one: Published, site: Site) -> Row:
    """Who is responsible: its service body, else this site."""
    body = one.body
    website = body.website if body and host_of(body.website) else site.root
    told = {"entity": body.name if body else site.name, "entity_url": website, "entity_website_url": website}
    if body and body.phone:
        told["entity_phone"] = body.phone
    return told
