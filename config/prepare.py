"""What must stand before the first request: tables, static files, gazetteer, something to find.

`python -m config.prepare` does only what is missing, so that a second start costs a second or two.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from config.children import follow_parent
from meetings.gazetteer import build


def say(line: str) -> None:
    sys.stdout.write(f"homegroup: {line}\n")
    sys.stdout.flush()


def configuration() -> None:
    """Code or settings that cannot work are named once, here, and not by each process again and again."""
    call_command("check", stdout=StringIO(), stderr=StringIO())


def database() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("setting up the database")
        call_command("migrate", verbosity=0, interactive=False)


def static_files() -> None:
    """Collected anew when a file was added, removed or changed."""
    digest = fingerprint_of_static_files()
    seen = settings.STATIC_ROOT / ".collected"
    if not seen.is_file() or seen.read_text() != digest:
        say("collecting static files")
        call_command("collectstatic", verbosity=0, interactive=False)
        seen.write_text(digest)


def fingerprint_of_static_files() -> str:
    """By name, size and time of change: a look at each file's entry, not at its bytes."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            facts = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


@contextmanager
def gazetteer() -> Iterator[None]:
    """Built beside what is done meanwhile, in a process of its own: it takes half a minute of one core."""
    if build.stamp_of(settings.GAZETTEER_PATH) == build.stamp():
        yield
        return
    say("building the gazetteer: towns, villages and postal codes, once")
    us = os.getpid()
    builder = subprocess.Popen(
        [sys.executable, "manage.py", "load_gazetteer"],
        cwd=settings.BASE_DIR,
        stdout=subprocess.DEVNULL,
        preexec_fn=lambda: follow_parent(us),
    )
    try:
        yield
        if builder.wait():
            raise CommandError("the gazetteer could not be built; the reason stands above")
    finally:
        builder.kill()
        builder.wait()


def sample() -> None:
    """Once, on a site that never held a listing. A load that was interrupted is taken up again."""
    marker = settings.DATA_DIR / "sample"
    state = marker.read_text() if marker.is_file() else ""
    if state == "loaded" or (state != "loading" and apps.get_model("meetings", "Meeting").objects.exists()):
        return
    say("loading invented listings, once, so that there is something to find")
    marker.write_text("loading")
    call_command("load_sample", verbosity=0)
    marker.write_text("loaded")


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        django.setup()
        configuration()
        with gazetteer():
            database()
            static_files()
            if settings.LOAD_SAMPLE:
                sample()
    except (ImproperlyConfigured, CommandError, DatabaseError) as reason:
        say(f"stopped: {reason}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
