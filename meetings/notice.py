"""The one sentence a site with invented or old data shows everywhere."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from meetings.feeds.marking import is_marked
from meetings.models import Origin, Source

SENTENCE = _("Invented data: do not travel to these")

# The generator's own, and feeds of sites that hold invented data among others.
_INVENTED = Q(kind=Source.Kind.SAMPLE) | Q(extra__invented=True)


def needed() -> bool:
    """Whether the sentence must stand on every page, print, feed and notice."""
    if settings.INVENTED_DATA_NOTICE == "auto":
        invented = Origin.objects.filter(source__in=Source.objects.filter(_INVENTED))
        return invented.filter(meeting__removed_at__isnull=True).exists()
    return bool(settings.INVENTED_DATA_NOTICE == "on")


def invented(sources: Mapping[int, int | None]) -> set[int]:
    """Those of these meetings, {id: id of its source}, beside which the sentence must stand."""
    if settings.INVENTED_DATA_NOTICE != "auto":
        return set(sources) if settings.INVENTED_DATA_NOTICE == "on" else set()
    kinds = dict(Source.objects.filter(_INVENTED).values_list("pk", "kind"))
    wholly = {pk for pk, source in sources.items() if kinds.get(source or 0) == Source.Kind.SAMPLE}
    partly = [pk for pk, source in sources.items() if source in kinds and pk not in wholly]
    rows = Origin.objects.filter(meeting__in=partly).values_list("meeting_id", "extra") if partly else ()
    return wholly | {pk for pk, extra in rows if is_marked(extra)}


def context(request: HttpRequest) -> dict[str, Any]:
    """For templates: `invented_notice` is the sentence, or None."""
    return {"invented_notice": lazystr(SENTENCE) if needed() else None, "site_name": settings.SITE_NAME}
