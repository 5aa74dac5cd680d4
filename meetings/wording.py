"""Times, dates, distances and ages in words, for one asker: their language, zone, units and moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time, get_timezone_name
from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

GRACE = timedelta(minutes=10)
"""How late one may walk in and still count as in time."""

STALE_DAYS = 183
"""From about half a year on, a listing that nobody confirmed is worth a call ahead."""

KM_A_MILE = 1.609344


@dataclass(frozen=True, slots=True)
class Asker:
    """Through whose eyes times and distances are told. `now` is on the whole minute."""

    locale: Locale
    zone: ZoneInfo
    now: datetime
    miles: bool = False

    @property
    def today(self) -> date:
        """The asker's civil day."""
        return self.now.astimezone(self.zone).date()


class Clock(NamedTuple):
    """A time of day in two voices: the figures, and what goes after them ("pm EDT")."""

    figures: str
    rest: str

    def __str__(self) -> str:
        return f"{self.figures} {self.rest}".rstrip()


def clock(at: datetime, asker: Asker, *, zone: bool = True) -> Clock:
    """The wall time of `at` in its own zone, by 12 or 24 hours as the locale has it."""
    parts = [abbreviation(at)] if zone else []
    if not has_half_days(asker.locale):
        return Clock(format_time(at, "HH:mm", locale=asker.locale), " ".join(parts))
    half = format_time(at, "a", locale=asker.locale)
    if asker.locale.language == "en":
        half = half.replace(".", "").lower()
    return Clock(format_time(at, "h:mm", locale=asker.locale), " ".join([half, *parts]))


def has_half_days(locale: Locale) -> bool:
    """Whether people there say "7:30 pm" rather than "19:30"."""
    return "a" in str(locale.time_formats["short"].pattern)


def abbreviation(at: datetime) -> str:
    """What people call the zone at that moment: "EDT"; where there is no such name, "UTC+5:45"."""
    name = at.tzname() or "UTC"
    if name[0] not in "+-":
        return name
    return f"UTC{name[:3].replace('+0', '+').replace('-0', '-')}{':' + name[3:] if name[3:] else ''}"


def span(start: datetime, end: datetime, asker: Asker) -> str:
    """ "7:30 to 8:30 pm": from when to when, the half of the day said once if it is the same."""
    first, last = clock(start, asker, zone=False), clock(end, asker, zone=False)
    opening = first.figures if first.rest == last.rest else str(first)
    return _("%(start)s to %(end)s") % {"start": opening, "end": last}


def zone_name(zone: ZoneInfo, at: datetime, asker: Asker) -> str:
    """ "Eastern time (EDT)": a zone as people say it, with its short name at that moment."""
    name = get_timezone_name(zone, locale=Locale(asker.locale.language)).replace(" Time", " time")
    short = abbreviation(at.astimezone(zone))
    if short in name or zone.key in {"UTC", "Etc/UTC"}:
        return short
    return _("%(name)s (%(short)s)") % {"name": name, "short": short}


def lasting(minutes: int) -> str:
    """ "25 min", "1 h 25 min", "2 h"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)d min") % {"minutes": rest}
    if not rest:
        return _("%(hours)d h") % {"hours": hours}
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}


def relative(start: datetime, end: datetime, asker: Asker) -> str:
    """When, seen from now: "5 min ago", "in 1 h 25 min", "tomorrow", "Thursday", "20 Oct"."""
    minutes = ceil((start - asker.now) / timedelta(minutes=1))
    if minutes <= 0:
        if end <= asker.now:
            return _("over")
        return _("just starting") if not minutes else _("%(time)s ago") % {"time": lasting(-minutes)}
    if 3 * 60 <= minutes < 12 * 60:
        return _("in %(time)s") % {"time": lasting(minutes - minutes % 60)}
    if minutes < 3 * 60:
        return _("in %(time)s") % {"time": lasting(minutes)}
    return near_day(start.astimezone(asker.zone).date(), asker)


def near_day(on: date, asker: Asker) -> str:
    """ "today", "tomorrow", "Thursday" within the week, else "20 Oct"."""
    days = (on - asker.today).days
    if days in (0, 1):
        return _("tomorrow") if days else _("today")
    if 1 < days < 7:
        return format_date(on, "EEEE", locale=asker.locale)
    return short_day(on, asker)


def short_day(on: date, asker: Asker) -> str:
    """ "20 Oct", with the year where one might wonder."""
    same = abs((on - asker.today).days) < 180
    pattern = pgettext("date pattern", "d MMM") if same else pgettext("date pattern", "d MMM y")
    return format_date(on, pattern, locale=asker.locale)


def weekday(on: date, asker: Asker) -> str:
    """ "Tuesday"."""
    return format_date(on, "EEEE", locale=asker.locale)


def full_day(on: date, asker: Asker) -> str:
    """ "Tuesday 20 October", with the year if it is not this one."""
    same = on.year == asker.today.year
    pattern = pgettext("date pattern", "EEEE d MMMM") if same else pgettext("date pattern", "EEEE d MMMM y")
    return format_date(on, pattern, locale=asker.locale)


def paper_day(on: date, asker: Asker) -> str:
    """ "Tue 20 Oct": a day that stays true on paper."""
    return format_date(on, pgettext("date pattern", "EEE d MMM"), locale=asker.locale)


def day_heading(on: date, asker: Asker) -> str:
    """A day above a list: "Tomorrow, Wednesday 7 October"."""
    days = (on - asker.today).days
    full = full_day(on, asker)
    if days == 0:
        return _("Today, %(day)s") % {"day": full}
    return _("Tomorrow, %(day)s") % {"day": full} if days == 1 else full


def part_of_day(at: datetime, asker: Asker) -> str:
    """The day of a meeting as one would say it: "Tonight", "Today", "Tomorrow", "Tuesday 20 October"."""
    local = at.astimezone(asker.zone)
    days = (local.date() - asker.today).days
    if days == 0:
        return _("Tonight") if local.hour >= 17 else _("Today")
    return _("Tomorrow") if days == 1 else full_day(local.date(), asker)


def distance(km: float, asker: Asker) -> str:
    """ "0.4 km" or "0.2 mi": one decimal under ten, whole numbers beyond."""
    size = km / KM_A_MILE if asker.miles else km
    figures = format_decimal(max(size, 0.1), "0.#" if size < 9.95 else "#,##0", locale=asker.locale)
    unit = _("%(number)s mi") if asker.miles else _("%(number)s km")
    return unit % {"number": figures}


def number(count: int, asker: Asker) -> str:
    """A whole number as people there write it."""
    return str(format_decimal(count, locale=asker.locale))


def age(since: date, asker: Asker) -> str:
    """How long ago, as one would say it: "9 days", "3 weeks", "7 months", "2 years"."""
    days = max((asker.today - since).days, 0)
    if days < 14:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    if days < 30:
        return ngettext("%(n)d week", "%(n)d weeks", days // 7) % {"n": days // 7}
    if days < 730:
        months = round(days / 30.44)
        return ngettext("%(n)d month", "%(n)d months", months) % {"n": months}
    return ngettext("%(n)d year", "%(n)d years", days // 365) % {"n": days // 365}


class Freshness(NamedTuple):
    """How far a listing may be trusted, in words; `old` = call ahead."""

    text: str
    old: bool


def freshness(confirmed: datetime | None, updated: datetime | None, asker: Asker) -> Freshness:
    """From when somebody last stood by the listing; failing that, from when it last changed."""
    when = confirmed or updated
    if when is None:
        return Freshness(_("Never confirmed. Call ahead if you can."), True)
    since = when.astimezone(asker.zone).date()
    days = (asker.today - since).days
    if days >= STALE_DAYS:
        words = _("Not confirmed for %(age)s.") if confirmed else _("Not updated for %(age)s.")
        return Freshness(words % {"age": age(since, asker)} + " " + _("Call ahead if you can."), True)
    if days <= 0:
        return Freshness(_("Confirmed today") if confirmed else _("As published today"), False)
    words = _("Confirmed %(age)s ago") if confirmed else _("As published %(age)s ago")
    return Freshness(words % {"age": age(since, asker)}, False)
