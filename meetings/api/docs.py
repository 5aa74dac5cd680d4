"""The OpenAPI document, and a page to read and try it: no outside request, no inline script."""

from __future__ import annotations

from typing import Any, ClassVar

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.utils.decorators import method_decorator
from drf_spectacular.renderers import OpenApiJsonRenderer2, OpenApiYamlRenderer2
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from meetings.api.base import PublicView


class FormatOrAccept(DefaultContentNegotiation):
    """`?format=yaml` for who cannot set a header; else by Accept. JSON without either."""

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        wished = request.query_params.get("format") or format_suffix
        known = [one for one in renderers if one.format == wished]
        if known:
            return known[0], known[0].media_type
        return super().select_renderer(request, renderers)


class Schema(PublicView, SpectacularAPIView):
    """The OpenAPI 3.1 document of this API, as JSON or YAML."""

    renderer_classes: ClassVar = [OpenApiJsonRenderer2, OpenApiYamlRenderer2]
    content_negotiation_class = FormatOrAccept


# React sets styles on elements as it draws; styles cannot run anything. Scripts stay strict.
@method_decorator(csp_update({"style-src": [UNSAFE_INLINE]}), name="dispatch")
class Docs(PublicView, SpectacularSwaggerView):
    """The document as a page."""

    renderer_classes = SpectacularSwaggerView.renderer_classes
    url_name = "api-schema"
    template_name = "meetings/api_docs.html"
