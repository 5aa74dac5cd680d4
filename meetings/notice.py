"""The one sentence a site with invented or old data shows everywhere."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from meetings.models import Source

SENTENCE = _("Invented data: do not travel to these")


def needed() -> bool:
    """Whether the sentence must stand on every page, print, feed and notice."""
    if settings.INVENTED_DATA_NOTICE == "auto":
        return Source.objects.filter(kind=Source.Kind.SAMPLE, origins__isnull=False).exists()
    return bool(settings.INVENTED_DATA_NOTICE == "on")


def context(request: HttpRequest) -> dict[str, Any]:
    """For templates: `invented_notice` is the sentence, or None."""
    return {"invented_notice": lazystr(SENTENCE) if needed() else None, "site_name": settings.SITE_NAME}
