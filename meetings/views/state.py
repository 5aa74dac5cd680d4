"""The address is the page's state: links that change one thing in it, and who is asking."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation.trans_real import parse_accept_lang_header

from meetings.asking import Asked, ask
from meetings.wording import Asker
from rules.zones import is_zone, zone

PLACELESS = ("cursor",)
"""What belongs to one page of an answer, and is dropped when the question changes."""


class State:
    """The find parameters of an address, and addresses that differ from it in something."""

    def __init__(self, params: QueryDict) -> None:
        self.params = params

    def url(self, *without: str, **changed: str | Iterable[str] | None) -> str:
        """The finder's address with these parameters instead, and on its first page.

        A name with a trailing underscore stands for the one without (`from_`); None takes it out.
        """
        query = self.params.copy()
        for name in (*PLACELESS, *without):
            query.pop(name, None)
        for name, value in changed.items():
            query.pop(name.rstrip("_"), None)
            if value is not None:
                query.setlist(name.rstrip("_"), [value] if isinstance(value, str) else list(value))
        return _address(query)

    def only(self, *kept: str, **changed: str | Iterable[str] | None) -> str:
        """The address with these parameters alone, and with what is changed."""
        return self.url(*(set(self.params) - set(kept)), **changed)

    def near_only(self) -> str:
        """ "?near=Brooklyn" or nothing: what the help page needs of it."""
        return self.only("near").removeprefix(reverse("find"))

    def without_value(self, name: str, value: str) -> str:
        """The address with one of a parameter's values taken away."""
        return self.url(**{f"{name}_": [other for other in self.params.getlist(name) if other != value]})

    def hidden(self, shown: Iterable[str]) -> list[tuple[str, str]]:
        """What a form must carry along because no field of it shows it."""
        kept = set(self.params) - set(shown) - set(PLACELESS)
        return [(name, value) for name in sorted(kept) for value in self.params.getlist(name) if value]

    def query(self) -> str:
        """ "?near=Brooklyn", or nothing: to be put after the address of a page reached from here."""
        return _address(self.params).removeprefix(reverse("find"))


def _address(query: QueryDict) -> str:
    full = QueryDict(mutable=True)
    for name, values in query.lists():
        if kept := [value for value in values if value]:
            full.setlist(name, kept)
    return reverse("find") + (f"?{full.urlencode(safe=',:')}" if full else "")


@dataclass(frozen=True, slots=True)
class Visit:
    """One request to a page that speaks of times and places: what was asked, and by whom.

    `zone_from`: the zone was "asked" for, is the "device"'s, that of the "place", or the "site"'s.
    """

    state: State
    asked: Asked
    asker: Asker
    zone_from: str

    def moved(self, home: ZoneInfo) -> Visit:
        """The same visit, with times as they are told in `home`."""
        return replace(self, asker=replace(self.asker, zone=home), zone_from="place")


def visit(request: HttpRequest) -> Visit:
    """Understand a request: its parameters, and the device's zone where it has told us."""
    now = timezone.now().astimezone(UTC).replace(second=0, microsecond=0)
    device = device_zone(request)
    params = request.GET.copy()
    told = device and not params.get("tz")
    if told:
        params["tz"] = device
    locale = locale_of(request)
    language = str(locale).replace("_", "-")
    asked = ask(params, now=now, default_zone=device or settings.TIME_ZONE, language=language)
    asker = Asker(locale, zone(asked.zone), now, asked.miles)
    return Visit(State(request.GET), asked, asker, "device" if told else asked.zone_from)


def device_zone(request: HttpRequest) -> str:
    """The zone that the device's own script wrote down; "" if it did not, or wrote nonsense."""
    said = unquote(request.COOKIES.get("tz", ""))
    return said if is_zone(said) else ""


def locale_of(request: HttpRequest) -> Locale:
    """The page's language, with the region (for clocks and units) that the browser gives with it."""
    language = (get_language() or "en").partition("-")[0]
    for said, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()):
        if said.partition("-")[0] == language:
            try:
                return Locale.parse(said, sep="-")
            except (ValueError, UnknownLocaleError):
                continue
    return Locale(language)


def asker_at(request: HttpRequest, now: datetime) -> Asker:
    """The asker of a page that answers no question."""
    return Asker(locale_of(request), zone(device_zone(request) or settings.TIME_ZONE), now)
