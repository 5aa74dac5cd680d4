"""A child that dies is named and started again, later each time; what it left behind goes with it."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from config.children import PAUSES, STEADY, Child, ending

SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]
FAILS = [sys.executable, "-S", "-c", "raise SystemExit(3)"]
HAS_A_WORKER = [
    sys.executable,
    "-c",
    "import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
    "print(p.pid, flush=True); p.wait()",
]


def until(done: Callable[[], bool], seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while not done() and time.monotonic() < end:
        time.sleep(0.02)
    return done()


@pytest.fixture
def child() -> Iterator[Callable[[list[str]], Child]]:
    made: list[Child] = []

    def make(command: list[str]) -> Child:
        made.append(Child("worker", command, dict(os.environ)))
        return made[-1]

    yield make
    for each in made:
        each.signal(signal.SIGKILL)
        if each.process:
            each.process.wait()


def test_a_living_child_has_nothing_to_say(child: Callable[[list[str]], Child]) -> None:
    worker = child(SLEEPS)
    worker.start(now=100)
    assert worker.running()
    assert worker.died(now=101) is None


def test_a_death_is_told_once_with_its_reason_and_the_pause(child: Callable[[list[str]], Child]) -> None:
    worker = child(FAILS)
    worker.start(now=100)
    assert until(lambda: not worker.running())
    assert worker.died(now=101) == "worker stopped (exit code 3); starting it again in 1 s"
    assert worker.due == 102
    assert worker.died(now=101.5) is None


def test_each_death_in_a_row_waits_longer_until_it_lives_a_while(
    child: Callable[[list[str]], Child],
) -> None:
    worker = child(FAILS)
    now, pauses = 100.0, []
    for _ in range(len(PAUSES) + 1):
        worker.start(now)
        assert until(lambda: not worker.running())
        worker.died(now)
        assert worker.due is not None
        pauses.append(worker.due - now)
        now = worker.due
    assert pauses == [*PAUSES, PAUSES[-1]]
    worker.start(now)
    assert until(lambda: not worker.running())
    worker.died(now + STEADY + 1)
    assert worker.due == now + STEADY + 1 + PAUSES[0]


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_the_workers_of_a_dead_child_go_with_it(child: Callable[[list[str]], Child]) -> None:
    parent = child(HAS_A_WORKER)
    parent.start(now=0)
    assert parent.process
    leader = parent.process.pid
    assert until(lambda: len(members(leader)) == 2)
    os.kill(leader, signal.SIGKILL)
    assert until(lambda: not parent.running())
    parent.died(now=1)
    assert until(lambda: not members(leader))


def members(group: int) -> list[str]:
    """The living processes of a group."""
    found = []
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                with open(f"{entry.path}/stat") as file:  # noqa: PTH123
                    state, _, its_group = file.read().rpartition(")")[2].split()[:3]
            except OSError:
                continue
            if int(its_group) == group and state != "Z":
                found.append(entry.name)
    return found


@pytest.mark.parametrize(("code", "words"), [(0, "exit code 0"), (-9, "killed by SIGKILL")])
def test_endings_in_words(code: int, words: str) -> None:
    assert ending(code) == words
