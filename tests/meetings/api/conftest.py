"""The API before a small world and a small list."""

from __future__ import annotations

from datetime import date

import pytest

from meetings.models import Meeting
from rules.listing import Attendance, DatedChange, Deviation, Recurrence
from tests import builders
from tests.fakes import small_world

FIND = "/api/v1/meetings/"


@pytest.fixture(autouse=True)
def _world(monkeypatch):
    small_world(monkeypatch)


@pytest.fixture
def kitchen(db) -> Meeting:
    """Kitchen Table: Tuesdays in Brooklyn, in person."""
    return builders.meeting(group=builders.group())


@pytest.fixture
def lengths(db) -> Meeting:
    """Any Lengths: online, with a link, a passcode and a dial-in."""
    return builders.meeting(
        source_id="any-lengths",
        name="Any Lengths",
        attendance=Attendance.ONLINE,
        place=None,
        online=builders.online_listing().online,
        types=("O", "S"),
        slot=builders.slot(weekday=3, recurrence=Recurrence(nth=(1, -1))),
    )


@pytest.fixture
def meetings(kitchen, lengths) -> dict[str, Meeting]:
    """Both of them, and one by appointment, one with dated changes; by name."""
    loose = builders.meeting(source_id="loose", name="By Appointment", slot=None)
    dated = builders.meeting(
        source_id="dated",
        name="Dated",
        dated_changes=(
            DatedChange(date(2030, 12, 24), Deviation.CLOSED, note="Closed for the night"),
            DatedChange(date(2030, 12, 31), Deviation.MOVED, to_date=date(2030, 12, 30)),
            DatedChange(date(2030, 12, 26), Deviation.EXTRA),
        ),
    )
    return {one.name: one for one in (kitchen, lengths, loose, dated)}
