"""The cast. Drew is a stranger, who sees what everybody may see and nothing else."""

import pytest
from django.core.cache import caches
from django.test import Client

from meetings import lexicon, wordsearch
from meetings.bmlt import book
from tests.gazetteer_fixture import gazetteer, gazetteer_file

__all__ = ["gazetteer", "gazetteer_file"]


@pytest.fixture
def drew() -> Client:
    """A browser in which nobody has signed in."""
    return Client()


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """No test meets the cached answers, or the used-up allowance, of another."""
    for cache in caches.all(initialized_only=True):
        cache.clear()
    lexicon.forget()
    book.forget()
    wordsearch.forget()
