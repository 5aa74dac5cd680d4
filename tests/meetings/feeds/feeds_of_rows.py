"""Feeds made of a few rows, for tests that look at one fact of one row."""

import io
import json
from types import SimpleNamespace
from typing import Any

from meetings.feeds import bmlt, meeting_guide
from rules.listing import Listing, Reading

STREET = {"formatted_address": "12 Mill Lane, Tupelo, MS 38801, USA"}
LINK = {"conference_url": "https://zoom.us/j/5550100"}
TUPELO = SimpleNamespace(latitude=34.258, longitude=-88.705, timezone="America/Chicago", country="US")


def meeting_guide_feed(*rows: Any, **options: Any) -> Reading:
    """What the Meeting Guide reader makes of these rows."""
    return meeting_guide.read(io.BytesIO(json.dumps(rows).encode()), **options)


def meeting_guide_row(fellowship: str = "aa", **facts: Any) -> tuple[Listing, set[str]]:
    """The listing of an ordinary row with these facts, and the codes of the remarks on it."""
    row = {
        "slug": "a",
        "name": "A",
        "day": 1,
        "time": "19:00",
        "timezone": "America/Chicago",
        **STREET,
        **facts,
    }
    reading = meeting_guide_feed(
        {key: value for key, value in row.items() if value != "-"}, fellowship=fellowship
    )
    return reading.listings[0], {remark.code for remark in reading.remarks}


def bmlt_feed(*rows: Any, formats: Any = None, bodies: Any = None, **options: Any) -> Reading:
    """What the BMLT reader makes of these rows."""
    return bmlt.read(
        io.BytesIO(json.dumps(rows).encode()),
        formats=None if formats is None else io.BytesIO(json.dumps(formats).encode()),
        service_bodies=None if bodies is None else io.BytesIO(json.dumps(bodies).encode()),
        **options,
    )


def bmlt_row(formats_of_server: Any = None, **facts: Any) -> tuple[Listing, set[str]]:
    """The listing of an ordinary BMLT row with these facts, and the codes of the remarks on it."""
    row = {
        "id_bigint": "1",
        "meeting_name": "A",
        "weekday_tinyint": "2",
        "start_time": "19:00:00",
        "duration_time": "01:30:00",
        "venue_type": "1",
        "published": "1",
        "location_text": "Grange Hall",
        "location_street": "3 Hill Rd",
        "location_municipality": "Tupelo",
        "location_province": "MS",
        "location_nation": "USA",
        "latitude": "34.258",
        "longitude": "-88.705",
        **facts,
    }
    reading = bmlt_feed(row, formats=formats_of_server)
    return reading.listings[0], {remark.code for remark in reading.remarks}
