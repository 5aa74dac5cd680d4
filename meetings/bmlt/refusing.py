"""Saying no to a BMLT client."""

from __future__ import annotations

from collections.abc import Mapping


class Refused(Exception):
    """A request that cannot be answered: the status, a sentence, and per parameter what would be right."""

    def __init__(self, status: int, message: str, errors: Mapping[str, list[str]] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.errors = dict(errors or {})
