"""A feed from file to rows: twice is once, a rotten one changes nothing, each is told about."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from meetings import editing
from meetings.lexicon import lexicon
from meetings.models import ImportRun, ListingsVersion, Meeting, ServiceBody, Source
from tests.builders import NOW

pytestmark = pytest.mark.django_db

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the real feeds (../shared/data) are not here")


def run(*args: str, **options: Any) -> str:
    out = StringIO()
    call_command("import_feed", *args, stdout=out, **options)
    return out.getvalue()


def rows(count: int) -> list[dict[str, Any]]:
    return [
        {
            "slug": f"row-{number}",
            "name": f"Meeting {number}",
            "day": number % 7,
            "time": "19:30",
            "timezone": "America/Chicago",
            "conference_url": "https://zoom.us/j/1",
            "types": ["O", "D"],
        }
        for number in range(count)
    ]


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    path = tmp_path / "feed.json"
    path.write_text(json.dumps(rows(10)))
    return path


def test_twice_is_once(feed: Path) -> None:
    assert "10 new" in run("meeting_guide", str(feed))
    version = ListingsVersion.current()

    assert "(0 changes)" in run("meeting_guide", str(feed))
    assert Meeting.objects.count() == 10
    assert ListingsVersion.current() == version
    assert Source.objects.get().name == "feed.json"


def test_two_lists_of_one_name_are_not_taken_for_one(feed: Path) -> None:
    run("meeting_guide", str(feed))

    with pytest.raises(CommandError, match="--as NAME"):
        run("meeting_guide", str(feed), fellowship="al-anon", force=True)
    with pytest.raises(CommandError, match="--as NAME"):
        run("bmlt", str(feed), fellowship="aa", force=True)

    assert Meeting.objects.kept().filter(fellowship__slug="aa").count() == 10


def test_a_type_that_found_no_room_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meetings.storing.MOST_BITS", 0)
    path = tmp_path / "meetings.json"
    definition = {"id": "900", "key_string": "Zz", "name_string": "Silence", "lang": "en"}
    row = {"id_bigint": "1", "meeting_name": "Quiet", "format_shared_id_list": "900", "formats": "Zz"}
    path.write_text(json.dumps({"meetings": [row], "formats": [definition]}))

    run("bmlt", str(path))

    [remark] = [one for one in ImportRun.objects.get().remarks if one[2] == "no_room_for_type"]
    assert "Silence" in remark[3]


def test_a_dry_run_writes_nothing_at_all(feed: Path) -> None:
    told = run("meeting_guide", str(feed), dry_run=True)

    assert "Would be: 10 new" in told
    assert "Nothing was written." in told
    assert not any(model.objects.exists() for model in (Meeting, Source, ImportRun))


def test_a_source_goes_by_the_name_it_is_given(feed: Path, tmp_path: Path) -> None:
    run("meeting_guide", str(feed), "--as", "Hamilton Intergroup")
    other = tmp_path / "tomorrow.json"
    other.write_text(feed.read_text())

    assert "(0 changes)" in run("meeting_guide", str(other), "--as", "Hamilton Intergroup")


def test_only_what_changed_is_changed(feed: Path) -> None:
    run("meeting_guide", str(feed))
    changed = rows(10)
    changed[3]["time"] = "20:00"
    feed.write_text(json.dumps(changed[:9]))

    assert "0 new, 1 changed, 1 gone, 8 as before" in run("meeting_guide", str(feed))
    assert Meeting.objects.get(origin__key="row-3").start == 20 * 60
    assert Meeting.objects.get(origin__key="row-9").removed_at


def test_a_feed_that_shrank_is_refused_and_logged(feed: Path) -> None:
    run("meeting_guide", str(feed))
    feed.write_text(json.dumps(rows(7)))

    with pytest.raises(CommandError, match="no longer names 3 of the 10"):
        run("meeting_guide", str(feed))
    assert Meeting.objects.kept().count() == 10
    assert ImportRun.objects.latest("at").outcome == "refused"

    run("meeting_guide", str(feed), force=True)
    assert Meeting.objects.kept().count() == 7


@pytest.mark.parametrize(
    "rotten", [42, None, "text", [], {"slug": "row-4", "day": "Blursday", "time": "25:99"}]
)
def test_one_rotten_row_hides_no_other_and_loses_nothing(feed: Path, rotten: object) -> None:
    run("meeting_guide", str(feed))
    spoiled: list[object] = [*rows(10)]
    spoiled[4] = rotten
    feed.write_text(json.dumps(spoiled))

    told = run("meeting_guide", str(feed))

    assert "row 5" in told
    assert Meeting.objects.kept().count() == 10


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<!doctype html><title>Not found</title>", "web page"),
        (json.dumps(rows(10)).encode()[:-40], "breaks off"),
        (b"", "empty"),
        (b"[]", "no meeting"),
        (b"\x00\x01\x02", "JSON"),
    ],
)
def test_what_is_no_feed_is_refused_in_plain_words(feed: Path, content: bytes, told: str) -> None:
    run("meeting_guide", str(feed))
    feed.write_bytes(content)

    with pytest.raises(CommandError, match=told):
        run("meeting_guide", str(feed))
    assert Meeting.objects.kept().count() == 10


def test_a_missing_file_and_an_unknown_fellowship_are_told(feed: Path) -> None:
    with pytest.raises(CommandError):
        run("meeting_guide", str(feed) + ".gone")
    with pytest.raises(CommandError, match="no fellowship “zz”"):
        run("meeting_guide", str(feed), fellowship="zz")


def test_a_hand_edit_is_told_about_when_the_feed_disagrees(feed: Path) -> None:
    run("meeting_guide", str(feed))
    editing.change(Meeting.objects.get(origin__key="row-2"), by=None, now=NOW, name="By hand")
    changed = rows(10)
    changed[2]["name"] = "By feed"
    feed.write_text(json.dumps(changed))

    assert "name was set by hand and stays" in run("meeting_guide", str(feed))
    assert Meeting.objects.get(origin__key="row-2").name == "By hand"


@needs_shared
def test_the_new_york_region() -> None:
    arguments = [
        "bmlt",
        str(SHARED / "bmlt-new-york-meetings.json"),
        "--formats",
        str(SHARED / "bmlt-new-york-formats.json"),
        "--service-bodies",
        str(SHARED / "bmlt-new-york-service-bodies.json"),
    ]
    run(*arguments)

    meetings = Meeting.objects.with_context()
    assert meetings.count() == 1513
    assert set(meetings.values_list("timezone", flat=True)) == {"America/New_York"}
    assert set(meetings.values_list("fellowship__slug", flat=True)) == {"na"}
    assert not meetings.filter(place__notes__contains="#@-@#").exists()
    assert ServiceBody.objects.filter(parent__isnull=True).count() < ServiceBody.objects.count() == 44
    assert len(lexicon(ListingsVersion.current()).below("greater-new-york-region")) > 10
    assert meetings.filter(type_bits=0, format_bits=0, feature_bits=0, community_bits=0).count() < 200
    assert "(0 changes)" in run(*arguments)


@needs_shared
@pytest.mark.parametrize(("name", "count"), [("online", 160), ("south", 25)])
@pytest.mark.usefixtures("gazetteer")
def test_the_meeting_guide_feeds(name: str, count: int) -> None:
    path = str(SHARED / f"meeting-guide-{name}.json")

    assert f"{count} new" in run("meeting_guide", path)
    assert "(0 changes)" in run("meeting_guide", path)
    if name == "south":
        assert not Meeting.objects.filter(latitude=None, place__isnull=False).exists()
        assert set(Meeting.objects.values_list("timezone", flat=True)) == {"America/Chicago"}
