"""Writes meetings as an iCalendar (RFC 5545): one series a meeting, dated changes and pauses honoured.

How to join stands in no calendar, which is copied to many machines; the meeting's page tells it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from icalendar import Alarm, Calendar, Component, Event, Timezone, vRecur

from meetings.exporting import Published
from meetings.feeds.site import Site
from meetings.timekeeping import quiet_span
from rules.addresses import Parts, one_line
from rules.listing import Attendance, Listing, Status
from rules.recurrence import Occurrence, occurrences
from rules.series import Series, series
from rules.zones import zone

REFRESH = timedelta(hours=12)
YEARS_OF_ZONE = 10
_RECENTLY = timedelta(days=31)
_END = b"END:VCALENDAR\r\n"


@dataclass(frozen=True, slots=True)
class Words:
    """What a calendar says, in the language of its reader. `name` is the calendar's own."""

    name: str = "Meetings"
    neutral: str = "Appointment"
    online: str = "Online"
    page: str = "Details and how to join: %(url)s"
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Style:
    """`neutral`: nothing tells what it is about. `alarm`: minutes before, or None."""

    words: Words = Words()
    neutral: bool = False
    alarm: int | None = None


def pieces(meetings: Iterable[Published], site: Site, now: datetime, style: Style) -> Iterator[bytes]:
    """The calendar, a meeting at a time; each zone stands before the first meeting that goes by it."""
    yield _calendar(site, style).to_ical().removesuffix(_END)
    zones: set[str] = set()
    for one in meetings:
        for component in events(one, site, now, style):
            if one.listing.timezone not in zones:
                zones.add(one.listing.timezone)
                yield _zone(one.listing.timezone, now.year)
            yield component.to_ical()
    if not zones:  # a calendar without anything in it is none
        yield _zone("UTC", now.year)
    yield _END


def events(one: Published, site: Site, now: datetime, style: Style) -> list[Event]:
    """The meeting's series, and each date that is told differently. None by appointment or closed."""
    listing = one.listing
    if listing.slot is None or listing.status == Status.CLOSED:
        return []
    found = series(
        listing.slot, listing.timezone, listing.dated_changes, _since(now, listing), quiet=_quiet(listing)
    )
    return [] if found is None else list(_series(found, one, site, style))


def date_pieces(one: Published, on: date, site: Site, style: Style) -> list[bytes] | None:
    """A calendar of one meeting's one date; None if it does not take place then."""
    event = one_date(one, on, site, style)
    if event is None:
        return None
    begun = _calendar(site, style).to_ical().removesuffix(_END)
    return [begun, _zone(one.listing.timezone, on.year), event.to_ical(), _END]


def one_date(one: Published, on: date, site: Site, style: Style) -> Event | None:
    """The meeting of one date, by the date it takes place on; None if it does not."""
    listing = one.listing
    if listing.slot is None or listing.status == Status.CLOSED:
        return None
    noon = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    around = noon - timedelta(days=2), noon + timedelta(days=2)
    dates = occurrences(listing.slot, listing.timezone, listing.dated_changes, *around, quiet=_quiet(listing))
    for found in dates:
        if found.on == on:
            event = _event(one, site, style, f"-{on:%Y%m%d}", found.note)
            _times(event, found, listing.timezone)
            return event
    return None


def _since(now: datetime, listing: Listing) -> date:
    """The first of January, so that the series stays as it is for a year; in January, of last year."""
    return date((now - _RECENTLY).astimezone(zone(listing.timezone)).year, 1, 1)


def _quiet(listing: Listing) -> tuple[datetime, datetime] | None:
    return quiet_span(listing.status, listing.paused_from, listing.paused_until, listing.timezone)


def _calendar(site: Site, style: Style) -> Calendar:
    words = style.words
    calendar = Calendar()
    calendar.add("prodid", f"-//{'Calendar' if style.neutral else site.name}//{words.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", words.neutral if style.neutral else words.name)
    if site.notice:
        calendar.add("x-wr-caldesc", site.notice)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    return calendar


@lru_cache(maxsize=600)
def _zone(name: str, year: int) -> bytes:
    ends = date(year + YEARS_OF_ZONE, 1, 1)
    return bytes(Timezone.from_tzinfo(zone(name), name, date(year - 3, 1, 1), ends).to_ical())


def _series(found: Series, one: Published, site: Site, style: Style) -> Iterator[Event]:
    event = _event(one, site, style)
    event.add("dtstart", found.start)
    event.add("duration", timedelta(minutes=found.minutes))
    event.add("rrule", _rule(found.rule))
    if found.without:
        event.add("exdate", list(found.without))
    yield event
    for told in found.told:
        changed = _event(one, site, style, note=told.occurrence.note)
        changed.add("recurrence-id", told.instead_of)
        _times(changed, told.occurrence, one.listing.timezone)
        yield changed
    for extra in found.apart:
        wall = extra.start.astimezone(zone(one.listing.timezone))
        single = _event(one, site, style, f"-{wall:%Y%m%dT%H%M}", extra.note)
        _times(single, extra, one.listing.timezone)
        yield single


@lru_cache(maxsize=512)
def _rule(text: str) -> vRecur:
    rule: vRecur = vRecur.from_ical(text)
    return rule


def _times(event: Event, found: Occurrence, timezone: str) -> None:
    event.add("dtstart", found.start.astimezone(zone(timezone)))
    event.add("duration", found.end - found.start)


def _event(one: Published, site: Site, style: Style, suffix: str = "", note: str = "") -> Event:
    event = Event()
    event.add("uid", uid(one.slug + suffix, neutral=style.neutral))
    event.add("dtstamp", one.updated_at)
    event.add("last-modified", one.updated_at)
    summary = style.words.neutral if style.neutral else one.listing.name
    event.add("summary", summary)
    described = _description(one, site, style, note)
    if described:
        event.add("description", described)
    _tell_where(event, one.listing, style)
    if style.neutral:
        event.add("class", "PRIVATE")
    else:
        event.add("url", site.url(one.address))
    if style.alarm is not None:
        event.add_component(_alarm(summary, style.alarm))
    return event


def uid(name: str, *, neutral: bool) -> str:
    """The same for ever; a neutral one tells nothing."""
    if neutral:
        return f"{hashlib.blake2b(name.encode(), digest_size=12).hexdigest()}@calendar"
    return f"{name}@homegroup"


def _alarm(summary: str, minutes: int) -> Component:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", timedelta(minutes=-minutes))
    return alarm


def _description(one: Published, site: Site, style: Style, note: str) -> str:
    notice = site.notice if one.invented else ""
    if style.neutral:
        return notice
    listing = one.listing
    types = ", ".join(term.name(style.words.language) for term in one.types)
    place_notes = listing.place.notes if listing.place and listing.attendance != Attendance.ONLINE else ""
    page = style.words.page % {"url": site.url(one.address)}
    return "\n\n".join(filter(None, (notice, note, types, listing.notes, place_notes, page)))


def _tell_where(event: Event, listing: Listing, style: Style) -> None:
    place = listing.place
    if listing.attendance == Attendance.ONLINE or place is None:
        if not style.neutral:
            event.add("location", style.words.online)
        return
    told = Parts(place.street, place.city, place.region, place.postal_code, place.country)
    address = place.formatted or one_line(told)
    name = "" if style.neutral or place.name in address else place.name
    event.add("location", ", ".join(filter(None, (name, address))))
    if place.latitude is not None and place.longitude is not None and not place.approximate:
        event.add("geo", (place.latitude, place.longitude))
