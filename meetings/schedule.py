"""A meeting's own calendar in words: its rhythm, its next dates and what becomes of them, a week's list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from babel.dates import get_day_names
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings import timekeeping
from meetings.models import Meeting
from meetings.wording import Asker, Clock, clock, full_day, near_day, short_day, weekday
from rules import listing
from rules.listing import Deviation
from rules.recurrence import CalendarDate, calendar
from rules.zones import zone as zone_called

LINES = 6
"""How many dates a page shows."""

Changes = Sequence[listing.DatedChange]


@dataclass(frozen=True, slots=True)
class DateLine:
    """One date of the calendar. `struck`: no meeting then."""

    on: date
    day: str
    weekday: str
    time: str
    mine: str
    soon: str
    words: str
    struck: bool
    deviation: str


@dataclass(frozen=True, slots=True)
class WeekLine:
    """One meeting in a week's timetable."""

    clock: Clock | None
    name: str
    url: str
    rhythm: str
    fellowship: str
    attendance: str
    where: str


def day_name(number: int, asker: Asker) -> str:
    """The weekday of a slot, 0 being Sunday."""
    return str(get_day_names("wide", locale=asker.locale)[(number - 1) % 7])


def rhythm(slot: listing.Slot | None, asker: Asker) -> str:
    """ "Every Tuesday", "Every 2 weeks on Tuesday", "The first and last Saturday of the month"."""
    if slot is None:
        return _("By appointment")
    day, rule = day_name(slot.weekday, asker), slot.recurrence
    if rule.nth:
        names = {1: _("first"), 2: _("second"), 3: _("third"), 4: _("fourth"), 5: _("fifth"), -1: _("last")}
        return _("The %(which)s %(day)s of the month") % {
            "which": joined([str(names[nth]) for nth in rule.nth]),
            "day": day,
        }
    if rule.every == 1:
        return _("Every %(day)s") % {"day": day}
    return ngettext("Every %(n)d week on %(day)s", "Every %(n)d weeks on %(day)s", rule.every) % {
        "n": rule.every,
        "day": day,
    }


def joined(words: Sequence[str]) -> str:
    """ "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return _("%(most)s and %(last)s") % {"most": ", ".join(words[:-1]), "last": words[-1]}


def dates(meeting: Meeting, changes: Changes, asker: Asker) -> list[DateLine]:
    """The next dates, with closures, moves, extra dates and changes of clocks; those in a pause left out."""
    slot = timekeeping.slot_of(meeting)
    if slot is None:
        return []
    zone = zone_called(meeting.timezone)
    today = asker.now.astimezone(zone).date()
    since = max(today, meeting.paused_until) if meeting.status == "paused" and meeting.paused_until else today
    planned = [
        line
        for line in calendar(slot, meeting.timezone, changes, since, 2 * LINES)
        if not (line.end and line.end <= asker.now) and not _in_pause(line, meeting)
    ]
    before = [since, *(line.on for line in planned)]
    lines = [_line(line, old, zone, asker) for line, old in zip(planned, before, strict=False)]
    return lines[:LINES]


def _in_pause(line: CalendarDate, meeting: Meeting) -> bool:
    if meeting.quiet_from is None or line.start is None:
        return False
    return meeting.quiet_from <= line.start and (
        meeting.quiet_until is None or line.start < meeting.quiet_until
    )


def _line(line: CalendarDate, before: date, zone: ZoneInfo, asker: Asker) -> DateLine:
    local = line.start.astimezone(zone) if line.start else None
    shown = local.date() if local else line.on
    what, note = _what(line, shown, asker), line.note and line.note.rstrip(".") + "."
    words = [note] if note.startswith(what.rstrip(".")) else [what, note]
    if line.clock_change:
        words.append(_clocks(before, line.on, zone, asker))
    away = local and local.astimezone(asker.zone).utcoffset() != local.utcoffset()
    return DateLine(
        on=shown,
        day=short_day(shown, asker),
        weekday=weekday(shown, asker),
        time=str(clock(local, asker)) if local else "",
        mine=str(clock(local.astimezone(asker.zone), asker)) if local and away else "",
        soon=near_day(shown, asker) if local and (shown - asker.today).days in (0, 1) else "",
        words=" ".join(filter(None, words)),
        struck=local is None,
        deviation=str(line.deviation or ""),
    )


def _what(line: CalendarDate, shown: date, asker: Asker) -> str:
    if line.deviation == Deviation.CLOSED or line.start is None:
        return _("No meeting.")
    if line.deviation == Deviation.EXTRA:
        return _("An extra date.")
    if line.deviation != Deviation.MOVED:
        return ""
    if shown == line.on:
        return _("At another time than usual.")
    return _("Instead of %(day)s.") % {"day": full_day(line.on, asker)}


def _clocks(since: date, until: date, zone: ZoneInfo, asker: Asker) -> str:
    """ "Clocks go back on 1 November.": the first change between two dates."""
    days = [since + timedelta(days=n) for n in range((until - since).days + 2)]
    offsets = [datetime(day.year, day.month, day.day, tzinfo=zone).utcoffset() for day in days]
    for (day, old), (_next, new) in pairwise(zip(days, offsets, strict=True)):
        if old is not None and new is not None and old != new:
            words = _("Clocks go back on %(day)s.") if new < old else _("Clocks go forward on %(day)s.")
            return words % {"day": short_day(day, asker)}
    return ""


def week(meetings: Iterable[Meeting], asker: Asker, *, with_place: bool) -> list[tuple[str, list[WeekLine]]]:
    """A week's timetable: (day, its meetings by time), Monday first, those by appointment last."""
    ordered = sorted(
        meetings,
        key=lambda one: (one.weekday is None, ((one.weekday or 0) - 1) % 7, one.start or 0, one.name),
    )
    days: dict[str, list[WeekLine]] = {}
    for one in ordered:
        day = _("By appointment") if one.weekday is None else day_name(one.weekday, asker)
        days.setdefault(day, []).append(_week_line(one, asker, with_place=with_place))
    return list(days.items())


def _week_line(one: Meeting, asker: Asker, *, with_place: bool) -> WeekLine:
    slot = timekeeping.slot_of(one)
    regular = slot and slot.recurrence.every == 1 and not slot.recurrence.nth
    place = one.place if with_place and one.attendance != "online" else None
    return WeekLine(
        clock=usual_clock(one, asker),
        name=one.name,
        url=one.get_absolute_url(),
        rhythm="" if regular or slot is None else rhythm(slot, asker),
        fellowship=one.fellowship.short_name,
        attendance=one.attendance,
        where=", ".join(filter(None, (place.name, place.street, place.city))) if place else "",
    )


def usual_clock(one: Meeting, asker: Asker) -> Clock | None:
    """The wall time of the slot on its next date, or today where there is none."""
    if one.start is None:
        return None
    zone = zone_called(one.timezone)
    day = (one.next_start or asker.now).astimezone(zone).date()
    return clock(datetime.combine(day, timekeeping.clock(one.start), zone), asker)
