"""The supervisor, really started: ready, alone in its folder, patient with a dead child, gone when told."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from config import broker, supervisor
from config.supervisor import Stop, Supervisor

HOUSE = Path(__file__).resolve().parents[2]
FEED = [
    {
        "slug": "kitchen-table",
        "name": "Kitchen Table",
        "day": 2,
        "time": "19:30",
        "timezone": "America/New_York",
        "formatted_address": "12 Mill Lane, Brooklyn, NY 11215, USA",
        "latitude": 40.6681,
        "longitude": -73.9806,
        "types": ["O"],
    }
]
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(done: Callable[[], object], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not done() and time.monotonic() < end:
        time.sleep(0.05)
    return bool(done())


def descendants(pid: int) -> set[int]:
    """Every process below `pid`, zombies left out."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if state != "Z":
            parents[int(entry.name)] = int(parent)
    found = {pid} & parents.keys()
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def words_of(pid: int, what: str = "cmdline") -> list[str]:
    try:
        return Path(f"/proc/{pid}/{what}").read_text().split("\0")
    except OSError:
        return []


def run(command: list[str], environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command, env=environment, cwd=HOUSE, capture_output=True, text=True, timeout=60, check=False
    )


class Site:
    """A supervisor that was really started, and what it said."""

    def __init__(self, folder: Path, gazetteer: Path, command: list[str]) -> None:
        self.port, self.folder = free_port(), folder
        folder.mkdir(exist_ok=True)
        self.log = folder / "said"
        own = {"DATA_DIR", "DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "SECRET_KEY", "FIELD_KEY"}
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in own},
            **{"DATA_DIR": str(folder), "PORT": str(self.port), "WEB_WORKERS": "1", "LOAD_SAMPLE": "0"},
            "GAZETTEER_PATH": str(gazetteer),
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=HOUSE, env=self.environment, stdout=log, stderr=subprocess.STDOUT
            )

    def said(self) -> str:
        return self.log.read_text()

    def healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def read(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{path}", timeout=10) as answer:
            return str(answer.read().decode())

    def manage(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return run([sys.executable, "manage.py", *words], self.environment)

    def child(self, word: str) -> int | None:
        """The process one of whose command line's words is `word`."""
        return next((pid for pid in sorted(descendants(self.process.pid)) if word in words_of(pid)), None)


@pytest.fixture
def start(tmp_path: Path, gazetteer_file: Path) -> Iterator[Callable[..., Site]]:
    sites: list[Site] = []

    def go(*command: str) -> Site:
        arguments = list(command) or [sys.executable, "-m", "config.supervisor"]
        sites.append(Site(tmp_path / "data", gazetteer_file, arguments))
        return sites[-1]

    yield go
    for site in sites:
        below = descendants(site.process.pid) if sys.platform == "linux" else set()
        if site.process.poll() is None:
            site.process.kill()
            site.process.wait()
        for pid in below:
            if alive(pid):
                os.kill(pid, signal.SIGKILL)


@linux
@pytest.mark.journey
def test_a_whole_life(start: Callable[..., Site]) -> None:
    site = start()
    assert until(site.healthy, 120), site.said()
    assert until(lambda: "ready at" in site.said(), 5)

    # What a command with the same folder writes is found at once.
    feed = site.folder / "feed.json"
    feed.write_text(json.dumps(FEED))
    done = site.manage("import_feed", "meeting_guide", str(feed))
    assert done.returncode == 0, done.stderr
    found = json.loads(site.read("api/v1/meetings/?near=40.668,-73.981&facets=0"))
    assert [meeting["name"] for meeting in found["meetings"]] == ["Kitchen Table"]

    # The worker hears what the broker is told.
    assert until(lambda: site.child("worker"), 10)
    worker = site.child("worker")
    assert worker
    address = dict(entry.split("=", 1) for entry in words_of(worker, "environ") if "=" in entry)["REDIS_URL"]
    ping = "from config.celery import app; print(app.control.inspect(limit=1, timeout=20).ping())"
    assert "pong" in run([sys.executable, "-c", ping], site.environment | {"REDIS_URL": address}).stdout

    # A second one with the same folder is told so and does no harm.
    second = run([sys.executable, "-m", "config.supervisor"], site.environment)
    assert second.returncode == 1
    assert "already running" in second.stdout

    # A child that dies comes back.
    assert until(lambda: site.child("beat"), 10)
    beat = site.child("beat")
    assert beat
    os.kill(beat, signal.SIGKILL)
    assert until(lambda: site.child("beat") not in {None, beat}, 10), site.said()
    assert "beat stopped (killed by SIGKILL); starting it again in 1 s" in site.said()

    below = descendants(site.process.pid)
    assert len(below) >= 4
    site.process.terminate()
    assert site.process.wait(15) == 0
    assert not [pid for pid in below if alive(pid)]
    assert "homegroup: stopped" in site.said()


@linux
@pytest.mark.journey
def test_nothing_outlives_a_supervisor_that_was_killed(start: Callable[..., Site]) -> None:
    site = start()
    assert until(site.healthy, 120), site.said()
    below = descendants(site.process.pid)
    site.process.kill()
    site.process.wait()
    assert until(lambda: not [pid for pid in below if alive(pid)], 15)


@linux
@pytest.mark.journey
@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_make_takes_everything_with_it(
    start: Callable[..., Site], tmp_path: Path, told: signal.Signals
) -> None:
    """Also when the signal comes to make alone, and while the site is still being prepared."""
    (tmp_path / "Makefile").write_text(
        f"run:\n\t@exec {sys.executable} -m config.supervisor --parent $$PPID\n"
    )
    site = start("make", "-s", "-f", str(tmp_path / "Makefile"), "run")
    assert until(lambda: site.child("config.prepare") is not None, 15), site.said()
    below = descendants(site.process.pid)
    site.process.send_signal(told)
    site.process.wait(15)
    assert until(lambda: not [pid for pid in below if alive(pid)], 15)


def test_a_taken_port_is_named_with_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Stop, match=rf"Port {port} .* cannot be used .*PORT=8001 make run"):
            supervisor.must_be_free("127.0.0.1", port)
    supervisor.must_be_free("127.0.0.1", port)


def test_one_supervisor_a_folder(tmp_path: Path) -> None:
    with supervisor.alone(tmp_path), pytest.raises(Stop, match="already running"), supervisor.alone(tmp_path):
        pass
    with supervisor.alone(tmp_path):
        pass


def test_where_no_broker_fits_messages_go_through_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("REDIS_URL", raising=False)
    monkeypatch.setattr(broker, "binary", lambda: None)
    site = Supervisor(host="127.0.0.1", port=8000, workers=1, folder=tmp_path, parent=None)
    with ExitStack() as stack:
        site.start_broker(stack)
    assert "REDIS_URL" not in site.environment
    assert "messages go through files" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("port", "hint"), [("99999", "between 1 and 65535"), ("eighty", "not a whole number")]
)
def test_a_nonsense_port_is_refused(tmp_path: Path, port: str, hint: str) -> None:
    environment = {**os.environ, "DATA_DIR": str(tmp_path), "PORT": port}
    done = run([sys.executable, "-m", "config.supervisor"], environment)
    assert done.returncode == 1
    assert hint in done.stdout
    assert "Traceback" not in done.stderr
