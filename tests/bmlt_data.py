"""What BMLT servers tell: small rows to build tests from, and New York's where they are at hand."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
NEW_YORK = {name: SHARED / f"bmlt-new-york-{name}.json" for name in ("meetings", "formats", "service-bodies")}
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the real feeds (../shared/data) are not here")

CLOSED, OPEN, BASIC_TEXT, DISCUSSION, ENGLISH = "4", "17", "3", "8", "47"


def binary(value: Any) -> BytesIO:
    """A server's answer."""
    return BytesIO(json.dumps(value).encode())


def new_york(name: str) -> Any:
    """One of the real answers, parsed."""
    return json.loads(NEW_YORK[name].read_bytes())


def row(**fields: Any) -> dict[str, Any]:
    """A Monday evening meeting in Hudson, as a server tells it."""
    return {
        "id_bigint": "1601",
        "worldid_mixed": "G00126292",
        "shared_group_id_bigint": "",
        "service_body_bigint": "1009",
        "weekday_tinyint": "2",
        "venue_type": "1",
        "start_time": "19:00:00",
        "duration_time": "01:30:00",
        "time_zone": "",
        "formats": "O,BT",
        "lang_enum": "en",
        "longitude": "-73.7890726",
        "latitude": "42.2501741",
        "distance_in_km": "",
        "distance_in_miles": "",
        "email_contact": "",
        "published": "1",
        "root_server_uri": "",
        "format_shared_id_list": "3,17",
        "meeting_name": "A New Way Group",
        "location_text": "Christ Episcopal Church",
        "location_info": "",
        "location_street": "431 Union Street",
        "location_city_subsection": "",
        "location_neighborhood": "",
        "location_municipality": "Hudson",
        "location_sub_province": "Columbia",
        "location_province": "NY",
        "location_postal_code_1": "12534",
        "location_nation": "USA",
        "comments": "",
        "zone": "",
        **fields,
    }


def rows(count: int, **fields: Any) -> list[dict[str, Any]]:
    """So many of them, each with an id and a name of its own."""
    return [row(id_bigint=str(n), meeting_name=f"Meeting {n}", **fields) for n in range(1, count + 1)]


def body(number: str, parent: str = "0", **fields: Any) -> dict[str, Any]:
    """A service body."""
    return {
        "id": number,
        "parent_id": parent,
        "name": f"Body {number}",
        "description": "",
        "type": "AS",
        "url": "",
        "helpline": "",
        "world_id": f"AR{number}",
        **fields,
    }


def definition(number: str, key: str, name: str, **fields: Any) -> dict[str, Any]:
    """A format as `GetFormats` tells it."""
    return {
        "key_string": key,
        "name_string": name,
        "description_string": f"About {name}",
        "lang": "en",
        "id": number,
        "world_id": "",
        "format_type_enum": "FC1",
        "root_server_uri": "",
        **fields,
    }
