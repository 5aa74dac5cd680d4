"""JSON as PHP writes it: slashes bare, everything beyond ASCII as an escape."""

from __future__ import annotations

import json
import re
from typing import Any

import orjson

_BEYOND = re.compile("[^\x00-\x7f]+")


def dumps(value: Any) -> bytes:
    """`value` as JSON in ASCII."""
    body = orjson.dumps(value)
    if body.isascii():
        return body
    return _BEYOND.sub(_escaped, body.decode()).encode("ascii")


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]
