"""The finder: one view, which serves the whole page or the block of it that changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.middleware import HtmxDetails

from meetings import plain_map
from meetings.find import Answer, find
from meetings.limits import READS, spend
from meetings.presenting import Row, sections
from meetings.views import links
from meetings.views.filters import filters
from meetings.views.nothing import listed, nothing, online
from meetings.views.refusing import too_many
from meetings.views.state import Visit, visit
from meetings.wording import Asker, clock, distance, number, zone_name
from rules.asking import MOST_LETTERS
from rules.audience import public
from rules.search import Order, Query, When

REACH_KM = 100
"""As far as people travel to a meeting; what is found beyond deserves a word."""

LABELS: Mapping[str, Any] = {
    "near": gettext_lazy("Where you are"),
    "q": gettext_lazy("Words"),
    "radius_km": gettext_lazy("How far"),
    "radius_mi": gettext_lazy("How far"),
    "when": pgettext_lazy("label", "When"),
    "day": gettext_lazy("Day"),
    "from": gettext_lazy("Time of day, from"),
    "to": gettext_lazy("Time of day, to"),
    "attendance": gettext_lazy("How one attends"),
    "fellowship": gettext_lazy("Fellowship"),
    "type": gettext_lazy("Kind of meeting"),
    "type_any": gettext_lazy("Kind of meeting"),
    "language": gettext_lazy("Language"),
    "body": gettext_lazy("Area or service body"),
    "group": gettext_lazy("Group"),
    "order": gettext_lazy("Order"),
    "tz": gettext_lazy("Time zone"),
    "limit": gettext_lazy("How many at once"),
    "cursor": gettext_lazy("Page"),
}


class HtmxRequest(HttpRequest):
    """A request as `HtmxMiddleware` leaves it."""

    htmx: HtmxDetails


@require_safe
@public
@gzip_page
@vary_on_headers("HX-Request", "Cookie", "Accept-Language")
def finder(request: HtmxRequest) -> HttpResponse:
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
    panel = filters(answer.facets, state, asker)
    context: dict[str, Any] = {
        "total": answer.total,
        "tally": tally(answer.total, query, asker),
        "show_button": _show(answer.total, asker),
        "filters": panel,
        "sections": sections(found, asker, by_distance=by_distance),
        "by_distance": by_distance,
        "order_url": _other_order(seen, query, answer, by_distance=by_distance),
        "within": _within(seen, answer),
        "clock_line": _clock_line(seen),
        "zone_line": _zone_line(seen),
        "near_name": _near_name(seen),
        "place_label": asked.place.label if asked.place else "",
        "place_guess": bool(asked.place and not asked.place.exact),
        "anywhere_url": "" if query.near is None or query.attendance else links.anywhere(state),
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
    if answer.total and _is_far(query, answer):
        context |= {"far": _far(query, seen), **online(seen, unless=query)}
    if not found:
        context |= {"nothing": nothing(seen, query, answer, panel)} | online(seen, unless=query)
    return context


def tally(total: int, query: Query, asker: Asker) -> str:
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
    return words[query.when] % {"n": number(total, asker) if total else _("No")}


def _show(total: int, asker: Asker) -> str:
    words = ngettext("Show %(n)s meeting", "Show %(n)s meetings", total)
    return words % {"n": number(total, asker)} if total else _("Find meetings")


def _within(seen: Visit, answer: Answer) -> str:
    place = seen.asked.place
    if not place or not answer.total:
        return ""
    if answer.radius_km is None:
        return _("From anywhere")
    if answer.radius_km > REACH_KM and seen.asked.query and seen.asked.query.radius_km is None:
        return ""
    return _("Within %(distance)s") % {"distance": distance(answer.radius_km, seen.asker)}


def _is_far(query: Query, answer: Answer) -> bool:
    """Whether the circle was widened until it held what nobody would travel to."""
    if query.radius_km is not None or answer.radius_km is None:
        return False
    return any((one["distance_km"] or 0) > REACH_KM for one in answer.meetings)


def _far(query: Query, seen: Visit) -> str:
    reach = distance(REACH_KM, seen.asker)
    words = {
        When.NOW: _(
            "Hardly anything within %(distance)s at this hour. The rest is far away: mind the distance."
        ),
        None: _("Hardly anything within %(distance)s. The rest is far away: mind the distance."),
    }
    return words.get(query.when, words[None]) % {"distance": reach}


def _clock_line(seen: Visit) -> str:
    """ "It is 7:05 pm EDT."."""
    asker = seen.asker
    return _("It is %(time)s.") % {"time": clock(asker.now.astimezone(asker.zone), asker)}


def _zone_line(seen: Visit) -> str:
    """Whose time "tonight" and "in 25 min" go by."""
    asker, place = seen.asker, seen.asked.place
    town = place.label.partition(",")[0] if place else ""
    sources = {
        "asked": _("%(zone)s, as you asked"),
        "device": _("%(zone)s, as on your device"),
        "place": _("%(zone)s, taken from %(place)s"),
        "site": _("%(zone)s, this site’s own"),
    }
    named = zone_name(asker.zone, asker.now, asker)
    return _("Today, tonight and your clock: %(source)s. Meetings in person are told by the clock there.") % {
        "source": sources[seen.zone_from] % {"zone": named, "place": town}
    }


def _near_name(seen: Visit) -> str:
    place = seen.asked.place
    if not place:
        return ""
    if place.kind == "point":
        return _("Your location: near %(place)s.") % {"place": place.label}
    if place.kind in {"town", "region", "country", "zip"}:
        return _("Measured from the middle of %(place)s.") % {"place": place.label}
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
        "map_data": orjson.dumps(plain_map.data(found, you)).decode(),
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
                "name": LABELS.get(name, name),
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
