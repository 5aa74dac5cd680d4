"""Errors of the API as problem details (`meetings.problems`), and those that happen outside any view."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views import defaults
from rest_framework import exceptions
from rest_framework.views import exception_handler

from meetings.problems import problem

_KEPT = ("Retry-After", "WWW-Authenticate")
_MEND = _lazy("Some values are to mend: see errors.")


def handle(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """What REST framework does with an error inside a view of the API; None for one of our own making."""
    told = _as_told(error)
    answer = exception_handler(error, context)
    if told is None or answer is None:
        return None
    kept = {name: answer.headers[name] for name in _KEPT if name in answer.headers}
    errors = _by_name(told.detail)
    if errors:
        return problem(told.status_code, "bad_parameters", _MEND, errors=errors, headers=kept)
    return problem(told.status_code, str(told.get_codes()), str(told.detail), headers=kept)


def _as_told(error: Exception) -> exceptions.APIException | None:
    if isinstance(error, Http404):
        return exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied()
    return error if isinstance(error, exceptions.APIException) else None


def _by_name(detail: Any) -> dict[str, str]:
    """{parameter: sentence} of an error over several values; empty for an error over the whole request."""
    if not isinstance(detail, dict):
        return {}
    return {
        name: " ".join(map(str, told)) if isinstance(told, list) else str(told)
        for name, told in detail.items()
    }


# Errors outside the views: an address that is nobody's, a request that cannot be read, a fault of ours.

Fallback = Callable[..., HttpResponseBase]


def _for_api(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """404."""
    if _for_api(request):
        return problem(404, "not_found", _("Nothing is at this address."))
    return defaults.page_not_found(request, exception)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """400."""
    if _for_api(request):
        return problem(400, "bad_request", _("The request could not be read."))
    return defaults.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """403."""
    if _for_api(request):
        return problem(403, "permission_denied", _("This is not for you to open."))
    return defaults.permission_denied(request, exception)


def server_error(request: HttpRequest) -> HttpResponseBase:
    """500: the fault is in the log; nothing of it goes out."""
    if _for_api(request):
        return problem(500, "error", _("Something failed on our side. Please try again in a while."))
    return defaults.server_error(request)
