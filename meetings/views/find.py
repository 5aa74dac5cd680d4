"""The finder: one view, which serves the whole page or the block of it that changes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from meetings import plain_map
from meetings.find import Answer, find
from meetings.limits import READS, spend
from meetings.presenting import Row, sections
from meetings.views import links
from meetings.views.filters import filters
from meetings.views.nothing import listed, nothing, online
from meetings.views.refusing import too_many
from meetings.views.state import Visit, visit
from meetings.wording import clock, distance, zone_name
from rules.asking import MOST_LETTERS
from rules.audience import public
from rules.search import Order, Query, When


@require_safe
@public
@vary_on_headers("HX-Request", "Cookie", "Accept-Language")
def finder(request: HttpRequest) -> HttpResponse:
    """What was asked for, as a list or a map; 400 with the form kept when something is to mend."""
    wait = spend(request, READS, timezone.now())
    if wait:
        return too_many(request, wait)
    seen = visit(request)
    block = bool(request.htmx) and not request.htmx.history_restore_request
    context = _context(seen) | {"block": block}
    status = 400 if seen.asked.errors else 200
    response = render(
        request, "meetings/block.html" if block else "meetings/find.html", context, status=status
    )
    # A block must never be taken for the page; a page is asked for anew, for its times grow old.
    response["Cache-Control"] = "no-store" if block else "private, no-cache"
    return response


def _context(seen: Visit) -> dict[str, Any]:
    """All that page and block share."""
    asked, state = seen.asked, seen.state
    near = state.params.get("near", "").strip()
    context = {
        "here": "find",
        "asked_anything": bool(state.params),
        "near_text": near,
        "near_most": MOST_LETTERS,
        "words": state.params.get("q", ""),
        "errors": asked.errors,
        "zone_shown": seen.asker.zone.key if seen.zone_from != "asked" else "",
        "chips": links.chips(state),
        "query": state.query(),
        "help_query": state.near_only(),
        "others": links.others(state, list(asked.others)),
        "clear_url": state.only("near", "view", "tz", "when", "order"),
    }
    if asked.query is None:
        return context | _without_answer(seen)
    return context | _answered(seen, asked.query)


def _answered(seen: Visit, query: Query) -> dict[str, Any]:
    asked, state, asker = seen.asked, seen.state, seen.asker
    answer = find(query, asker.now)
    found = listed(answer, seen, first=query.offset + 1)
    by_distance = query.order is Order.DISTANCE and answer.radius_km is not None
    as_map = state.params.get("view") == "map"
    pager = links.pager(state, total=answer.total, offset=query.offset, limit=query.limit)
    context = {
        "total": answer.total,
        "tally": tally(answer.total, query),
        "show_button": ngettext("Show %(n)d meeting", "Show %(n)d meetings", answer.total)
        % {"n": answer.total},
        "filters": filters(answer.facets, state, asker),
        "sections": sections(found, asker, by_distance=by_distance),
        "by_distance": by_distance,
        "order_url": _other_order(seen, query, answer, by_distance=by_distance),
        "within": _within(seen, answer),
        "clock_line": _clock_line(seen),
        "near_name": _near_name(seen),
        "place_label": asked.place.label if asked.place else "",
        "place_guess": bool(asked.place and not asked.place.exact),
        "list_url": state.url("view"),
        "map_url": state.url(view="map"),
        "map": as_map,
        "pages": pager.pages,
        "back": pager.back,
        "next": pager.next,
    }
    context["said"] = f"{context['tally']}. {context['within']}"
    if as_map:
        context |= _map(found, seen)
    if not found:
        context |= {"nothing": nothing(seen, query, answer, context["filters"])} | online(seen, unless=query)
    return context


def tally(total: int, query: Query) -> str:
    """ "23 meetings tonight"."""
    words = {
        When.NOW: ngettext(
            "%(n)s meeting now or within the hour", "%(n)s meetings now or within the hour", total
        ),
        When.TODAY: ngettext("%(n)s meeting today", "%(n)s meetings today", total),
        When.TONIGHT: ngettext("%(n)s meeting tonight", "%(n)s meetings tonight", total),
        When.TOMORROW: ngettext("%(n)s meeting tomorrow", "%(n)s meetings tomorrow", total),
        None: ngettext("%(n)s meeting", "%(n)s meetings", total),
    }
    return words[query.when] % {"n": f"{total:,}" if total else _("No")}


def _within(seen: Visit, answer: Answer) -> str:
    place = seen.asked.place
    if not place or not answer.total:
        return ""
    if answer.radius_km is None:
        return _("From anywhere")
    far = distance(answer.radius_km, seen.asker)
    name = _("your location") if place.kind == "point" else place.label
    return _("Within %(distance)s of %(place)s") % {"distance": far, "place": name}


def _clock_line(seen: Visit) -> str:
    """ "It is 7:05 pm. Times are in Eastern time (EDT), as on your device."."""
    asker = seen.asker
    now = asker.now.astimezone(asker.zone)
    named = zone_name(asker.zone, now, asker)
    place = seen.asked.place
    from_where = {
        "asked": _("as you asked"),
        "device": _("as on your device"),
        "place": _("taken from %(place)s") % {"place": place.label.partition(",")[0] if place else ""},
        "site": _("this site’s own"),
    }[seen.zone_from]
    return _("It is %(time)s. Times are in %(zone)s, %(source)s.") % {
        "time": clock(now, asker, zone=False),
        "zone": named,
        "source": from_where,
    }


def _near_name(seen: Visit) -> str:
    place = seen.asked.place
    if not place:
        return ""
    if place.kind == "point":
        return _("Your location: near %(place)s.") % {"place": place.label}
    if place.kind in {"town", "region", "country", "zip"}:
        return _("Measured from the middle of %(place)s. A street makes it more exact.") % {
            "place": place.label
        }
    return ""


def _other_order(seen: Visit, query: Query, answer: Answer, *, by_distance: bool) -> str:
    if query.near is None or answer.radius_km is None or answer.total < 2:
        return ""
    return seen.state.url(order="soonest" if by_distance else "distance")


def _map(found: list[Row], seen: Visit) -> dict[str, Any]:
    place = seen.asked.place
    you = (place.latitude, place.longitude) if place else None
    return {
        "drawing": plain_map.draw(found, you, seen.asker),
        "map_data": plain_map.data(found, you),
        "tiles_url": settings.MAP_TILES_URL,
        "tiles_credit": settings.MAP_TILES_CREDIT,
    }


def _without_answer(seen: Visit) -> dict[str, Any]:
    """Something to mend, or a place nobody knows: the form is kept, and there is a way on."""
    state, errors = seen.state, seen.asked.errors
    context: dict[str, Any] = {
        "unknown_place": seen.asked.unknown_place,
        "filters": filters(None, state, seen.asker),
        "show_button": _("Find meetings"),
    }
    if errors:
        context["to_mend"] = [
            {
                "name": name,
                "value": ", ".join(state.params.getlist(name)),
                "right": right,
                "url": state.url(name),
            }
            for name, right in errors.items()
        ]
        context["said"] = ngettext("One thing to mend.", "%(n)d things to mend.", len(errors)) % {
            "n": len(errors)
        }
        return context
    context["said"] = _("We do not know this place.")
    return context | online(seen)
