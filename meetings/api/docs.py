"""The OpenAPI document, and a page to read and try it: no outside request, no inline script."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from drf_spectacular.renderers import OpenApiJsonRenderer2, OpenApiYamlRenderer2
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from meetings.api.base import PublicView


class FormatOrAccept(DefaultContentNegotiation):
    """`?format=yaml` for who cannot set a header; else by Accept. JSON without either."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        wished = request.query_params.get("format") or format_suffix
        for known in renderers:
            if known.format == wished:
                return known, known.media_type
        chosen: tuple[BaseRenderer, str] = super().select_renderer(request, renderers)
        return chosen


class Schema(PublicView, SpectacularAPIView):
    """The OpenAPI 3.1 document of this API, as JSON or YAML."""

    renderer_classes: list[type[BaseRenderer]] = [OpenApiJsonRenderer2, OpenApiYamlRenderer2]  # noqa: RUF012
    content_negotiation_class = FormatOrAccept


class Docs(PublicView, SpectacularSwaggerView):
    """The document as a page."""

    renderer_classes = SpectacularSwaggerView.renderer_classes
    url_name = "api-schema"
    template_name = "meetings/api_docs.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = super().dispatch(request, *args, **kwargs)
        # The library's view opens the page to others' windows, for sign-ins that we do not have.
        del answer.headers["Cross-Origin-Opener-Policy"]
        return answer
