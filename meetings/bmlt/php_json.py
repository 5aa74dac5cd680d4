"""JSON as PHP writes it: slashes bare, everything beyond ASCII as an escape."""

from __future__ import annotations

import codecs
import json
from typing import Any

import orjson

_ESCAPES = "json-escapes"


def dumps(value: Any) -> bytes:
    """`value` as JSON in ASCII."""
    body = orjson.dumps(value)
    return body if body.isascii() else body.decode().encode("ascii", _ESCAPES)


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """What stands for a run of characters that ASCII does not have; called for each such run alone."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


codecs.register_error(_ESCAPES, _escaped)
