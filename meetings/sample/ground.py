"""Invented addresses in a real town, and invented ways to join from afar."""

from __future__ import annotations

import re
from math import cos, pi, radians, sin, sqrt

from rules.folding import fold
from rules.listing import Attendance, GroupFacts, Online, PlaceFacts

from .countries import country
from .dice import Dice
from .reserved import phone, video_link
from .towns import KM_A_DEGREE, Share, Town
from .words import Words

_SIGNS = {"#": "0123456789", "@": "ABCDEFGHJKLNPRSTUWXYZ"}


def place(share: Share, words: Words, dice: Dice) -> PlaceFacts:
    """A building of the town."""
    town, land = share.town, country(share.town.country)
    latitude, longitude = _somewhere(town, share.reach_km, dice)
    vague = dice.chance(0.015)
    return PlaceFacts(
        name=words.room(dice),
        street="" if vague else words.street(dice),
        city=share.city,
        neighborhood=share.quarter,
        region=land.region(town.region),
        postal_code="" if vague or dice.chance(0.1) else postal_code(share.postal, dice),
        country=land.name,
        latitude=latitude,
        longitude=longitude,
        approximate=vague,
        notes=dice.one(words.room_notes) if dice.chance(0.18) else "",
    )


def base(town: Town, city: str = "") -> PlaceFacts:
    """Where an online meeting is based: a town, no more."""
    land = country(town.country)
    return PlaceFacts(
        city=city or town.name,
        region=land.region(town.region),
        country=land.name,
        latitude=town.latitude,
        longitude=town.longitude,
        approximate=True,
    )


def _somewhere(town: Town, reach_km: float, dice: Dice) -> tuple[float, float]:
    """A point within reach, all ground being equally likely."""
    away, bearing = reach_km * sqrt(dice.random()) / KM_A_DEGREE, 2 * pi * dice.random()
    latitude = town.latitude + away * cos(bearing)
    longitude = town.longitude + away * sin(bearing) / cos(radians(town.latitude))
    return round(latitude, 5), round((longitude + 180) % 360 - 180, 5)


def postal_code(shape: str, dice: Dice) -> str:
    """An invented one of that shape: # a digit, @ a letter."""
    return "".join(dice.one(_SIGNS[sign]) if sign in _SIGNS else sign for sign in shape)


def online(attendance: Attendance, town: Town, words: Words, dice: Dice) -> Online:
    """How to join from afar; nothing for a meeting that is only in a room."""
    if attendance is Attendance.IN_PERSON:
        return Online()
    throw = dice.random()
    by_video, by_phone = throw >= 0.1, throw < 0.32
    return Online(
        url=video_link(dice) if by_video else "",
        url_notes=words.join_notes(words.url_notes, dice) if by_video and dice.chance(0.7) else "",
        phone=phone(town.country, town.region, dice) if by_phone else "",
        phone_notes=words.join_notes(words.phone_notes, dice) if by_phone else "",
    )


def group(key: str, name: str, town: Town, words: Words, dice: Dice) -> GroupFacts:
    """The group itself, with what it tells of itself."""
    throw = dice.random()
    return GroupFacts(
        key=key,
        name=name,
        notes=dice.one(words.notes) if throw < 0.1 else "",
        website=f"https://{_host(name, key)}.example/" if 0.05 < throw < 0.2 else "",
        email=f"{_host(name, key)}@example.org" if 0.15 < throw < 0.3 else "",
        phone=phone(town.country, town.region, dice) if 0.25 < throw < 0.33 else "",
    )


def _host(name: str, key: str) -> str:
    """The name as a host would be called; the key where it has no Latin letters."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")
    return plain if len(plain) > 3 else key
