"""Why a meeting is not in the Meeting Guide feed: for who keeps a list and misses one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from meetings import asking, exporting
from meetings.exporting import Published
from meetings.feeds.meeting_guide_out import Reason
from meetings.feeds.meeting_guide_out import why_not as reason_of
from meetings.lexicon import lexicon
from meetings.limits import READS, spend
from meetings.models import Fellowship, ListingsVersion, Meeting
from meetings.views.refusing import too_many
from rules.audience import public

MOST_SHOWN = 200
"""Of one reason; how many more there are is said."""

TITLES: Mapping[Reason, str | Promise] = {
    Reason.PAUSED: _("Paused"),
    Reason.NOT_WEEKLY: _("Not every week"),
    Reason.NO_PLACE: _("No place"),
    Reason.UNKNOWN_SERVICE: _("A link that readers do not know"),
    Reason.NO_WAY_IN: _("No way to join"),
    Reason.CLOSED: _("Closed"),
}
WORDS: Mapping[Reason, str | Promise] = {
    Reason.PAUSED: _("It does not meet at present. It comes back into the feed on the day it is back."),
    Reason.NOT_WEEKLY: _("The format knows weekly meetings only. Our pages, API and calendars have it."),
    Reason.NO_PLACE: _("It meets in person, but nobody has said where. Add its address."),
    Reason.UNKNOWN_SERVICE: _(
        "It is online at an address that readers of the feed do not take for a meeting. "
        "Add a place, a phone number to dial in, or a link of a service they know."
    ),
    Reason.NO_WAY_IN: _(
        "It is online, but there is no link, no phone number of ten digits or more, and no place. Add one."
    ),
    Reason.CLOSED: _("It is no longer held. Its page says so."),
}


@dataclass(frozen=True, slots=True)
class Missing:
    """The meetings left out for one reason."""

    title: str | Promise
    words: str | Promise
    shown: list[Published]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.shown)


@require_safe
@public
@cache_control(private=True, no_cache=True)
def why_not(request: HttpRequest) -> HttpResponse:
    """All meetings that the feed leaves out, by reason; `fellowship` and `body` as for the feed."""
    now = timezone.now()
    wait = spend(request, READS, now)
    if wait:
        return too_many(request, wait)
    values, errors = asking.read(request.GET, {"fellowship", "body"})
    slugs = values.get("fellowship") or frozenset(settings.MEETING_GUIDE_FELLOWSHIPS)
    asked = _suspects(slugs, values.get("body", ""), now)
    missing = [] if errors else _by_reason(asked, now)
    context = {
        "missing": missing,
        "errors": errors,
        "total": sum(one.count for one in missing),
        "query": f"?{request.GET.urlencode()}" if request.GET else "",
        "others": Fellowship.objects.exclude(slug__in=slugs).filter(meetings__listed=True).distinct(),
        "fellowships": Fellowship.objects.filter(slug__in=slugs),
    }
    return render(request, "meetings/why_not.html", context, status=400 if errors else 200)


def _suspects(slugs: frozenset[str], body: str, now: datetime) -> QuerySet[Meeting]:
    """All that may be left out, and hardly any other: so that not every meeting is looked at."""
    paused = Q(quiet_from__lte=now) & (Q(quiet_until__isnull=True) | Q(quiet_until__gt=now))
    irregular = Q(every__gt=1) | ~Q(nth="")
    townless = Q(attendance="online", place__city="", place__region="")
    found = Meeting.objects.kept().filter(fellowship__slug__in=slugs)
    if body:
        found = found.filter(body__in=lexicon(ListingsVersion.current()).below(body))
    return found.filter(Q(listed=False) | paused | irregular | Q(place__isnull=True) | townless)


def _by_reason(suspects: QuerySet[Meeting], now: datetime) -> list[Missing]:
    shown: dict[Reason, list[Published]] = defaultdict(list)
    counts: dict[Reason, int] = defaultdict(int)
    for reason, one in _judged(suspects, now):
        counts[reason] += 1
        if counts[reason] <= MOST_SHOWN:
            shown[reason].append(one)
    return [Missing(TITLES[one], WORDS[one], shown[one], counts[one]) for one in TITLES if counts[one]]


def _judged(suspects: QuerySet[Meeting], now: datetime) -> Iterator[tuple[Reason, Published]]:
    ids = suspects.order_by("name", "pk").values_list("pk", flat=True)
    for one in exporting.of(ids):
        reason = reason_of(one, now)
        if reason:
            yield reason, one
