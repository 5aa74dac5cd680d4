"""One meeting's own page, and its join details on a tap."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_cookie

from meetings import contacts
from meetings import meeting_page as page
from meetings.find import find
from meetings.limits import JOIN_DETAILS, READS, spend
from meetings.models import Fellowship, Meeting
from meetings.presenting import Row, rows, spoken
from meetings.publishing import structured
from meetings.views.refusing import too_many
from meetings.views.sending import root_of
from meetings.views.state import Visit, visit
from rules.audience import public
from rules.search import Order, Point, Query
from rules.zones import zone


@require_safe
@public
@vary_on_cookie
@cache_control(private=True, no_cache=True)
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """The meeting called `slug`; 410 with what is near once it has been taken out."""
    wait = spend(request, READS, timezone.now())
    if wait:
        return too_many(request, wait)
    found = get_object_or_404(Meeting.objects.with_context(), slug=slug)
    context = _context(request, found)
    return render(request, "meetings/meeting.html", context, status=410 if found.removed_at else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@public
@never_cache
@csrf_exempt  # Changes nothing and knows nobody: a visitor needs no cookie to read a link.
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """The meeting's page with its link, passcode and dial-in: shown to a tap, counted against harvesters."""
    found = get_object_or_404(Meeting.objects.with_context(), slug=slug)
    if request.method != "POST" or found.removed_at or found.status == Meeting.Status.CLOSED:
        return redirect(f"{found.get_absolute_url()}#join")
    wait = spend(request, JOIN_DETAILS, timezone.now())
    if wait:
        return too_many(request, wait)
    response = render(
        request, "meetings/meeting.html", _context(request, found) | {"joining": contacts.joining(found)}
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def _context(request: HttpRequest, found: Meeting) -> dict[str, Any]:
    seen = _at_home(visit(request), found)
    asker, here = seen.asker, seen.asked.query.near if seen.asked.query else None
    changes = page.changes_of(found)
    page.brought_up(found, changes, asker.now)
    lines = page.calendar_of(found, changes, asker)
    notices = page.notices(found, lines, asker)
    quiet = any(notice.grave for notice in notices)
    types = page.types_of(found)
    icon, attendance = page.badge(found)
    return {
        "here": "find",
        "meeting": found,
        "lang": spoken(page.languages(types), asker),
        "zone_shown": asker.zone.key,
        "icon": icon,
        "attendance": attendance,
        "when": None if quiet else page.next_time(found, asker),
        "starts_in": "" if quiet else page.starts_in(found, asker),
        "way": page.way(found, here, asker),
        "notices": notices,
        "grave": quiet,
        "expect": page.expect(types, asker),
        "town": page.town(found.place),
        "directions": contacts.directions(found.place)
        if found.place and found.attendance != "online"
        else None,
        "structured": "" if quiet or found.removed_at else structured(found, root_of(request)),
        "has_online": bool(found.online_url or found.online_phone) and not found.removed_at,
        "dates": [] if found.removed_at else lines,
        "also_here": page.also_here(found, asker),
        "same_group": page.same_group(found, asker),
        "fresh": page.trust(found, asker),
        "body_web": contacts.web(found.body.website) if found.body else "",
        "body_tel": contacts.tel(found.body.phone) if found.body else "",
        "instead": _near(found, seen) if quiet else [],
        "back_url": reverse("find") + seen.state.query(),
        "query": seen.state.query(),
        "came_from_list": bool(request.GET),
    }


def _at_home(seen: Visit, found: Meeting) -> Visit:
    """Where nobody told a zone, times are the meeting's own."""
    if seen.zone_from in {"asked", "device"}:
        return seen
    return seen.moved(zone(found.timezone))


def _near(resting: Meeting, seen: Visit) -> list[Row]:
    """The next meetings round about (online ones for an online meeting), for one that does not meet."""
    spot = None
    if resting.latitude is not None and resting.longitude is not None and resting.attendance != "online":
        spot = Point(resting.latitude, resting.longitude)
    query = Query(
        near=spot,
        attendance=frozenset() if spot else frozenset({"online"}),
        order=Order.SOONEST,
        timezone=seen.asker.zone.key,
        limit=5,
        facets=False,
    )
    short = dict(Fellowship.objects.values_list("slug", "short_name"))
    found = rows(find(query, seen.asker.now).meetings, seen.asker, fellowships=short)
    # Measured from the meeting, not from the asker: whether they can make it, nobody knows.
    return [replace(row, way="", in_time=False) for row in found]
