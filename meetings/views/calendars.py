"""Calendars to subscribe to or to save: of one meeting, of a group, of a search."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from meetings import exporting, publishing
from meetings.asking import ask
from meetings.exporting import Published
from meetings.feeds import ical
from meetings.models import Group, Meeting
from meetings.problems import problem
from meetings.views.feeds import bad, found, too_often
from meetings.views.sending import root_of, send, unchanged
from rules.audience import public
from rules.search import Query

CALENDAR = "text/calendar; charset=utf-8"
USUAL_ALARM = 30
DAY = 24 * 60


@require_safe
@public
@gzip_page
def search(request: HttpRequest) -> HttpResponseBase:
    """All meetings that the find parameters ask for; without an alarm, unless one is asked for."""
    now = timezone.now()
    asked = ask(request.GET, now=now, default_zone=settings.TIME_ZONE, language=get_language() or "en")
    style, errors = _style(request, None)
    refused = _refusal(request, now, asked.errors | errors)
    return refused or _send(request, found(request, asked, now), now, style)


@require_safe
@public
@gzip_page
def group(request: HttpRequest, slug: str) -> HttpResponseBase:
    """All meetings of a group."""
    now = timezone.now()
    of = get_object_or_404(Group, slug=slug)
    style, errors = _style(request, USUAL_ALARM, of.name)
    refused = _refusal(request, now, errors)
    return refused or _send(request, exporting.every(Query(group=of.slug), now), now, style)


@require_safe
@public
def meeting(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One meeting's series, or the one date that `on` names. Off the list, the calendar is empty."""
    now = timezone.now()
    of = get_object_or_404(Meeting, slug=slug)
    style, errors = _style(request, USUAL_ALARM, of.name)
    on, wrong = _date(request.GET.get("on", ""))
    refused = _refusal(request, now, errors | wrong)
    if refused:
        return refused
    told = [] if of.removed_at else list(exporting.of([of.pk]))
    return _send(request, told, now, style) if on is None else _one_date(request, told, on, style)


def _one_date(request: HttpRequest, told: list[Published], on: date, style: ical.Style) -> HttpResponseBase:
    site = publishing.site(root_of(request), in_words=True)
    pieces = ical.date_pieces(told[0], on, site, style) if told else None
    if pieces is None:
        return problem(404, "no_such_date", _("It does not meet on that date."))
    return send(request, pieces, CALENDAR, filename="" if style.neutral else "meeting.ics")


def _send(
    request: HttpRequest, told: Iterable[Published], now: datetime, style: ical.Style
) -> HttpResponseBase:
    site = publishing.site(root_of(request), in_words=True)
    return send(request, ical.pieces(told, site, now, style), CALENDAR)


def _refusal(request: HttpRequest, now: datetime, errors: dict[str, str]) -> HttpResponseBase | None:
    """Why no calendar is sent; 304 is one of the reasons."""
    refused = too_often(request, now)
    if refused or errors:
        return refused or bad(errors)
    return unchanged(request, now, hangs_on_now=bool(request.GET.get("when")))


def _style(request: HttpRequest, alarm: int | None, name: str = "") -> tuple[ical.Style, dict[str, str]]:
    neutral, minutes = request.GET.get("neutral", ""), request.GET.get("alarm", "")
    errors = {}
    if neutral not in {"", "0", "1"}:
        errors["neutral"] = _("1 for a calendar that tells nothing, else 0.")
    if not re.fullmatch("[0-9]{0,4}|none", minutes, re.ASCII) or (minutes.isdecimal() and int(minutes) > DAY):
        errors["alarm"] = _("Minutes before the start, 0 to 1440, or none.")
    if not errors and minutes:
        alarm = None if minutes == "none" else int(minutes)
    return ical.Style(publishing.calendar_words(name), neutral=neutral == "1", alarm=alarm), errors


def _date(text: str) -> tuple[date | None, dict[str, str]]:
    if not text:
        return None, {}
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII):
            raise ValueError(text)
        found_date = date.fromisoformat(text)
    except ValueError:
        return None, {"on": _("A date as 2026-12-24.")}
    return found_date, {}
