"""GET /healthz: 200 only when a seeker's question would be answered."""

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from rules.audience import public


def database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


class Waiting(Exception):
    """Some migrations are not applied yet."""


@cache
def _migrated() -> None:
    # Costs some 50 ms, so a yes is remembered by each process; a no (the exception) is asked again.
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Waiting


def migrations_applied() -> bool:
    try:
        _migrated()
    except Waiting:
        return False
    return True


def gazetteer_present() -> bool:
    return bool(settings.GAZETTEER_PATH.is_file())


NEEDED: dict[str, Callable[[], bool]] = {
    "database": database_answers,
    "migrations": migrations_applied,
    "gazetteer": gazetteer_present,
}


def answers(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except DatabaseError:
        return False


@public
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """`{"ok": true, "database": true, ...}`; 503 when one of them is false."""
    parts = {name: answers(question) for name, question in NEEDED.items()}
    ok = all(parts.values())
    return JsonResponse({"ok": ok, **parts}, status=200 if ok else 503)
