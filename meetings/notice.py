"""The one sentence a site with invented or old data shows everywhere."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from meetings.models import Origin, Source

SENTENCE = _("Invented data: do not travel to these")


def needed() -> bool:
    """Whether the sentence must stand on every page, print, feed and notice."""
    if settings.INVENTED_DATA_NOTICE == "auto":
        invented = Origin.objects.filter(source__kind=Source.Kind.SAMPLE)
        return invented.filter(meeting__removed_at__isnull=True).exists()
    return bool(settings.INVENTED_DATA_NOTICE == "on")


def context(request: HttpRequest) -> dict[str, Any]:
    """For templates: `invented_notice` is the sentence, or None."""
    return {"invented_notice": lazystr(SENTENCE) if needed() else None, "site_name": settings.SITE_NAME}
