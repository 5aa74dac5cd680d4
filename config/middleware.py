"""Default deny: a view that does not say who may open it is shut."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from config.checks import audience_of
from rules.audience import Audience


class AudienceGate:
    """Lets a request through to a view only if the view's declared audience holds the asker."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        who = audience_of(view, match.namespaces if match else [])
        if who is Audience.PUBLIC:
            return None
        if who is None:
            raise PermissionDenied
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), login_url="admin:login")
        if who is Audience.STAFF and not request.user.is_staff:
            raise PermissionDenied
        return None
