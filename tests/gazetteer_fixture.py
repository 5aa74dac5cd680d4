"""The real gazetteer for tests: built once a machine, kept between runs, shared by all test processes."""

from pathlib import Path

import pytest
from django.conf import settings as site
from pytest_django import Settings

from meetings.gazetteer.build import build


@pytest.fixture(scope="session")
def gazetteer_file() -> Path:
    """The built file; seconds the first time, nothing after. Give it to servers as GAZETTEER_PATH."""
    path: Path = site.BASE_DIR / "var" / "test-gazetteer" / "gazetteer.sqlite3"
    build(path)
    return path


@pytest.fixture
def gazetteer(gazetteer_file: Path, settings: Settings) -> Path:
    """Places that people type are found in this test."""
    settings.GAZETTEER_PATH = gazetteer_file
    return gazetteer_file
