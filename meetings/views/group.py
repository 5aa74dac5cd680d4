"""A group's own page: who they are, and a week of their meetings."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from meetings import contacts
from meetings.limits import READS, spend
from meetings.models import Group, Meeting
from meetings.schedule import week
from meetings.views.refusing import too_many
from meetings.views.state import asker_at
from rules.audience import public


@require_safe
@public
@vary_on_cookie
@cache_control(private=True, no_cache=True)
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """The group called `slug`; one whose meetings have all gone still says so."""
    now = timezone.now()
    wait = spend(request, READS, now)
    if wait:
        return too_many(request, wait)
    found = get_object_or_404(Group.objects.select_related("fellowship", "body"), slug=slug)
    listed = Meeting.objects.listed(now).filter(group=found).select_related("fellowship", "place")
    context = {
        "here": "find",
        "group": found,
        "week": week(listed, asker_at(request, now), with_place=True),
        "website": contacts.web(found.website),
        "mail": contacts.mail(found.email),
        "tel": contacts.tel(found.phone),
        "body_web": contacts.web(found.body.website) if found.body else "",
    }
    return render(request, "meetings/group.html", context)
