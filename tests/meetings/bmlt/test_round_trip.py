"""What goes out through the BMLT address comes in again as the same meetings."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from meetings.feeds import bmlt
from meetings.sample import Sample
from rules.addresses import country_code
from rules.listing import Listing, Slot
from tests import builders
from tests.bmlt_data import NEW_YORK, needs_shared, new_york

pytestmark = pytest.mark.django_db


def reread(client) -> dict[str, Listing]:
    """Our answers as the importer reads them, by id."""
    bodies = {
        name: io.BytesIO(client.get(f"switcher={switcher}").body)
        for name, switcher in (
            ("formats", "GetFormats&show_all=1"),
            ("service_bodies", "GetServiceBodies"),
        )
    }
    meetings = io.BytesIO(client.get("switcher=GetSearchResults").body)
    return {
        one.source_id: one for one in bmlt.read(meetings, site_zone="America/New_York", **bodies).listings
    }


@needs_shared
def test_new_york_is_read_alike_from_us(told, bmlt_client):
    def opened():
        return {
            "formats": io.BytesIO(NEW_YORK["formats"].read_bytes()),
            "service_bodies": io.BytesIO(NEW_YORK["service-bodies"].read_bytes()),
        }

    raw = NEW_YORK["meetings"].read_bytes()
    before = {
        one.source_id: one
        for one in bmlt.read(io.BytesIO(raw), site_zone="America/New_York", **opened()).listings
    }
    told(*new_york("meetings"), formats=new_york("formats"), bodies=new_york("service-bodies"))
    after = reread(bmlt_client)
    assert {key: replace(one, extra={}) for key, one in after.items()} == {
        key: replace(one, extra={}) for key, one in before.items()
    }


def carried(listing: Listing) -> dict[str, object]:
    """The facts that BMLT has fields for."""
    place, slot = listing.place, listing.slot
    online = listing.attendance != "in_person"
    return {
        "name": listing.name,
        "attendance": listing.attendance,
        "slot": slot and Slot(slot.weekday, slot.start, slot.minutes),
        "zone": listing.timezone,
        "types": listing.types,
        "status": listing.status,
        "link": listing.online.url if online else "",
        "phone": listing.online.phone if online else "",
        "place": place
        and (
            place.name,
            place.street,
            place.city,
            place.region,
            place.postal_code,
            country_code(place.country),
        ),
        "pin": place and (place.latitude, place.longitude),
    }


def test_meetings_of_ours_survive_the_way(bmlt_client):
    made = [one for one in Sample(900, seed=3, year=2026) if one.fellowship == "na"]
    listings = [replace(one, dated_changes=()) for one in made if one.status == "active"]
    assert len(listings) > 50
    source = builders.source(name="sheet", fellowship="na")
    rows = builders.stored(*listings, into=source)
    after = reread(bmlt_client)
    by_number = {1_000_000_000 + row.pk: listing for row, listing in zip(rows, listings, strict=True)}
    differences = [
        (key, carried(one)[key], carried(after[str(number)])[key])
        for number, one in by_number.items()
        for key in carried(one)
        if carried(one)[key] != carried(after[str(number)])[key]
    ]
    assert differences == []
