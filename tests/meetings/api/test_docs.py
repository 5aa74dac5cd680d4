"""The document of the API and its page."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from openapi_spec_validator import OpenAPIV31SpecValidator

from config.checks import audience_of, views
from rules.audience import Audience

pytestmark = pytest.mark.django_db
V1 = "/api/v1/"


def test_the_document_is_openapi_3_1(drew):
    answer = drew.get(f"{V1}schema/")
    assert answer.headers["Content-Type"].startswith("application/json")
    document = answer.json()
    assert document["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []
    assert set(document["paths"]) == {
        f"{V1}{path}" for path in ("meetings/", "meetings/{slug}/", "places/", "types/", "bodies/")
    }


@pytest.mark.parametrize(
    ("query", "headers"), [({"format": "yaml"}, {}), ({}, {"Accept": "application/yaml"})]
)
def test_it_comes_as_yaml_too(drew, query, headers):
    answer = drew.get(f"{V1}schema/", query, headers=headers)
    assert answer.headers["Content-Type"].startswith("application/yaml")
    assert answer.content.startswith(b"openapi: 3.1")


def test_the_page_has_no_script_of_its_own_and_asks_nobody_else(drew):
    answer = drew.get(f"{V1}docs/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
    assert "<style" not in page
    assert "style=" not in page
    assert re.findall(r"(?:src|href)=\"(?:https?:)?//", page) == []
    assert "'unsafe" not in answer.headers["Content-Security-Policy"]
    assert not answer.cookies


def test_any_other_address_below_is_a_problem_not_a_page(drew):
    for path in ("", "nonsense/", "meetings/a/b/", "docs/x/", "\x00/"):
        answer = drew.get(f"{V1}{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert Client().post(f"{V1}nonsense/").status_code == 404


def test_a_forgotten_slash_is_led_on(drew):
    answer = drew.get(f"{V1}meetings?day=1")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{V1}meetings/?day=1")


def test_all_of_it_is_public():
    ours = [
        (where, audience_of(view, names)) for where, names, view in views() if where.startswith("api/v1/")
    ]
    assert len(ours) == 8
    assert {who for _, who in ours} == {Audience.PUBLIC}
