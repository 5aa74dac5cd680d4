"""What a meeting's own page tells: when, where, what to expect, who stands by it, what else is near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import zip_longest
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from meetings import timekeeping
from meetings.models import Meeting, Place, Type
from meetings.presenting import BADGES, roughly
from meetings.schedule import DateLine, WeekLine, dates, rhythm, week
from meetings.wording import (
    GRACE,
    Asker,
    Freshness,
    clock,
    distance,
    freshness,
    full_day,
    part_of_day,
    relative,
    span,
    zone_name,
)
from rules import geo, listing
from rules.search import Point
from rules.zones import zone as zone_called

SOON = timedelta(days=35)


@dataclass(frozen=True, slots=True)
class When:
    """The next time it meets."""

    title: str
    iso: str
    says: str
    zone: str
    other: str
    rhythm: str
    on_now: bool


@dataclass(frozen=True, slots=True)
class Way:
    """How far it is from where the asker said they are."""

    away: str
    by: str
    in_time: bool


@dataclass(frozen=True, slots=True)
class Expect:
    """A type, and what it means for who comes."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What must be known first. `grave`: it does not take place at all."""

    title: str
    words: str
    grave: bool = False


def next_time(meeting: Meeting, asker: Asker) -> When | None:
    """When it meets next, by the clock of its place (online: the asker's) and by the other.

    None by appointment, or when it does not meet.
    """
    slot = timekeeping.slot_of(meeting)
    if meeting.next_start is None or meeting.next_end is None or slot is None:
        return None
    own, mine = zone_called(meeting.timezone), asker.zone
    first, second = (mine, own) if meeting.attendance == "online" else (own, mine)
    start, end = meeting.next_start.astimezone(first), meeting.next_end.astimezone(first)
    there = start.astimezone(second)
    same = there.utcoffset() == start.utcoffset()
    named = zone_name(first, start, asker)
    other = f"{part_of_day(start, _in(second, asker))}, {clock(there, asker)}"
    whose = _("On your clock: %(time)s.") if second is mine else _("Where it is based: %(time)s.")
    return When(
        title=f"{part_of_day(start, _in(first, asker))}, {span(start, end, asker)}",
        iso=start.isoformat(timespec="minutes"),
        says=_begun(start, end, asker),
        zone=_("%(zone)s, the same as yours.") % {"zone": named} if same else f"{named}.",
        other="" if same else whose % {"time": other},
        rhythm=rhythm(slot, asker),
        on_now=start <= asker.now,
    )


def _in(zone: ZoneInfo, asker: Asker) -> Asker:
    """The same asker, standing in another zone: what is "tonight" there."""
    return replace(asker, zone=zone)


def _begun(start: datetime, end: datetime, asker: Asker) -> str:
    if start > asker.now:
        return ""
    if start == asker.now:
        return _("It is just starting.")
    return _("On now. It started %(time)s.") % {"time": relative(start, end, asker)}


def starts_in(meeting: Meeting, asker: Asker) -> str:
    """ "in 25 min", while that is a thing to say; else ""."""
    if not meeting.next_start or not meeting.next_end or meeting.next_start <= asker.now:
        return ""
    soon = meeting.next_start - asker.now < timedelta(hours=12)
    return relative(meeting.next_start, meeting.next_end, asker) if soon else ""


def way(meeting: Meeting, here: Point | None, asker: Asker) -> Way | None:
    """How far, how long, and whether one still gets there in time."""
    if not here or meeting.latitude is None or meeting.longitude is None or meeting.attendance == "online":
        return None
    km = geo.distance(here.latitude, here.longitude, meeting.latitude, meeting.longitude)
    if meeting.place and meeting.place.approximate:
        return Way(roughly(distance(km, asker)), "", in_time=False)
    mode, minutes = geo.Mode.WALK, geo.travel(km, geo.Mode.WALK)
    if minutes > geo.PATIENCE[mode]:
        mode, minutes = geo.Mode.DRIVE, geo.travel(km, geo.Mode.DRIVE)
    in_time = False
    if meeting.next_start and meeting.next_start - asker.now < timedelta(hours=3):
        late = GRACE if meeting.next_start <= asker.now else timedelta()
        found = geo.fits(km, (meeting.next_start + late - asker.now) / timedelta(minutes=1))
        if found:
            (mode, minutes), in_time = found, True
    words = _("about %(minutes)d min on foot") if mode is geo.Mode.WALK else _("about %(minutes)d min by car")
    return Way(distance(km, asker), words % {"minutes": minutes} if minutes <= 180 else "", in_time)


def types_of(meeting: Meeting) -> list[Type]:
    """The meeting's types, in the order of display."""
    masks = {kind: getattr(meeting, f"{kind}_bits") for kind in Type.Kind.values}
    known = Type.objects.filter(fellowship_id=meeting.fellowship_id)
    own = [one for one in known if masks[one.group] >> one.bit & 1]
    return sorted(own, key=lambda one: (Type.Kind.values.index(one.group), one.bit))


def languages(types: Sequence[Type]) -> list[str]:
    """The ISO codes of the languages among the types."""
    return [one.language for one in types if one.group == Type.Kind.LANGUAGE and one.language]


def expect(types: Sequence[Type], asker: Asker) -> list[Expect]:
    """Types with their explanations; the language only where it is not the page's."""
    language = asker.locale.language
    plain = set(languages(types)) <= {language}
    return [
        Expect(_named(one.names, language) or one.code, _named(one.descriptions, language))
        for one in types
        if not (plain and one.group == Type.Kind.LANGUAGE)
    ]


def _named(names: dict[str, str], language: str) -> str:
    return names.get(language) or names.get("en") or ""


def notices(meeting: Meeting, lines: Sequence[DateLine], asker: Asker) -> list[Notice]:
    """What stands first on the page: removed, closed, paused, or not taking place on a date soon."""
    if meeting.removed_at:
        return [
            Notice(
                _("This meeting is no longer listed."),
                _("Whoever published it has taken it out. Please do not go there because of this page."),
                grave=True,
            )
        ]
    if meeting.status == Meeting.Status.CLOSED:
        return [Notice(_("This meeting has closed."), _("It no longer takes place."), grave=True)]
    found = [*_pause(meeting, asker)]
    for line, after in zip_longest(lines, lines[1:]):
        if line.deviation == "closed" and line.on - asker.today < SOON:
            back = (
                _("The next one is on %(day)s.") % {"day": full_day(after.on, asker)}
                if after and not after.struck
                else ""
            )
            words = line.words.removeprefix(_("No meeting.")).strip()
            found.append(
                Notice(
                    _("No meeting on %(day)s.") % {"day": full_day(line.on, asker)}, f"{words} {back}".strip()
                )
            )
        elif line.deviation == "moved" and line.on - asker.today < SOON:
            title = _("Moved: %(day)s, %(time)s.") % {"day": full_day(line.on, asker), "time": line.time}
            found.append(Notice(title, line.words))
    return found


def _pause(meeting: Meeting, asker: Asker) -> list[Notice]:
    if meeting.status != Meeting.Status.PAUSED or not meeting.quiet_from or not meeting.quiet_until:
        return []
    if meeting.quiet_until <= asker.now:
        return []
    back = _back(meeting)
    if back:
        words = _("It is back on %(day)s.") % {"day": full_day(back, asker)}
    else:
        words = _("Nobody has said yet when it comes back.")
    if meeting.quiet_from <= asker.now:
        return [Notice(_("This meeting is having a break."), words, grave=True)]
    since = meeting.paused_from
    title = _("A break from %(day)s.") % {"day": full_day(since, asker)} if since else _("A break is coming.")
    return [Notice(title, words)]


def _back(meeting: Meeting) -> date | None:
    """The day of the first meeting after the pause, which may end days before it."""
    if meeting.next_start and meeting.quiet_until and meeting.next_start >= meeting.quiet_until:
        return meeting.next_start.astimezone(zone_called(meeting.timezone)).date()
    return meeting.paused_until


def badge(meeting: Meeting) -> tuple[str, str]:
    """(icon, word) for how one attends."""
    by_phone = meeting.attendance == "online" and meeting.online_phone and not meeting.online_url
    icon, word = BADGES["phone" if by_phone else meeting.attendance]
    return icon, str(word)


def trust(meeting: Meeting, asker: Asker) -> Freshness:
    """How fresh the listing is."""
    return freshness(meeting.confirmed_at, meeting.updated_at, asker)


def also_here(meeting: Meeting, asker: Asker) -> list[tuple[str, list[WeekLine]]]:
    """What else meets at the same place."""
    if not meeting.place_id or meeting.attendance == "online":
        return []
    found = Meeting.objects.listed(asker.now).filter(place_id=meeting.place_id).exclude(pk=meeting.pk)
    return week(found.exclude(attendance="online").select_related("fellowship")[:40], asker, with_place=False)


def same_group(meeting: Meeting, asker: Asker) -> list[tuple[str, list[WeekLine]]]:
    """The other meetings of its group."""
    if not meeting.group_id:
        return []
    found = Meeting.objects.listed(asker.now).filter(group_id=meeting.group_id).exclude(pk=meeting.pk)
    return week(found.select_related("fellowship", "place")[:40], asker, with_place=True)


def changes_of(meeting: Meeting) -> list[listing.DatedChange]:
    """Its dated changes, in the neutral form."""
    return [timekeeping.change_of(row) for row in meeting.dated_changes.all()]


def brought_up(meeting: Meeting, changes: Sequence[listing.DatedChange], now: datetime) -> Meeting:
    """The meeting with its moments as they are now, should nobody have worked them out yet; not saved."""
    if meeting.next_end is None or meeting.next_end <= now:
        timekeeping.work_out(meeting, changes, now)
    return meeting


def town(place: Place | None) -> str:
    """ "Hamilton, ON": what comes after the street."""
    if not place:
        return ""
    return " ".join(filter(None, (", ".join(filter(None, (place.city, place.region))), place.postal_code)))


def calendar_of(meeting: Meeting, changes: Sequence[listing.DatedChange], asker: Asker) -> list[DateLine]:
    """The next dates, none for what no longer takes place."""
    if meeting.removed_at or meeting.status == Meeting.Status.CLOSED:
        return []
    return dates(meeting, changes, asker)
