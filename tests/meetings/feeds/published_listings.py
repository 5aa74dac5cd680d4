"""Listings as they go out, without a database."""

from __future__ import annotations

from typing import Any

from meetings.exporting import Published
from meetings.feeds.site import Site
from meetings.models import ServiceBody
from rules.listing import Listing
from tests import builders

SITE = Site("https://meetings.example.org", "Homegroup")


def published(listing: Listing | None = None, **facts: Any) -> Published:
    """Kitchen Table, or another listing, as it goes out; of its service body if it names one."""
    told = listing or builders.listing(**facts)
    slug = told.slug or told.source_id
    body = ServiceBody(name=told.body_key, website="https://area.example.org") if told.body_key else None
    return Published(
        listing=told,
        slug=slug,
        address=f"/meetings/{slug}/",
        types=(),
        body=body,
        next_start=None,
        next_end=None,
        confirmed_at=None,
        updated_at=told.updated_at or builders.NOW,
    )
