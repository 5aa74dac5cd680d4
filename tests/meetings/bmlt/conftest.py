"""A client of a BMLT server, and small servers' worth of meetings for it to ask for."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from meetings import editing
from meetings.feeds import bmlt
from meetings.importing import remember
from meetings.models import Fellowship, Source
from rules.reconcile import reconcile
from tests.bmlt_data import binary
from tests.builders import NOW

ROOT = "/main_server/client_interface"


class BmltClient:
    """Asks as clients do; what comes back is parsed."""

    def __init__(self) -> None:
        self.client = Client()

    def get(self, query: str, form: str = "json", root: str = ROOT, **extra: Any) -> Any:
        """The response, its whole body at hand as `body`."""
        response = self.client.get(f"{root}/{form}/?{query}", **extra)
        response.body = b"".join(response.streaming_content) if response.streaming else response.content
        return response

    def ask(self, switcher: str, query: str = "", form: str = "json") -> Any:
        """The answer as JSON."""
        response = self.get(f"switcher={switcher}&{query}", form)
        assert response.status_code == 200, response.body
        return json.loads(response.body)

    def search(self, query: str = "") -> Any:
        """The answer of `GetSearchResults`."""
        return self.ask("GetSearchResults", query)

    def names(self, query: str) -> list[str]:
        """The names of the meetings found, in their order."""
        return [one["meeting_name"] for one in self.search(query)]


@pytest.fixture
def bmlt_client(db: None) -> BmltClient:
    return BmltClient()


@pytest.fixture
def told(db: None) -> Callable[..., Source]:
    """Import what a BMLT server tells: rows, formats, service bodies."""

    def tell(
        *rows: dict[str, Any], formats: Any = None, bodies: Any = None, name: str = "bmlt", slug: str = "na"
    ) -> Source:
        reading = bmlt.read(
            binary(rows),
            formats=binary(formats) if formats else None,
            service_bodies=binary(bodies) if bodies else None,
            fellowship=slug,
            site_zone="America/New_York",
        )
        owner = Fellowship.objects.get(slug=slug)
        source, _ = Source.objects.get_or_create(name=name, defaults={"kind": "bmlt", "fellowship": owner})
        plan = reconcile({}, reading.listings, reading.remarks)
        editing.apply(plan, source=source, now=NOW, bodies=reading.bodies, types=reading.types)
        remember(source, reading)
        return source

    return tell
