"""Between a request and its view: in which words to answer, and default deny for views that name nobody."""

from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from config.checks import audience_of
from rules.audience import Audience

DATA = ("/api/", "/feeds/", "/main_server/", "/admin/")
"""Where the words are names of types, or Django's own: there in more languages than our pages."""


@cache
def written_languages() -> frozenset[str]:
    """The languages that our own sentences exist in: English, and those with a catalogue."""
    return frozenset({"en"}) | {
        code
        for code, _name in settings.LANGUAGES
        for folder in settings.LOCALE_PATHS
        if (Path(folder) / translation.to_locale(code) / "LC_MESSAGES" / "django.mo").exists()
    }


class PageLanguage(LocaleMiddleware):
    """The asker's language, where a page is written in it: no page calls English sentences Spanish."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        if request.path_info.startswith(DATA) or translation.get_language() in written_languages():
            return
        translation.activate("en")
        request.LANGUAGE_CODE = "en"


class Policy(CSPMiddleware):
    """The Content-Security-Policy, worked out anew only for the few views that change it.

    django-csp builds it for every answer, which took a tenth of the time of one that was ready.
    """

    usual: tuple[object, str] = (None, "")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        own = ("_csp_update", "_csp_replace", "_csp_config", "_csp_exempt")
        if request.__dict__.get("_csp_nonce") or any(hasattr(response, name) for name in own):
            return super().process_response(request, response)
        policy = settings.CONTENT_SECURITY_POLICY
        if self.usual[0] is not policy:
            parts = self.get_policy_parts(request, HttpResponse())
            self.usual = policy, build_policy(**asdict(parts))
        response.headers.setdefault(HEADER, self.usual[1])
        return response


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
