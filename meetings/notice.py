"""The one sentence a site with invented or old data shows everywhere."""

from collections.abc import Callable
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


def judge() -> Callable[[Origin | None], bool]:
    """Tells of one meeting, by its origin, whether the sentence must stand beside it."""
    if settings.INVENTED_DATA_NOTICE != "auto":
        always = settings.INVENTED_DATA_NOTICE == "on"
        return lambda _origin: always
    sources = dict(Source.objects.filter(_INVENTED).values_list("pk", "kind"))

    def is_invented(origin: Origin | None) -> bool:
        if origin is None or origin.source_id not in sources:
            return False
        return sources[origin.source_id] == Source.Kind.SAMPLE or is_marked(origin.extra)

    return is_invented


def context(request: HttpRequest) -> dict[str, Any]:
    """For templates: `invented_notice` is the sentence, or None."""
    return {"invented_notice": lazystr(SENTENCE) if needed() else None, "site_name": settings.SITE_NAME}
