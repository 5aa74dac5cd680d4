"""Reading a page as a person does: its words, and the meetings of its list."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.test import Client

HERE = "40.668,-73.981"  # some steps from the hall of tests.builders.place


def words(response: Any) -> str:
    """What a person reads on a page, in one line."""
    body = re.sub(r"<script.*?</script>|<style.*?</style>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body))).strip()


def names(response: Any) -> list[str]:
    """The meetings of the list, in order."""
    found = re.findall(r'<h3 class="slot-name">.*?<a [^>]*>(.*?)</a>', response.content.decode(), re.DOTALL)
    return [unescape(name) for name in found]


def get(client: Client, address: str, **headers: str) -> Any:
    """Ask as a browser in the United States does."""
    return client.get(address, headers={"accept-language": "en-US,en;q=0.9", **headers})
