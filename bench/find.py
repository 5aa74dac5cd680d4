"""Finding: one page of the 50 nearest within 10 km, with all that a list shows, as the API answers it.

Beside it a Django view that answers `{"ok": true}`, without any middleware, from the same server on the same
core in the same run. Uncached questions are each about another spot; a repeated one is asked again and again.
The median and the slowest of a hundred are those of one reader at a time.

The invented sample is loaded where it is not there yet: into SQLite in BENCH_DATA_DIR (else a temporary
folder), and into PostgreSQL at BENCH_POSTGRES (a URL; else a database of its own on this machine, if one
answers). FULL=1 adds five million meetings.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.request import urlopen

MEETINGS = int(os.environ.get("BENCH_MEETINGS", "250000"))
MANY = 5_000_000
POSTGRES = os.environ.get("BENCH_POSTGRES", "postgres://postgres@127.0.0.1/homegroup_bench")
SPOTS = 3000
CONNECTIONS = 4
BARS = {"sqlite": 1 / 8, "postgresql": 1 / 14}
FACETS_BAR, REPEATED_BAR = 1 / 30, 1 / 2
MOST_MEGABYTES = 250
GROWTH_BAR = 3.0

Row = dict[str, Any]


class Speed(NamedTuple):
    """How a server answered: many readers at once, then one at a time."""

    a_second: float
    median: float  # ms
    slow: float  # ms; one in a hundred takes longer


def main() -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="homegroup-bench-") as temporary:
        folder = Path(os.environ.get("BENCH_DATA_DIR", temporary))
        rows = _measure(folder, MEETINGS)
        if os.environ.get("FULL"):
            small = {row["database"]: row["value"] for row in rows if row["claim"] == CLAIM_MEDIAN}
            rows += _growth(_measure(folder / "many", MANY), small)
        return rows


CLAIM_MEDIAN = "find: 50 nearest within 10 km, median"


def _measure(folder: Path, meetings: int) -> list[Row]:
    rows = []
    for database, environment in _databases(folder, meetings):
        spots = _ground(environment, meetings)
        rows += _of_database(database, meetings, environment, spots)
    return rows


def _databases(folder: Path, meetings: int) -> Iterator[tuple[str, dict[str, str]]]:
    folder.mkdir(parents=True, exist_ok=True)
    gazetteer = os.environ.get("GAZETTEER_PATH", str(folder / "gazetteer.sqlite3"))
    common = os.environ | {"DATA_DIR": str(folder), "GAZETTEER_PATH": gazetteer, "LOG_LEVEL": "ERROR"}
    common.pop("DATABASE_URL", None)
    yield "sqlite", common
    url = POSTGRES if meetings == MEETINGS else f"{POSTGRES}_many"
    if _postgres_answers(url):
        yield "postgresql", common | {"DATABASE_URL": url}
    else:
        print(f"No PostgreSQL answers at {url.rpartition('@')[2]}: left out.", file=sys.stderr)


def _postgres_answers(url: str) -> bool:
    """Whether the server is there; makes the database if it is missing."""
    import psycopg

    server, _, name = url.rpartition("/")
    try:
        connection = psycopg.connect(f"{server}/postgres", autocommit=True, connect_timeout=3)
        with connection, suppress(psycopg.errors.DuplicateDatabase):
            connection.execute(f'CREATE DATABASE "{name}"')
        return True
    except psycopg.OperationalError:
        return False


def _ground(environment: dict[str, str], meetings: int) -> list[tuple[float, float]]:
    """Load what is missing; spots near meetings drawn at random, as people ask where meetings are."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.ground", str(meetings), str(SPOTS)],
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    return [tuple(spot) for spot in json.loads(done.stdout)]


def _of_database(database: str, meetings: int, environment: dict[str, str], spots: list[Any]) -> list[Row]:
    address = "/api/v1/meetings/?near={},{}&radius_km=10&order=distance&limit=50&facets={}"
    plain = [address.format(*spot, 0) for spot in spots]
    faceted = [address.format(*spot, 1) for spot in spots]
    with _server(environment | {"BENCH_BARE": "1"}) as (server, _process):
        floor = _speed(server, ["/trivial/"] * SPOTS)
    with _server(environment) as (server, process):
        beside = _speed(server, ["/trivial/"] * SPOTS)
        uncached = _speed(server, plain)
        repeated = _speed(server, plain[:1] * SPOTS)
        with_counts = _speed(server, faceted)
        counts_again = _speed(server, faceted[:1] * SPOTS)
        megabytes = _most_megabytes(process)

    def rate(claim: str, speed: Speed, bar: float | None) -> Row:
        return _row(claim, database, meetings, speed.a_second, "requests/s", floor.a_second, bar)

    return [
        rate("find: the floor, a trivial view behind the site's middleware", beside, None),
        rate("find: 50 nearest within 10 km, uncached", uncached, BARS[database]),
        rate("find: the same question again", repeated, REPEATED_BAR),
        rate("find: with counts, uncached", with_counts, FACETS_BAR),
        rate("find: with counts, again", counts_again, REPEATED_BAR),
        _row(CLAIM_MEDIAN, database, meetings, uncached.median, "ms", floor.median, None),
        _row(
            "find: the same, slowest in a hundred", database, meetings, uncached.slow, "ms", floor.slow, None
        ),
        _row(
            "find: memory of a web worker, at most", database, meetings, megabytes, "MB", None, MOST_MEGABYTES
        ),
    ]


def _row(
    claim: str,
    database: str,
    meetings: int,
    value: float,
    unit: str,
    reference: float | None,
    bar: float | None,
) -> Row:
    ratio = value / reference if reference else None
    measured = value if ratio is None else ratio
    return {
        "claim": claim,
        "database": database,
        "meetings": meetings,
        "value": value,
        "unit": unit,
        "reference": reference,
        "ratio": ratio,
        "bar": bar,
        "met": bar is None or (measured >= bar if unit == "requests/s" else measured <= bar),
    }


def _growth(rows: list[Row], small: dict[str, float]) -> list[Row]:
    """The same with many more meetings: their median may grow so much; the other bars are not theirs."""
    for row in rows:
        row["bar"], row["met"] = None, True
        if row["claim"] == CLAIM_MEDIAN:
            reference = small[row["database"]]
            row |= _row(row["claim"], row["database"], MANY, row["value"], "ms", reference, GROWTH_BAR)
    return rows


# --- The server and its readers ---------------------------------------------------------------------------


@contextmanager
def _server(environment: dict[str, str]) -> Iterator[tuple[str, int]]:
    """One granian worker with one blocking thread; its address, and the worker's process id."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        server = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1"]
    command += ["--blocking-threads", "1", "--no-ws", "--log-level", "error", "--host", "127.0.0.1"]
    command += ["--port", server.partition(":")[2], "bench.site:application"]
    process = subprocess.Popen(command, env=environment)
    try:
        _wait_for(f"http://{server}/trivial/", process)
        yield server, process.pid
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with suppress(OSError), urlopen(address, timeout=5):  # noqa: S310
            return
        if process.poll() is not None:
            raise RuntimeError("the server ended")
        time.sleep(0.1)
    raise TimeoutError(address)


def _speed(server: str, addresses: list[str]) -> Speed:
    few = max(len(addresses) // 3, 1)
    warm, alone, many = addresses[:50], addresses[:few], addresses[few:]
    _ask(server, 1, ["/trivial/"] * 50 if addresses[0] != addresses[-1] else warm)
    one = _ask(server, 1, alone)["millis"]
    together = _ask(server, CONNECTIONS, many)
    return Speed(together["requests"] / together["seconds"], one[len(one) // 2], one[len(one) * 99 // 100])


def _ask(server: str, connections: int, addresses: list[str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.load", server, str(connections)],
        input="\n".join(addresses),
        text=True,
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(done.stdout)


def _most_megabytes(parent: int) -> float:
    """The most memory that any process of the server ever had."""
    found = [parent]
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(status.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(status.parent.name))
    return max(_peak(process) for process in found)


def _peak(process: int) -> float:
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0
