"""`make test`: units, whole regions, journeys in a browser, then once more on PostgreSQL and Redis.

What could not run is named at the end with its reason; with NOTHING_SKIPPED=1 that is a failure.
TEST_DATABASE_URL names a PostgreSQL server whose user may create databases; TEST_REDIS_URL a Redis whose
databases 8 to 15 may be emptied. Without it the embedded broker stands in for Redis.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import dj_database_url
import psycopg

from config import broker
from config.environment import flag, text
from meetings.gazetteer.build import build

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Where tests/gazetteer_fixture.py looks for it.
GAZETTEER = Path(__file__).resolve().parents[1] / "var" / "test-gazetteer" / "gazetteer.sqlite3"
PARALLEL = ["-n", "auto", "--maxprocesses", "4"]
# What no database can change.
PURE = ["--ignore=tests/rules", "--ignore=tests/test_house.py", "--ignore=tests/journeys"]


@dataclass
class Run:
    """What ran, what failed, and what was left out and why."""

    failed: list[str] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)

    def part(self, name: str, arguments: list[str], **environment: str) -> None:
        say(f"== {name}")
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", *arguments], env={**os.environ, **environment}, check=False
        )
        verdict = "FAILED" if done.returncode else "passed"
        say(f"== {name}: {verdict} in {time.monotonic() - began:.0f} s\n")
        if done.returncode:
            self.failed.append(name)

    def skip(self, name: str, reason: str) -> None:
        self.left_out[name] = reason

    def close(self, *, strict: bool) -> int:
        for name, reason in self.left_out.items():
            say(f"SKIPPED {name} BECAUSE {reason}")
        for name in self.failed:
            say(f"FAILED {name}")
        return 1 if self.failed or (strict and self.left_out) else 0


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def journeys(run: Run) -> None:
    if any(shutil.which(name) for name in CHROMIUM) or os.environ.get("CHROMIUM"):
        run.part("journeys", ["-m", "journey"])
        return
    run.part("journeys without a browser", ["-m", "journey", "--ignore=tests/journeys"])
    run.skip("journeys in a browser", "no Chromium was found; install it (on Debian: apt install chromium)")


def production_pair(run: Run) -> None:
    """The suite on what production has: PostgreSQL and Redis."""
    url = text("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/homegroup")
    if reason := no_postgresql(url):
        run.skip("the suite on PostgreSQL", reason)
        return
    # A name of its own, so that two runs on one server do not meet.
    url = f"{url.split('?')[0]}_{os.getpid()}{'?' + url.split('?')[1] if '?' in url else ''}"
    with redis() as address:
        if not address:
            run.skip(
                "the suite on Redis", "TEST_REDIS_URL is not set, and no embedded broker fits this machine"
            )
        arguments = ["-m", "not journey", *PURE, *PARALLEL]
        run.part("units on PostgreSQL and Redis", arguments, DATABASE_URL=url, REDIS_URL=address)


def no_postgresql(url: str) -> str:
    """Why there is none, or nothing."""
    server = dj_database_url.parse(url)
    try:
        psycopg.connect(
            host=server["HOST"] or None,
            port=server["PORT"] or None,
            user=server["USER"] or None,
            password=server["PASSWORD"] or None,
            dbname="postgres",
            connect_timeout=2,
        ).close()
    except psycopg.OperationalError as error:
        return f"none answers at {server['HOST']}; set TEST_DATABASE_URL ({str(error).splitlines()[0]})"
    return ""


@contextmanager
def redis() -> Iterator[str]:
    """The address of a Redis: the one we are given, or the embedded broker, or nothing."""
    given, server = text("TEST_REDIS_URL", ""), broker.binary()
    if given or not server:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="homegroup-test-") as folder:
        path = Path(folder) / "broker.sock"
        process = subprocess.Popen(broker.command(server, path, Path(folder)))
        try:
            wait(lambda: broker.answers(path))
            yield broker.url(path)
        finally:
            process.terminate()
            process.wait()


def wait(done: Callable[[], bool]) -> None:
    until = time.monotonic() + 10
    while not done() and time.monotonic() < until:
        time.sleep(0.05)


def main() -> int:
    run = Run()
    if build(GAZETTEER):
        say("== the gazetteer was built, once for all tests\n")
    run.part("units", ["-m", "not journey and not thorough", *PARALLEL])
    run.part("whole regions and many examples", ["-m", "thorough", *PARALLEL])
    journeys(run)
    production_pair(run)
    return run.close(strict=flag("NOTHING_SKIPPED", default=False))


if __name__ == "__main__":
    sys.exit(main())
