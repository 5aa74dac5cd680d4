"""`make run`: web, worker, beat and a private broker under one roof, all gone when it goes.

    python -m config.supervisor [--parent PID]

With --parent it also goes when that process (its parent) does. Reads PORT, HOST, WEB_WORKERS, DATA_DIR and
REDIS_URL; everything else in the environment is for the children.
"""

import argparse
import fcntl
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from django.core.exceptions import ImproperlyConfigured

from config import broker
from config.children import Child, follow_parent
from config.environment import number, text, words

HOUSE = Path(__file__).resolve().parent.parent
TICK = 0.2  # seconds between two looks at the children
ROOT_WARNING = "You're running the worker with superuser privileges"
GRACE = 10.0  # seconds a child has to finish what it is doing


class Stop(Exception):
    """Asked to stop, or unable to go on; the text, if any, is for the person at the terminal."""


def say(line: str) -> None:
    sys.stdout.write(f"homegroup: {line}\n")
    sys.stdout.flush()


def python(*arguments: str) -> list[str]:
    return [sys.executable, "-m", *arguments]


class Supervisor:
    """Starts the children in order, starts the fallen again, stops them in reverse."""

    def __init__(self, *, host: str, port: int, workers: int, folder: Path, parent: int | None) -> None:
        self.host, self.port, self.workers, self.folder, self.parent = host, port, workers, folder, parent
        self.environment = {**os.environ, "DATA_DIR": str(folder), "PYTHONUNBUFFERED": "1"}
        self.children: list[Child] = []
        self.told: float | None = None  # when we were told to stop
        self.hurried = False

    # --- the whole life, in one look --------------------------------------------------------------

    def run(self) -> None:
        """Returns when everything has stopped; raises Stop when it could not be started."""
        for told in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(told, self.told_to_stop)
        with ExitStack() as stack:
            stack.enter_context(alone(self.folder))
            must_be_free(self.host, self.port)
            stack.callback(self.stop)
            self.start_broker(stack)
            self.prepare()
            must_be_free(self.host, self.port)
            # People first: the others start when the pages are there.
            for name, command in self.programs().items():
                self.add(Child(name, command, self.environment))
                if name == "web":
                    self.wait_until_ready()
            while True:
                self.watch()

    def programs(self) -> dict[str, list[str]]:
        web = python("granian", "--interface", "wsgi", "--host", self.host, "--port", str(self.port))
        web += [
            "--workers",
            str(self.workers),
            "--blocking-threads",
            "1",
            "--no-ws",
            "--log-level",
            "warning",
        ]
        web += ["--respawn-failed-workers", "--workers-kill-timeout", "5", "config.wsgi:application"]
        # Celery's word against root: a container of one person is no news to them.
        hush = f"-Wignore:{ROOT_WARNING}"
        celery = [sys.executable, hush, "-m", "celery", "-A", "config.celery", "--quiet"]
        # One process that works alone: the least memory. docs/operators.md tells how to run more.
        worker = [*celery, "worker", "--pool", "solo", "--loglevel", "WARNING"]
        worker += ["--without-gossip", "--without-mingle"]
        beat = [*celery, "beat", "--loglevel", "WARNING", "--pidfile="]
        beat += ["--schedule", str(self.folder / "beat-schedule")]
        return {"web": web, "worker": worker, "beat": beat}

    # --- starting ---------------------------------------------------------------------------------

    def start_broker(self, stack: ExitStack) -> None:
        """Unless REDIS_URL names one. Where no server fits, messages go through files in DATA_DIR."""
        if self.environment.get("REDIS_URL"):
            return
        server = broker.binary()
        if server is None:
            say("no embedded broker for this machine; messages go through files")
            return
        path = stack.enter_context(broker.socket_path(self.folder))
        stack.callback(self.stop)  # before the socket's folder goes
        self.add(Child("broker", broker.command(server, path, self.folder), self.environment))
        self.wait(lambda: broker.answers(path), 10, "The broker does not answer; see broker.log in DATA_DIR.")
        self.environment["REDIS_URL"] = broker.url(path)

    def prepare(self) -> None:
        """Tables, files and first data, in a process of its own whose memory goes with it."""
        child = Child("preparation", python("config.prepare"), self.environment)
        self.children.append(child)
        child.start(time.monotonic())
        while child.running():
            self.pause()
        self.children.remove(child)
        if child.process is None or child.process.returncode:
            raise Stop("The site could not be prepared; the reason stands above.")

    def add(self, child: Child) -> None:
        self.children.append(child)
        child.start(time.monotonic())

    def wait_until_ready(self) -> None:
        site = f"http://{'127.0.0.1' if self.host in {'0.0.0.0', '::'} else self.host}:{self.port}/"  # noqa: S104
        self.wait(lambda: healthy(site), 120, f"{site}healthz did not answer 200 within two minutes.")
        say(f"ready at {site} (Ctrl-C stops it)")

    def wait(self, done: Callable[[], bool], seconds: float, otherwise: str) -> None:
        until = time.monotonic() + seconds
        while not done():
            if time.monotonic() > until:
                raise Stop(otherwise)
            self.watch()

    # --- watching ---------------------------------------------------------------------------------

    def watch(self) -> None:
        """One look: says who died, starts who is due."""
        self.pause()
        now = time.monotonic()
        for child in self.children:
            if line := child.died(now):
                say(line)
            elif child.due is not None and child.due <= now:
                child.start(now)

    def pause(self) -> None:
        time.sleep(TICK)
        if self.told or (self.parent and make_is_stopping(self.parent)):
            raise Stop

    def told_to_stop(self, number: int, frame: FrameType | None) -> None:
        # A second word is impatience, unless it comes with the first: make passes a SIGTERM on that its whole
        # group got already.
        now = time.monotonic()
        if self.told and now - self.told > 1 and not self.hurried:
            self.hurried = True
            say("stopping at once")
        self.told = self.told or now

    # --- stopping ---------------------------------------------------------------------------------

    def stop(self) -> None:
        """The broker goes last: the others finish their last message with it."""
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        others = [child for child in self.children if child.name != "broker"]
        for group in (others, [child for child in self.children if child.name == "broker"]):
            for child in group:
                child.terminate()
            until = time.monotonic() + GRACE
            while any(child.running() for child in group) and time.monotonic() < until and not self.hurried:
                time.sleep(TICK / 4)
            for child in group:
                child.signal(signal.SIGKILL)
                if child.process is not None:
                    child.process.wait()
        self.children.clear()


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One supervisor a DATA_DIR. The lock goes with the process, however it ends."""
    with (folder / "supervisor.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Stop(
                f"Homegroup is already running with {folder}. Stop it, or set another DATA_DIR and PORT."
            ) from None
        yield


def must_be_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Stop(
                f"Port {port} on {host} cannot be used ({error.strerror}). Choose another: PORT=8001 make run"
            ) from None


def healthy(site: str) -> bool:
    host = words("ALLOWED_HOSTS", ["localhost"])[0].lstrip(".*") or "localhost"
    try:
        with urlopen(Request(f"{site}healthz", headers={"Host": host}), timeout=5) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except HTTPError as error:
        error.close()
        return False
    except OSError:
        return False


def make_is_stopping(parent: int) -> bool:
    """Whether `parent` holds SIGINT back, as GNU make does from the first one until its recipe ends.

    Ctrl-C reaches us as well; a signal sent to make alone does not, and make then waits without a word.
    """
    try:
        status = Path(f"/proc/{parent}/status").read_text()
    except OSError:
        return False
    blocked = next((line.split()[1] for line in status.splitlines() if line.startswith("SigBlk:")), "0")
    return bool(int(blocked, 16) & 1 << (signal.SIGINT - 1))


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m config.supervisor", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--parent", type=int, help="stop when this process, the parent, stops")
    parent = parser.parse_args().parent
    if parent:
        follow_parent(parent)
    os.chdir(HOUSE)
    try:
        folder = Path(text("DATA_DIR", str(HOUSE / "var"))).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        supervisor = Supervisor(
            host=text("HOST", "127.0.0.1"),
            port=number("PORT", 8000, least=1, most=65_535),
            workers=number("WEB_WORKERS", 2, least=1, most=64),
            folder=folder,
            parent=parent,
        )
        supervisor.run()
    except (Stop, ImproperlyConfigured) as reason:
        if str(reason):
            say(str(reason))
            return 1
        say("stopped")
    return 0


if __name__ == "__main__":
    sys.exit(main())
