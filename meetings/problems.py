"""An error as RFC 9457 problem details: a stable `code` for programs, a sentence for people.

`type` is "about:blank" throughout, so `title` is the plain name of the status; what exactly went wrong is
in `code`, and for a bad question in `errors`, {parameter: what would be right}.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import orjson
from django.http import HttpResponse
from django.utils.functional import Promise


def problem(
    status: int,
    code: str,
    detail: str | Promise,
    *,
    errors: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """One problem, ready to send."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": str(detail),
        "code": code,
    }
    if errors:
        body["errors"] = errors
    answer = HttpResponse(orjson.dumps(body), status=status, content_type="application/problem+json")
    answer.headers["Cache-Control"] = "no-store"
    for name, value in (headers or {}).items():
        answer.headers[name] = value
    return answer
