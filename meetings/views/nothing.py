"""When a list is empty: what comes nearest to it, and the ways on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from meetings.find import Answer, find
from meetings.models import Fellowship
from meetings.presenting import Row, rows
from meetings.views import links
from meetings.views.filters import Filters
from meetings.views.state import Visit
from meetings.wording import distance
from rules.search import Order, Query, When

ONLINE_ROWS = 3


def listed(answer: Answer, seen: Visit, first: int = 1) -> list[Row]:
    """The answer's meetings as rows. A town that was asked for is not said again in every one."""
    short = dict(Fellowship.objects.values_list("slug", "short_name"))
    place = seen.asked.place
    here = place.label.partition(",")[0] if place and place.kind in {"town", "landmark", "address"} else ""
    return rows(answer.meetings, seen.asker, fellowships=short, first=first, here=here)


@dataclass(frozen=True, slots=True)
class Nothing:
    """What an empty list says, what comes nearest to it, and the ways on."""

    words: str
    rows: list[Row] = field(default_factory=list)
    ways: list[links.Link] = field(default_factory=list)
    chosen: list[links.Link] = field(default_factory=list)


def nothing(seen: Visit, query: Query, answer: Answer, shown: Filters) -> Nothing:
    """ "Nothing within 10 km tonight. Here is the next one, at 14 km." """
    state = seen.state
    chosen = _chosen(seen, shown)
    if query.offset and answer.total:
        return Nothing(
            _("The list is shorter than that now."), ways=[links.Link(_("To its first page"), state.url())]
        )
    if query.near is None or query.radius_km is None:
        ways = [links.Link(_("Any time"), state.url("when", "day", "from", "to"))] if query.when else []
        return Nothing(_("Nothing fits all of that."), ways=ways, chosen=chosen)
    far = distance(query.radius_km, seen.asker)
    wider = find(replace(query, radius_km=None, offset=0, limit=1, facets=False), seen.asker.now)
    when = {
        When.TONIGHT: _("tonight"),
        When.TODAY: _("today"),
        When.TOMORROW: _("tomorrow"),
        When.NOW: _("now"),
    }
    said = _("Nothing within %(distance)s %(when)s.") if query.when else _("Nothing within %(distance)s.")
    words = said % {"distance": far, "when": when.get(query.when, "") if query.when else ""}
    if not wider.meetings:
        return Nothing(words, chosen=chosen)
    nearest = listed(wider, seen)
    ways = [links.Link(_("Look further"), state.url("radius_km", "radius_mi"))]
    return Nothing(
        f"{words} " + _("Here is the next one, at %(distance)s.") % {"distance": nearest[0].away},
        nearest,
        ways,
    )


def _chosen(seen: Visit, shown: Filters) -> list[links.Link]:
    """Each choice that narrows the list, as a link to the list without it."""
    state = seen.state
    ticked = [
        (group.field, one) for group in shown.groups for one in (*group.choices, *group.more) if one.chosen
    ]
    found = [links.Link(one.name, state.without_value(name, one.value)) for name, one in ticked]
    found += [links.Link(one.name, state.url("body")) for one in shown.bodies if one.chosen]
    if words := state.params.get("q"):
        found.append(links.Link(f"“{words}”", state.url("q")))
    if state.params.get("from") or state.params.get("to"):
        found.append(links.Link(_("Time of day"), state.url("from", "to")))
    return found


def online(seen: Visit, unless: Query | None = None) -> dict[str, Any]:
    """The next online meetings of the whole world, for who found nothing else."""
    if unless and unless.attendance == {"online"}:
        return {}
    query = Query(
        attendance=frozenset({"online"}),
        order=Order.SOONEST,
        timezone=seen.asker.zone.key,
        limit=ONLINE_ROWS,
        facets=False,
    )
    return {
        "online_rows": listed(find(query, seen.asker.now), seen),
        "online_url": seen.state.only("tz", attendance="online", order="soonest"),
    }
