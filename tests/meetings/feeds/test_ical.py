"""The calendars, as a calendar program unfolds them, hold what our own rules say."""

from __future__ import annotations

import warnings
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from meetings.exporting import Published
from meetings.feeds import bmlt, ical
from meetings.feeds.ical import Style
from meetings.feeds.site import Site
from meetings.timekeeping import quiet_span
from rules.listing import DatedChange, Deviation, Listing, Status
from rules.recurrence import occurrences
from tests import builders
from tests.builders import NOW
from tests.rules.any_slots import ZONES, changes, pauses, slots

from .published_listings import SITE, published

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import recurring_ical_events

PLAIN = Style()
DATA = Path(__file__).parents[3].parent / "shared" / "data"


def written(*meetings: Published, site: Site = SITE, style: Style = PLAIN) -> str:
    return b"".join(ical.pieces(meetings, site, NOW, style)).decode()


def unfolded(text: str, count: int) -> list[tuple[datetime, datetime]]:
    """The first `count` dates that end after now, as a calendar program finds them."""
    query = recurring_ical_events.of(Calendar.from_ical(text))
    found = (event for event in query.after(NOW - timedelta(days=2)))
    pairs = ((one["DTSTART"].dt.astimezone(UTC), one.duration) for one in found)
    return list(islice(((at, at + length) for at, length in pairs if at + length > NOW), count))


def expected(listing: Listing, count: int) -> list[tuple[datetime, datetime]]:
    quiet = quiet_span(listing.status, listing.paused_from, listing.paused_until, listing.timezone)
    assert listing.slot
    until = NOW + timedelta(days=3 * 366)
    found = occurrences(listing.slot, listing.timezone, listing.dated_changes, NOW, until, quiet=quiet)
    return [(one.start, one.end) for one in islice(found, count)]


@st.composite
def listings(draw: st.DrawFn) -> Listing:
    slot, pause = draw(slots), draw(pauses)
    return builders.listing(
        slot=slot,
        timezone=draw(st.sampled_from(ZONES)),
        dated_changes=draw(changes(slot)),
        status=Status.PAUSED if pause else Status.ACTIVE,
        paused_from=pause[0] if pause else None,
        paused_until=pause[1] if pause else None,
    )


@given(listings())
@settings(max_examples=100, deadline=None)
def test_a_calendar_program_finds_the_same_next_dates(listing: Listing) -> None:
    text = written(published(listing))
    wanted = expected(listing, 20)

    assert unfolded(text, len(wanted)) == wanted
    if not wanted:
        assert unfolded(text, 1) == []


def test_an_extra_date_on_a_regular_day_takes_nothing_away() -> None:
    extra = DatedChange(date(2026, 11, 24), Deviation.EXTRA, to_start=time(11), note="Thanksgiving week")
    listing = builders.listing(dated_changes=(extra,))

    found = unfolded(written(published(listing)), 3)

    assert found == expected(listing, 3)
    assert [at.astimezone(UTC).hour for at, _end in found] == [16, 0, 0]


def only(text: str) -> Any:
    [event] = Calendar.from_ical(text).walk("VEVENT")
    return event


def test_the_series_of_a_weekly_meeting() -> None:
    event = only(written(published(), style=Style(alarm=30)))

    assert event["UID"] == "kitchen-table@homegroup"
    assert event["RRULE"].to_ical() == b"FREQ=WEEKLY;BYDAY=TU"
    assert event["DTSTART"].to_ical() == b"20251230T193000"
    assert event["DTSTART"].params["TZID"] == "America/New_York"
    assert event["LOCATION"] == "Mill Lane Community Room, 12 Mill Lane, Brooklyn, NY 11215, USA"
    assert event["URL"] == "https://meetings.example.org/meetings/kitchen-table/"
    assert event["GEO"].to_ical() == "40.6681;-73.9806"
    [alarm] = event.walk("VALARM")
    assert alarm["TRIGGER"].to_ical() == b"-PT30M"


def test_a_pause_without_an_end_ends_the_series() -> None:
    paused = published(status=Status.PAUSED, paused_from=date(2027, 1, 1))
    assert only(written(paused))["RRULE"].to_ical() == b"FREQ=WEEKLY;UNTIL=20270101T045959Z;BYDAY=TU"


@pytest.mark.parametrize(
    "facts",
    [{"slot": None}, {"status": Status.CLOSED}, {"status": Status.PAUSED}],
    ids=["by appointment", "closed", "paused"],
)
def test_a_calendar_of_no_dates_is_still_a_calendar(facts: dict[str, Any]) -> None:
    calendar = Calendar.from_ical(written(published(**facts)))
    assert not calendar.walk("VEVENT")
    assert calendar.walk("VTIMEZONE")


def test_each_zone_stands_once_before_its_meetings() -> None:
    text = written(published(), published(source_id="b"), published(source_id="c", timezone="Europe/London"))
    assert text.count("TZID:America/New_York") == text.count("TZID:Europe/London") == 1
    assert text.index("TZID:Europe/London") < text.index("UID:c@homegroup")


def test_a_neutral_calendar_tells_nothing() -> None:
    told = builders.listing(
        notes="Newcomers of AA welcome",
        dated_changes=(DatedChange(date(2026, 12, 1), Deviation.EXTRA, note="AA"),),
    )
    text = written(published(told), style=Style(neutral=True, alarm=10)).replace("\r\n ", "")

    assert {event["SUMMARY"] for event in Calendar.from_ical(text).walk("VEVENT")} == {"Appointment"}
    for word in ("Kitchen", "kitchen", "AA", "Mill Lane Community", "omegroup", "example.org", "URL"):
        assert word not in text
    assert "12 Mill Lane" in text


def test_nobody_learns_from_it_how_to_join() -> None:
    online = published(builders.online_listing())
    text = written(online).replace("\r\n ", "")

    assert only(text)["LOCATION"] == "Online"
    for secret in ("meet.example.org", "1234", "555-0100"):
        assert secret not in text
    assert "https://meetings.example.org/meetings/any-lengths/" in text


def test_one_date_is_an_appointment_of_its_own() -> None:
    moved = DatedChange(date(2026, 12, 1), Deviation.MOVED, date(2026, 12, 3), time(18), 90, "Hall shut")
    one = published(dated_changes=(moved,))

    event = ical.one_date(one, date(2026, 12, 3), SITE, Style())
    assert event is not None
    assert (event["UID"], event["DTSTART"].to_ical()) == (
        "kitchen-table-20261203@homegroup",
        b"20261203T180000",
    )
    assert event["DURATION"].dt == timedelta(minutes=90)
    assert event["DESCRIPTION"].startswith("Hall shut")
    assert "RRULE" not in event
    assert ical.one_date(one, date(2026, 12, 1), SITE, Style()) is None


def test_invented_meetings_say_so() -> None:
    site = replace(SITE, notice="Invented data: do not travel to these")
    text = written(replace(published(), invented=True), site=site, style=Style(neutral=True))
    assert "X-WR-CALDESC:Invented data" in text
    assert only(text)["DESCRIPTION"].startswith("Invented data")


@pytest.mark.skipif(not DATA.is_dir(), reason=f"the real feeds are not at hand: no {DATA}")
def test_a_hundred_meetings_of_new_york() -> None:
    with (DATA / "bmlt-new-york-meetings.json").open("rb") as meetings:
        reading = bmlt.read(meetings)
    for listing in Random(20).sample(reading.listings, 100):
        assert unfolded(written(published(listing)), 20) == expected(listing, 20)
