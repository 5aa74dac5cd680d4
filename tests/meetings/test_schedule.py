"""A meeting's calendar in words."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from babel import Locale

from meetings import meeting_page, schedule, timekeeping
from meetings.models import Meeting
from meetings.wording import Asker
from rules.listing import DatedChange, Deviation, Recurrence
from tests.builders import meeting, place, slot

NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 10, 6, 23, 5, tzinfo=UTC)  # 7:05 pm in New York, a Tuesday
ASKER = Asker(Locale("en"), NEW_YORK, NOW)
PARIS = Asker(Locale("en"), ZoneInfo("Europe/Paris"), NOW)


@pytest.mark.parametrize(
    ("recurrence", "said"),
    [
        (Recurrence(), "Every Tuesday"),
        (Recurrence(every=2), "Every 2 weeks on Tuesday"),
        (Recurrence(nth=(1,)), "The first Tuesday of the month"),
        (Recurrence(nth=(2, -1)), "The second and last Tuesday of the month"),
        (Recurrence(nth=(1, 3, 5)), "The first, third and fifth Tuesday of the month"),
    ],
)
def test_the_rhythm_is_said_in_words(recurrence: Recurrence, said: str) -> None:
    assert schedule.rhythm(slot(recurrence=recurrence), ASKER) == said


def test_no_slot_is_by_appointment() -> None:
    assert schedule.rhythm(None, ASKER) == "By appointment"


@pytest.mark.django_db
def test_dates_tell_closures_moves_and_clocks() -> None:
    found = meeting(
        now=NOW,
        dated_changes=(
            DatedChange(on=date(2026, 10, 13), kind=Deviation.CLOSED, note="The room is closed"),
            DatedChange(on=date(2026, 10, 20), kind=Deviation.MOVED, to_date=date(2026, 10, 21)),
            DatedChange(on=date(2026, 10, 24), kind=Deviation.EXTRA, to_start=None, note="Anniversary"),
        ),
    )
    lines = schedule.dates(found, meeting_page.changes_of(found), ASKER)
    assert [(one.day, one.time, one.words) for one in lines] == [
        ("6 Oct", "7:30 pm EDT", ""),
        ("13 Oct", "", "No meeting. The room is closed."),
        ("21 Oct", "7:30 pm EDT", "Instead of Tuesday 20 October."),
        ("24 Oct", "7:30 pm EDT", "An extra date. Anniversary."),
        ("27 Oct", "7:30 pm EDT", ""),
        ("3 Nov", "7:30 pm EST", "Clocks go back on 1 Nov."),
    ]
    assert [one.struck for one in lines] == [False, True, False, False, False, False]
    assert lines[0].soon == "today"


@pytest.mark.django_db
def test_dates_are_also_told_by_my_clock() -> None:
    found = meeting(now=NOW)
    assert schedule.dates(found, [], PARIS)[0].mine == "1:30 am CEST"
    assert schedule.dates(found, [], ASKER)[0].mine == ""


@pytest.mark.django_db
def test_what_is_soon_closed_stands_first() -> None:
    closed = DatedChange(on=date(2026, 10, 13), kind=Deviation.CLOSED, note="The room is closed")
    found = meeting(now=NOW, dated_changes=(closed,))
    lines = schedule.dates(found, meeting_page.changes_of(found), ASKER)
    [notice] = meeting_page.notices(found, lines, ASKER)
    assert notice.title == "No meeting on Tuesday 13 October."
    assert notice.words == "The room is closed. The next one is on Tuesday 20 October."


@pytest.mark.django_db
def test_a_page_tells_both_clocks_when_they_differ() -> None:
    when = meeting_page.next_time(meeting(now=NOW), PARIS)
    assert when
    assert when.title == "Tonight, 7:30 to 8:30 pm"
    assert when.zone == "Eastern time (EDT)."
    assert when.other == "On your clock: Today, 1:30 am CEST."


@pytest.mark.django_db
def test_a_week_begins_on_monday_and_ends_with_appointments() -> None:
    for name, weekday in (("Sunday Peace", 0), ("Monday Start", 1)):
        meeting(now=NOW, source_id=name, name=name, slot=slot(weekday=weekday), place=place())
    meeting(now=NOW, source_id="call", name="Call First", slot=None, place=place())
    week = schedule.week(Meeting.objects.select_related("fellowship", "place"), ASKER, with_place=True)
    assert [(day, [line.name for line in lines]) for day, lines in week] == [
        ("Monday", ["Monday Start"]),
        ("Sunday", ["Sunday Peace"]),
        ("By appointment", ["Call First"]),
    ]
    assert timekeeping.slot_of(Meeting.objects.get(name="Call First")) is None
