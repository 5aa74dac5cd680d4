"""Links of the find page: quick choices, pages, other places of the name, choices to take away."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from meetings.geocode import GeoPlace
from meetings.views.state import State
from rules.asking import cursor


@dataclass(frozen=True, slots=True)
class Link:
    """Somewhere to go. `chosen`: one is there, and the link leads back out."""

    name: str
    url: str
    key: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A number in the pager, or a gap between numbers."""

    number: int = 0
    url: str = ""
    current: bool = False

    @property
    def gap(self) -> bool:
        return not self.number


@dataclass(frozen=True, slots=True)
class Pager:
    """Numbered pages with a step back and a step on; nothing when all is on one page."""

    pages: tuple[Page, ...] = ()
    back: Link | None = None
    next: Link | None = None


def chips(state: State) -> list[Link]:
    """Now, tonight, online: each adds its choice, or takes it away where it is made."""
    given = state.params
    found = []
    for key, name in (("now", pgettext("when", "Now")), ("tonight", pgettext("when", "Tonight"))):
        chosen = given.get("when") == key
        url = state.url("when") if chosen else state.url("day", "from", "to", when=key, order="soonest")
        found.append(Link(name, url, key, chosen))
    online = given.getlist("attendance") == ["online"]
    url = state.url("attendance") if online else state.url(attendance="online", order="soonest")
    return [*found, Link(pgettext("how", "Online"), url, "online", online)]


def pager(state: State, *, total: int, offset: int, limit: int) -> Pager:
    """The first, the last, and those around the page one is on."""
    last = ceil(total / limit)
    here = offset // limit + 1
    if last < 2 and not offset:
        return Pager()

    def url(number: int) -> str:
        first = (number - 1) * limit
        return state.url(cursor=cursor(first) if first else None)

    shown = sorted({number for number in (1, here - 1, here, here + 1, last) if 1 <= number <= max(last, 1)})
    pages: list[Page] = []
    for number in shown:
        if pages and number - pages[-1].number > 1:
            pages.append(Page())
        pages.append(Page(number, url(number), number == here))
    left = total - offset - limit
    return Pager(
        tuple(pages),
        Link(_("Back"), url(here - 1)) if here > 1 else None,
        Link(ngettext("Next %(n)d", "Next %(n)d", left) % {"n": min(left, limit)}, url(here + 1))
        if left > 0
        else None,
    )


def anywhere(state: State) -> str:
    """Online meetings of the whole world, soonest first, with the same wishes otherwise."""
    return state.url("near", "radius_km", "radius_mi", "view", attendance="online", order="soonest")


def others(state: State, places: list[GeoPlace]) -> list[Link]:
    """Places of the same or a like name."""
    return [Link(place.label, state.url(near=place.label)) for place in places[:6]]
