"""The API keeps to its own document: to what it describes, and to what it rules out."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode

from config.wsgi import application
from tests import builders
from tests.fakes import small_world

pytestmark = pytest.mark.thorough

EXAMPLES = 20
V1 = "/api/v1/"
PATHS = [f"{V1}{path}" for path in ("meetings/", "meetings/{slug}/", "places/", "types/", "bodies/")]


@pytest.fixture
def one_connection(db):
    """Requests leave the test's transaction open, as with Django's own test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def document(one_connection, monkeypatch):
    """The document, as the site itself gives it out."""
    small_world(monkeypatch)
    online = builders.online_listing().online
    builders.meeting(group=builders.group())
    builders.meeting(source_id="any-lengths", name="Any Lengths", online=online, place=None)
    builders.meeting(source_id="loose", name="By Appointment", slot=None)
    return schemathesis.openapi.from_wsgi(f"{V1}schema/", application)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["good", "bad"])
@pytest.mark.parametrize("path", PATHS)
def test_what_the_document_says_is_so(document, path, mode):
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(case=document[path]["GET"].as_strategy(generation_mode=mode).filter(_is_sent_as_judged))
    def every(case: Case) -> None:
        case.call_and_validate()

    every()


def _is_sent_as_judged(case: Case) -> bool:
    """Objects in a query are left out by the client that speaks WSGI, but judged as if they were sent."""
    query = case.query if isinstance(case.query, Mapping) else {}
    return not any(isinstance(value, Mapping) for value in query.values())


def test_no_operation_is_left_out(document):
    assert sorted(document) == sorted(PATHS)
