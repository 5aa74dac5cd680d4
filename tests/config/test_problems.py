"""Errors as problem details on the API, as pages elsewhere."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from rest_framework import exceptions

from config import problems

HANDLERS = [
    (problems.page_not_found, 404, "not_found", (Http404(),)),
    (problems.bad_request, 400, "bad_request", (SuspiciousOperation(),)),
    (problems.permission_denied, 403, "permission_denied", (PermissionDenied(),)),
    (problems.server_error, 500, "error", ()),
]


@pytest.mark.parametrize(("handler", "status", "code", "error"), HANDLERS)
def test_outside_the_views(rf, handler, status, code, error):
    answer = handler(rf.get("/api/v1/x"), *error)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    told = json.loads(answer.content)
    assert (told["type"], told["status"], told["code"]) == ("about:blank", status, code)
    assert told["detail"]
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Http404(), 404, "not_found"),
        (PermissionDenied(), 403, "permission_denied"),
        (exceptions.MethodNotAllowed("POST"), 405, "method_not_allowed"),
        (exceptions.UnsupportedMediaType("text/x"), 415, "unsupported_media_type"),
        (exceptions.NotAuthenticated(), 401, "not_authenticated"),
        (exceptions.ParseError(), 400, "parse_error"),
        (exceptions.ValidationError({"day": ["One.", "Two."]}), 400, "bad_parameters"),
        (exceptions.ValidationError({"day": "One."}), 400, "bad_parameters"),
    ],
)
def test_inside_the_views(error, status, code):
    answer = problems.handle(error, {})
    told = json.loads(answer.content)
    assert (answer.status_code, told["status"], told["code"]) == (status, status, code)
    assert ("errors" in told) == (code == "bad_parameters")


def test_who_asked_too_often_is_told_how_long_to_wait():
    answer = problems.handle(exceptions.Throttled(wait=12), {})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "12")


def test_a_fault_of_ours_is_not_hidden():
    assert problems.handle(ZeroDivisionError(), {}) is None
