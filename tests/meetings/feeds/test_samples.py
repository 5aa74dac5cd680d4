"""Invented feeds beside what they have to become. A change of a reader shows here, fact by fact.

After a change that is meant, `WRITE_SAMPLES=1 pytest` on this file writes the expected files anew; read the
difference before keeping it.
"""

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from meetings.feeds import bmlt, meeting_guide
from rules.changes import as_json, from_json
from rules.listing import Reading

SAMPLES = Path(__file__).parents[2] / "samples" / "feeds"


def read_meeting_guide() -> Reading:
    with (SAMPLES / "meeting_guide.json").open("rb") as feed:
        return meeting_guide.read(feed, site_zone="America/Toronto")


def read_bmlt() -> Reading:
    with (
        (SAMPLES / "bmlt_meetings.json").open("rb") as meetings,
        (SAMPLES / "bmlt_formats.json").open("rb") as formats,
        (SAMPLES / "bmlt_service_bodies.json").open("rb") as bodies,
    ):
        return bmlt.read(meetings, formats=formats, service_bodies=bodies)


READERS = {"meeting_guide": read_meeting_guide, "bmlt": read_bmlt}


def told(reading: Reading) -> dict[str, Any]:
    """A reading as JSON, without what is only kept as it came."""
    return {
        "listings": [{"source_id": one.source_id} | as_json(one) for one in reading.listings],
        "bodies": [asdict(one) for one in reading.bodies],
        "types": [asdict(one) for one in reading.types],
        "remarks": [[one.row, one.kind, one.code, one.source_id] for one in reading.remarks],
    }


@pytest.mark.parametrize("kind", READERS)
def test_sample(kind):
    file = SAMPLES / f"{kind}.expected.json"
    reading = READERS[kind]()
    if os.environ.get("WRITE_SAMPLES"):
        file.write_text(json.dumps(told(reading), indent=1, ensure_ascii=False) + "\n")
    assert told(reading) == json.loads(file.read_text())
    for one in reading.listings:
        assert from_json(as_json(one), source_id=one.source_id, extra=one.extra) == one
