"""The product as it is, with one view beside it that does next to nothing: the floor of any Django answer."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, JsonResponse
from django.urls import include, path

from rules.audience import public

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


@public
def trivial(request: HttpRequest) -> JsonResponse:
    """As little as a Django view can answer in JSON."""
    return JsonResponse({"ok": True})


urlpatterns = [path("trivial/", trivial), path("", include("config.urls"))]


def _application():
    product = get_wsgi_application()
    settings.ROOT_URLCONF = __name__
    if os.environ.get("BENCH_BARE"):
        settings.MIDDLEWARE = []
        return get_wsgi_application()
    return product


application = _application()
