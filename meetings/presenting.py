"""From a finder's answer to what a list shows: ready rows under headings, no logic left for templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from meetings.wording import (
    GRACE,
    Asker,
    Clock,
    Freshness,
    clock,
    day_heading,
    distance,
    freshness,
    paper_day,
    relative,
)
from rules.geo import PATIENCE, Mode, fits, travel
from rules.zones import zone as zone_called

HURRY = timedelta(hours=3)
"""How far ahead "can I still make it?" is a question."""

BADGES: Mapping[str, tuple[str, Any]] = {
    "in_person": ("place", gettext_lazy("In person")),
    "hybrid": ("both", gettext_lazy("In person or online")),
    "online": ("screen", gettext_lazy("Online")),
    "phone": ("phone", gettext_lazy("By phone")),
}
KINDS = ("type", "format", "feature", "community")


@dataclass(frozen=True, slots=True)
class Row:
    """One meeting as a line of the timetable. Empty strings are left out."""

    number: int
    slug: str
    url: str
    name: str
    language: str
    starts: datetime | None
    ends: datetime | None
    clock: Clock | None
    when: str
    day: str
    on_now: bool
    icon: str
    attendance: str
    where: str
    based: str
    elsewhere: str
    away: str
    way: str
    in_time: bool
    types: str
    fresh: Freshness
    pin: tuple[float, float] | None
    place_name: str
    town: str

    @property
    def iso(self) -> str:
        """The start for machines."""
        return self.starts.isoformat(timespec="minutes") if self.starts else ""


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one heading. `lamp`: on now, and one may still walk in."""

    key: str
    title: str
    rows: tuple[Row, ...]

    @property
    def lamp(self) -> bool:
        """Whether the wash of light lies under it."""
        return self.key == "now"


def rows(
    meetings: Sequence[Mapping[str, Any]],
    asker: Asker,
    *,
    fellowships: Mapping[str, str],
    first: int = 1,
    here: str = "",
) -> list[Row]:
    """The found meetings as rows, numbered from `first`.

    `fellowships` is {slug: short name}; `here` the town that was asked for, which need not be said again.
    """
    return [_row(one, number, asker, fellowships, here) for number, one in enumerate(meetings, first)]


def _row(one: Mapping[str, Any], number: int, asker: Asker, fellowships: Mapping[str, str], here: str) -> Row:
    starts, ends = _moments(one)
    online = one["attendance"] == "online"
    own = starts
    if online and starts:
        starts = starts.astimezone(asker.zone)
    kind = "phone" if online and list(one.get("joins") or ()) == ["phone"] else one["attendance"]
    icon, attendance = BADGES[kind]
    place = one.get("place") or {}
    way, in_time = _way(one, starts, ends, asker)
    return Row(
        number=number,
        slug=one["slug"],
        url=one["url"],
        name=one["name"],
        language=spoken(one.get("languages") or (), asker),
        starts=starts,
        ends=ends,
        clock=clock(starts, asker) if starts else None,
        when=relative(starts, ends, asker) if starts and ends else "",
        day=paper_day(starts.date(), asker) if starts else "",
        on_now=bool(starts and starts <= asker.now),
        icon=icon,
        attendance=str(attendance),
        where=_ways_in(one) if online else where(place, here),
        based=base(place) if online else "",
        elsewhere=_elsewhere(own, asker, online=online) if own else "",
        away="" if online else _away(one, asker),
        way=way,
        in_time=in_time,
        types=types_line(one, fellowships, asker),
        fresh=freshness(_moment(one.get("confirmed_at")), _moment(one.get("updated_at")), asker),
        pin=_pin(place) if not online else None,
        place_name=place.get("name") or place.get("address") or place.get("city") or "",
        town=place.get("city") or "",
    )


def _moments(one: Mapping[str, Any]) -> tuple[datetime | None, datetime | None]:
    """Start and end on the meeting's own clock."""
    zone = zone_called(one["timezone"])
    start, end = _moment(one.get("next_start")), _moment(one.get("next_end"))
    if not start or not end:
        return None, None
    return start.astimezone(zone), end.astimezone(zone)


def _moment(iso: str | datetime | None) -> datetime | None:
    return datetime.fromisoformat(iso) if isinstance(iso, str) else iso


def _pin(place: Mapping[str, Any]) -> tuple[float, float] | None:
    if place.get("latitude") is None:
        return None
    return place["latitude"], place["longitude"]


def spoken(languages: Iterable[str], asker: Asker) -> str:
    """The language a meeting's own texts are most likely in, if it is one and not the page's."""
    known = list(languages)
    return known[0] if len(known) == 1 and known[0] != asker.locale.language else ""


def where(place: Mapping[str, Any], here: str = "") -> str:
    """ "St Brendan’s Hall, 41 Locke St S, Hamilton": each part once, the town left out if it is `here`."""
    parts: list[str] = []
    for part in (place.get("name"), place.get("address"), place.get("city")):
        if part and part != here and not any(part in said for said in parts):
            parts.append(part)
    return ", ".join(parts) or place.get("city") or _("The place is not in the listing.")


def base(place: Mapping[str, Any]) -> str:
    """Where an online meeting is at home."""
    town = place.get("city") or place.get("region") or place.get("country") or ""
    return _("Based in %(place)s") % {"place": town} if town else ""


def _ways_in(one: Mapping[str, Any]) -> str:
    ways = set(one.get("joins") or ())
    if ways == {"video", "phone"}:
        return _("Video, and by phone.")
    return _("By phone.") if ways == {"phone"} else _("Video.")


def _elsewhere(own: datetime, asker: Asker, *, online: bool) -> str:
    """The same moment on the other clock, where the two differ."""
    mine = own.astimezone(asker.zone)
    if mine.utcoffset() == own.utcoffset():
        return ""
    if online:
        return _("%(time)s there") % {"time": clock(own, asker)}
    return _("%(time)s on your clock") % {"time": clock(mine, asker)}


def _away(one: Mapping[str, Any], asker: Asker) -> str:
    """How far it is; "about" where the pin is a guess."""
    if one.get("distance_km") is None:
        return ""
    away = distance(one["distance_km"], asker)
    return roughly(away) if _is_guess(one) else away


def roughly(away: str) -> str:
    """A distance to a pin that is a guess, often the middle of a town."""
    return _("about %(distance)s") % {"distance": away}


def _is_guess(one: Mapping[str, Any]) -> bool:
    return bool((one.get("place") or {}).get("approximate"))


def _way(
    one: Mapping[str, Any], starts: datetime | None, ends: datetime | None, asker: Asker
) -> tuple[str, bool]:
    """How long the way is, and whether one gets there by the start (or in the grace after it).

    To a pin that is a guess no way is promised: the door may be at the other end of the town.
    """
    km = one.get("distance_km")
    if km is None or one["attendance"] == "online" or _is_guess(one):
        return "", False
    if not starts or starts - asker.now > HURRY:
        return _by(*_usual(km)), False
    left = (starts + (GRACE if starts <= asker.now else timedelta())) - asker.now
    found = fits(km, left / timedelta(minutes=1))
    return (_by(*found), True) if found else (_by(*_usual(km)), False)


def _usual(km: float) -> tuple[Mode, int]:
    on_foot = travel(km, Mode.WALK)
    return (Mode.WALK, on_foot) if on_foot <= PATIENCE[Mode.WALK] else (Mode.DRIVE, travel(km, Mode.DRIVE))


def _by(mode: Mode, minutes: int) -> str:
    if minutes > 180:
        return ""
    words = _("%(minutes)d min walk") if mode is Mode.WALK else _("%(minutes)d min drive")
    return words % {"minutes": minutes}


def types_line(one: Mapping[str, Any], fellowships: Mapping[str, str], asker: Asker) -> str:
    """ "AA · French · Open to all · Discussion": the language only where it is not the page's."""
    types = one.get("types") or ()
    codes = list(one.get("languages") or ())
    names = [fellowships.get(one["fellowship"], one["fellowship"])]
    if codes and codes != [asker.locale.language]:
        names += [each["name"] for each in types if each["group"] == "language"]
    names += [each["name"] for kind in KINDS for each in types if each["group"] == kind]
    return " · ".join(dict.fromkeys(names))


def sections(found: Sequence[Row], asker: Asker, *, by_distance: bool) -> list[Section]:
    """The rows under headings, in the order they came: by time, or all under one when nearest first."""
    if by_distance:
        return [Section("nearest", _("Nearest first"), tuple(found))] if found else []
    return [
        Section(key, title, tuple(group))
        for (key, title), group in groupby(found, key=lambda row: _heading(row, asker))
    ]


def _heading(row: Row, asker: Asker) -> tuple[str, str]:
    if row.starts is None:
        return "appointment", _("By appointment")
    ahead = row.starts - asker.now
    if ahead < -GRACE:
        return "going", _("Already going. Walking in late is fine.")
    if ahead <= timedelta():
        return "now", _("On now. You can still walk in.")
    if ahead <= timedelta(hours=1):
        return "hour", _("In the next hour")
    local, here = row.starts.astimezone(asker.zone), asker.now.astimezone(asker.zone)
    day = local.date() if local.time() >= time(4) else local.date() - timedelta(days=1)
    today = here.date() if here.time() >= time(4) else here.date() - timedelta(days=1)
    if day != today:
        return f"day-{local.date()}", day_heading(local.date(), asker)
    if here.time() >= time(17) or here.time() < time(4):
        return "later", _("Later tonight")
    if local.time() < time(17) and local.date() == here.date():
        return "today", _("Later today")
    return "tonight", pgettext("heading of a list", "Tonight")
