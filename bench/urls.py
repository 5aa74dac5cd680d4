"""The product's addresses, and one view beside them that does next to nothing: the floor of any answer."""

from django.http import HttpRequest, JsonResponse
from django.urls import include, path

from rules.audience import public


@public
def trivial(request: HttpRequest) -> JsonResponse:
    """As little as a Django view can answer in JSON."""
    return JsonResponse({"ok": True})


urlpatterns = [path("trivial/", trivial), path("", include("config.urls"))]
