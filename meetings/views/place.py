"""A place's own page: where it is, and a week of what meets there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from meetings import contacts, plain_map
from meetings.limits import READS, spend
from meetings.meeting_page import town
from meetings.models import Meeting, Place
from meetings.schedule import week
from meetings.views.refusing import too_many
from meetings.views.state import asker_at
from rules.audience import public


def _spot(found: Place) -> tuple[float, float] | None:
    """Where the pin goes; None where it is a guess, for a pin says: here it is."""
    if found.latitude is None or found.longitude is None or found.approximate:
        return None
    return found.latitude, found.longitude


@require_safe
@public
@vary_on_cookie
@cache_control(private=True, no_cache=True)
def place(request: HttpRequest, slug: str) -> HttpResponse:
    """The place called `slug`. Online meetings that are only based there do not meet there."""
    now = timezone.now()
    wait = spend(request, READS, now)
    if wait:
        return too_many(request, wait)
    found = get_object_or_404(Place, slug=slug)
    listed = Meeting.objects.listed(now).filter(place=found).exclude(attendance="online")
    asker = asker_at(request, now)
    spot = _spot(found)
    context = {
        "here": "find",
        "place": found,
        "town": town(found),
        "week": week(listed.select_related("fellowship"), asker, with_place=False),
        "drawing": plain_map.draw_one(spot, str(found), asker) if spot else None,
        "directions": contacts.directions(found),
    }
    return render(request, "meetings/place.html", context)
