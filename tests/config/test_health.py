"""/healthz says 200 only when a question would be answered."""

from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings

from config import health

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def gazetteer(tmp_path: Path, settings: Settings) -> Path:
    health._migrated.cache_clear()
    settings.GAZETTEER_PATH = tmp_path / "gazetteer.sqlite3"
    settings.GAZETTEER_PATH.touch()
    return settings.GAZETTEER_PATH


def test_all_is_well(drew: Client) -> None:
    answer = drew.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"ok": True, "database": True, "migrations": True, "gazetteer": True}
    assert "no-store" in answer["Cache-Control"]


def test_no_gazetteer(drew: Client, gazetteer: Path) -> None:
    gazetteer.unlink()
    answer = drew.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["gazetteer"] is False


def test_a_migration_not_applied_then_applied(drew: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_migrations SET name = 'gone' WHERE app = 'sessions'")
    assert drew.get("/healthz").json()["migrations"] is False
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_migrations SET name = '0001_initial' WHERE app = 'sessions'")
    assert drew.get("/healthz").status_code == 200


def test_a_yes_about_migrations_is_asked_once(drew: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    drew.get("/healthz")
    monkeypatch.setattr(health, "MigrationExecutor", None)
    assert drew.get("/healthz").status_code == 200


def test_a_database_that_does_not_answer(drew: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses() -> bool:
        raise OperationalError("the server is gone")

    monkeypatch.setitem(health.NEEDED, "database", refuses)
    answer = drew.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["database"] is False
