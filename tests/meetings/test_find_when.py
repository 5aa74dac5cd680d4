"""When: the finder against a brute-force expansion of occurrences, however old the dates on the rows are."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.find import find
from meetings.models import Meeting
from meetings.timekeeping import changes_by_meeting, slot_of, work_out
from rules.listing import DatedChange, Deviation, Listing, Recurrence, Status
from rules.ranking import turn
from rules.recurrence import Occurrence, occurrences
from rules.search import Order, Query, When
from rules.windows import window
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db

# All hemispheres; half and quarter hours; half an hour of summer time; summer time turned round.
ZONES = [
    f"{continent}/{city}"
    for continent, cities in {
        "Africa": "Cairo Casablanca Nairobi",
        "America": "Asuncion Halifax Havana Los_Angeles Mexico_City New_York Nuuk Phoenix Santiago St_Johns",
        "Antarctica": "Troll",
        "Asia": "Beirut Jerusalem Kathmandu Kolkata Tehran Tokyo",
        "Atlantic": "Azores",
        "Australia": "Adelaide Lord_Howe Sydney",
        "Europe": "Berlin Chisinau Dublin London Madrid Moscow",
        "Pacific": "Apia Auckland Chatham Kiritimati Pago_Pago",
    }.items()
    for city in cities.split()
]
# Clocks change on these days in most of them.
CHANGES = [
    date(year, month, day)
    for year in (2026, 2027, 2028)
    for month, days in {
        3: range(8, 32),
        4: range(1, 9),
        9: (5, 6, 24, 25),
        10: (4, 25, 31),
        11: range(1, 9),
    }.items()
    for day in days
]
RECURRENCES = [Recurrence()] * 5 + [
    Recurrence(every=2, anchor=date(2026, 1, 4)),
    Recurrence(every=3),
    Recurrence(nth=(1, 3)),
    Recurrence(nth=(-1,)),
    Recurrence(nth=(5,)),
]
MINUTES = [60] * 6 + [30, 90, 5, 24 * 60, 3 * 24 * 60, 6 * 24 * 60, 7 * 24 * 60]
FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 12, 30, tzinfo=UTC)


@dataclass(repr=False)
class Told:
    """A stored meeting with what its calendar follows from."""

    row: Meeting
    changes: list[DatedChange]

    def occurrences(self, now: datetime, until: datetime) -> list[Occurrence]:
        quiet = (self.row.quiet_from, self.row.quiet_until) if self.row.quiet_from else None
        slot = slot_of(self.row)
        return (
            list(occurrences(slot, self.row.timezone, self.changes, now, until, quiet=quiet)) if slot else []
        )

    def is_quiet(self, now: datetime) -> bool:
        return self.row.quiet_from is not None and self.row.quiet_from <= now < self.row.quiet_until


def _listing(rng: random.Random, number: int) -> Listing:
    pause = rng.random() < 0.15
    since = rng.choice(CHANGES)
    changes = _changes(rng, around=since) if rng.random() < 0.6 else ()
    return builders.listing(
        source_id=f"m{number}",
        timezone=ZONES[number % len(ZONES)],
        slot=None
        if rng.random() < 0.05
        else builders.slot(
            weekday=rng.randrange(7),
            start=f"{rng.choice([0, 1, 2, 2, 3, 9, 17, 18, 19, 20, 23]):02}:{rng.choice([0, 30, 45]):02}",
            minutes=rng.choice(MINUTES),
            recurrence=rng.choice(RECURRENCES),
        ),
        dated_changes=changes,
        status=Status.PAUSED if pause else Status.ACTIVE,
        paused_from=since if pause else None,
        paused_until=since + timedelta(days=rng.choice([1, 20, 300])) if pause else None,
    )


def _changes(rng: random.Random, *, around: date) -> tuple[DatedChange, ...]:
    """Exceptions on days one after the other, so that extra dates stand beside regular ones."""
    return tuple(
        DatedChange(
            on=around + timedelta(days=day),
            kind=(kind := rng.choice(list(Deviation))),
            to_date=around + timedelta(days=day + rng.randrange(-3, 4)) if kind is Deviation.MOVED else None,
            to_start=time(rng.randrange(24)) if kind is not Deviation.CLOSED else None,
            minutes=rng.choice([None, 30, 600, 3000]) if kind is not Deviation.CLOSED else None,
        )
        for day in range(rng.choice([1, 8, 20]))
    )


@pytest.fixture
def told() -> list[Told]:
    rng = random.Random(21)
    rows = builders.stored(*(_listing(rng, number) for number in range(3 * len(ZONES))), now=FIRST)
    changes = changes_by_meeting(row.pk for row in rows)
    return [Told(row, changes[row.pk]) for row in rows]


def _age(told: list[Told], now: datetime, rng: random.Random) -> None:
    """Leave on each row the dates that were right at some moment before."""
    values = []
    for one in told:
        before = now - timedelta(minutes=rng.choice([0, 0, 1, 20, 61, 600, 3000, 20000]))
        work_out(one.row, one.changes, max(before, FIRST))
        adapt = connection.ops.adapt_datetimefield_value
        values.append((adapt(one.row.next_start), adapt(one.row.next_end), one.row.pk))
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE meetings_meeting SET next_start = %s, next_end = %s WHERE id = %s", values)


moments = st.one_of(
    st.datetimes(FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None)),
    st.builds(datetime.combine, st.sampled_from(CHANGES), st.times()),
).map(lambda moment: moment.replace(second=0, microsecond=0, tzinfo=UTC))


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(now=moments, asker=st.sampled_from(ZONES), seed=st.integers(0, 10_000))
def test_every_span_of_time_equals_an_expansion_of_all_dates(
    told: list[Told], now: datetime, asker: str, seed: int
) -> None:
    _age(told, now, random.Random(seed))
    listed = [one for one in told if not one.is_quiet(now)]
    for when in When:
        span = window(when, now, asker)
        right = {
            one.row.slug
            for one in listed
            if any(span.holds(o.start, o.end) for o in one.occurrences(now, span.until))
        }
        answer = find(Query(when=when, timezone=asker, limit=500), now)
        assert {one["slug"] for one in answer.meetings} == right, when
        assert answer.total == len(right)
        # The counts beside it are of the same meetings.
        assert sum(one["count"] for one in (answer.facets or {})["attendance"]) == len(right)

    _check_soonest(listed, now, asker)


def _check_soonest(listed: list[Told], now: datetime, asker: str) -> None:
    answer = find(Query(timezone=asker, limit=500, facets=False), now)
    assert {one["slug"] for one in answer.meetings} == {one.row.slug for one in listed}
    by_slug = {one.row.slug: one for one in listed}
    order = []
    for shown in answer.meetings:
        coming = by_slug[shown["slug"]].occurrences(now, now + timedelta(days=3 * 366))
        first = coming[0] if coming else None
        assert shown["next_start"] == (_iso(first.start, shown) if first else None)
        assert shown["next_end"] == (_iso(first.end, shown) if first else None)
        order.append((turn(first.start if first else None, now), first.start if first else LAST))
    assert order == sorted(order)


def _iso(moment: datetime, shown: dict[str, str]) -> str:
    return moment.astimezone(ZoneInfo(shown["timezone"])).isoformat()


def test_pages_of_soonest_fit_together_within_a_day(told: list[Told]) -> None:
    _age(told, NOW, random.Random(3))
    whole = [one["slug"] for one in find(Query(limit=500, facets=False), NOW).meetings]
    paged: list[str] = []
    offset: int | None = 0
    while offset is not None:
        answer = find(Query(limit=20, offset=offset, facets=False), NOW)
        paged += [one["slug"] for one in answer.meetings]
        offset = answer.next_offset
    assert paged == whole


def test_meetings_of_one_start_change_places_from_day_to_day() -> None:
    builders.stored(*(builders.listing(source_id=str(number)) for number in range(8)))
    firsts = {
        find(Query(limit=1, facets=False), NOW + timedelta(days=day)).meetings[0]["slug"] for day in range(20)
    }
    assert len(firsts) > 3


def test_by_appointment_is_found_last_and_at_no_time() -> None:
    builders.stored(
        builders.listing(source_id="a", slot=None, name="Ask us"), builders.listing(source_id="b")
    )

    found = find(Query(), NOW).meetings
    assert [one["name"] for one in found] == ["Kitchen Table", "Ask us"]
    assert (found[1]["day"], found[1]["time"], found[1]["next_start"], found[1]["recurrence"]) == (None,) * 4
    for when in When:
        assert "Ask us" not in [one["name"] for one in find(Query(when=when), NOW).meetings]
    assert find(Query(days=frozenset(range(7))), NOW).total == 1


def test_a_paused_meeting_is_found_again_the_moment_it_is_back() -> None:
    builders.meeting(status=Status.PAUSED, paused_until=date(2026, 12, 1))
    back = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)  # midnight in New York

    assert find(Query(), back - timedelta(minutes=1)).total == 0
    answer = find(Query(order=Order.SOONEST), back)
    assert [one["next_start"] for one in answer.meetings] == ["2026-12-01T19:30:00-05:00"]
    assert answer.meetings[0]["status"] == "active"


def test_nothing_is_written_when_dates_are_old() -> None:
    meeting = builders.meeting()
    find(Query(when=When.NOW), NOW + timedelta(days=40))
    before = meeting.next_start
    meeting.refresh_from_db()
    assert meeting.next_start == before
