"""What one row of a group or a place says counts for its other rows: the first that says it is believed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from typing import Any

from rules.listing import GroupFacts, Listing, PlaceFacts


def share_facts(listings: Iterable[Listing]) -> Iterator[Listing]:
    """The listings, with the facts of each group and the notes of each place filled in from one another."""
    listings = list(listings)
    groups: dict[str, dict[str, Any]] = {}
    notes: dict[tuple[object, ...], str] = {}
    for listing in listings:
        if listing.group:
            told = groups.setdefault(listing.group.key, {})
            for one in fields(listing.group):
                told[one.name] = told.get(one.name) or getattr(listing.group, one.name)
        if listing.place and listing.place.notes and _room(listing.place):
            notes.setdefault(_room(listing.place), listing.place.notes)
    for listing in listings:
        group = GroupFacts(**groups[listing.group.key]) if listing.group else None
        place = listing.place
        if place and not place.notes and _room(place) in notes:
            place = replace(place, notes=notes[_room(place)])
        changed = group != listing.group or place is not listing.place
        yield replace(listing, group=group, place=place) if changed else listing


def _room(place: PlaceFacts) -> tuple[str, ...]:
    """What rows at the same place share; () for a place that is only a town."""
    if not (place.name or place.street):
        return ()
    address = (place.street, place.city, place.region, place.postal_code, place.country)
    return (place.name, *address, place.formatted)
