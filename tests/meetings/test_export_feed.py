"""What the command writes, another site reads; a second trip changes nothing."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from meetings.models import Meeting
from rules.listing import Online, Recurrence
from tests import builders

pytestmark = pytest.mark.django_db


def export(kind: str, file: Path, query: str = "") -> str:
    call_command("export_feed", kind, str(file), query=query, stderr=StringIO())
    return file.read_text()


def told(out: StringIO) -> str:
    return out.getvalue().strip().splitlines()[-1]


def test_export_then_import_changes_nothing(tmp_path: Path) -> None:
    builders.stored(
        builders.listing(group=builders.group(notes="Since 1970"), notes="Ring the bell."),
        builders.listing(source_id="late", slot=builders.slot(start="23:30")),
        builders.listing(source_id="street", place=builders.place(street="1 A St (@ 2nd St)", formatted="")),
        builders.online_listing(online=Online("https://zoom.us/j/1", "Passcode 1", "+1 646 558 8656")),
    )
    first = tmp_path / "first.json"
    export("meeting_guide", first)
    call_command("import_feed", "meeting_guide", str(first), name="another", stdout=StringIO())
    Meeting.objects.filter(origin__source__name="feed.json").update(listed=False)
    second = tmp_path / "second.json"
    export("meeting_guide", second)

    out = StringIO()
    call_command("import_feed", "meeting_guide", str(second), name="again", stdout=out)
    call_command("import_feed", "meeting_guide", str(second), name="again", stdout=out)

    assert "(0 changes)" in told(out)
    without = {"slug", "url", "feedback_url"}
    trips = [
        [{key: value for key, value in row.items() if key not in without} for row in json.loads(text)]
        for text in (first.read_text(), second.read_text())
    ]
    assert trips[0] == trips[1]


def test_every_kind_is_written(tmp_path: Path) -> None:
    builders.meeting()
    builders.meeting(source_id="clean", fellowship="na", types=("C",))
    beginnings = {
        "meeting_guide": "[",
        "bmlt": "[{",
        "csv": "\ufeffName,",
        "geojson": '{"type":"FeatureCollection"',
        "ical": "BEGIN:VCALENDAR",
    }
    for kind, beginning in beginnings.items():
        assert export(kind, tmp_path / kind).startswith(beginning)


def test_a_query_asks_as_the_address_does(tmp_path: Path) -> None:
    builders.stored(builders.listing(), builders.listing(source_id="sunday", slot=builders.slot(weekday=0)))
    [row] = json.loads(export("meeting_guide", tmp_path / "a", "day=0"))
    assert row["day"] == 0


def test_what_cannot_be_meant_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="day: A day from 0"):
        export("csv", tmp_path / "a", "day=9")
    builders.meeting(slot=builders.slot(recurrence=Recurrence(2)))
    with pytest.raises(CommandError, match="empty feed"):
        export("meeting_guide", tmp_path / "a")
    with pytest.raises(CommandError, match="cannot be written"):
        export("csv", tmp_path / "nowhere" / "a")
