"""Help now: one page, whole without script and in one request, for the worst moment."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from babel.core import get_global
from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from meetings.crisis import REGIONS, region_of
from meetings.find import find
from meetings.models import Fellowship
from meetings.presenting import Row, rows
from meetings.views.state import Visit, visit
from rules.audience import public
from rules.search import Order, Query, When

STYLE = (Path(__file__).parent.parent / "templates" / "meetings" / "help_now.css").read_text()
_HASH = f"'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"


@require_safe
@public
@vary_on_headers("Cookie", "Accept-Language")
@csp_update({"style-src": [_HASH]})
def help_now(request: HttpRequest) -> HttpResponse:
    """A breath, one thing to do, the lines of the country, what is on now. Never counted, never refused."""
    seen = visit(request)
    region = region_of(_country(seen))
    near, online = _near(seen), _online(seen)
    context = {
        "style": STYLE,
        "near": near,
        "online": online,
        "on_now": sum(row.on_now for row in (*near, *online)),
        "region": region,
        "others": [other for other in REGIONS if other is not region],
        "query": seen.state.near_only(),
        "find_url": seen.state.only("near", order="soonest"),
    }
    response = render(request, "meetings/help_now.html", context)
    response["Cache-Control"] = "private, no-cache"
    return response


def _country(seen: Visit) -> str:
    """Where the asker is, as far as known: by place, else by the device's zone or language, else the site."""
    place = seen.asked.place
    if place and place.country:
        return place.country
    zones: dict[str, str] = dict(get_global("zone_territories"))
    if seen.zone_from in {"asked", "device"}:
        return zones.get(seen.asker.zone.key, "")
    return seen.asker.locale.territory or zones.get(settings.TIME_ZONE, "")


def _near(seen: Visit) -> list[Row]:
    query = seen.asked.query
    if query is None or query.near is None:
        return []
    return _shown(seen, Query(near=query.near, attendance=frozenset({"in_person", "hybrid"})))


def _online(seen: Visit) -> list[Row]:
    return _shown(seen, Query(attendance=frozenset({"online"})))


def _shown(seen: Visit, query: Query) -> list[Row]:
    zone = seen.asker.zone.key
    asked = Query(
        near=query.near,
        radius_km=25 if query.near else None,
        when=None if query.near else When.NOW,
        attendance=query.attendance,
        order=Order.SOONEST,
        timezone=zone,
        limit=3,
        facets=False,
    )
    short = dict(Fellowship.objects.values_list("slug", "short_name"))
    return rows(find(asked, seen.asker.now).meetings, seen.asker, fellowships=short)
