"""One child process of the supervisor: started, watched, restarted, and gone when it is told to go."""

import ctypes
import os
import signal
import subprocess
import sys
from dataclasses import dataclass

# Seconds before a child that died is started again; a child that lived a minute begins anew.
PAUSES = (1, 2, 4, 8, 15, 30)
STEADY = 60

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def follow_parent(parent: int) -> None:
    """Have Linux end this process when `parent`, its parent now, dies. On other systems: nothing."""
    if _libc is None:
        return
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it died before we asked
        os._exit(1)


@dataclass
class Child:
    """A program with a name that people read. Times are seconds of a monotonic clock."""

    name: str
    command: list[str]
    environment: dict[str, str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    due: float | None = None  # when to start it again
    deaths: int = 0  # in a row

    def start(self, now: float) -> None:
        """Each child leads a group of its own: a Ctrl-C meets us alone, and its workers go with it."""
        supervisor = os.getpid()
        self.started, self.due = now, None
        self.process = subprocess.Popen(  # noqa: S603  (our own commands)
            self.command,
            env=self.environment,
            start_new_session=True,
            preexec_fn=lambda: follow_parent(supervisor),
        )

    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def died(self, now: float) -> str | None:
        """What to say when it has just died, else None. Sets `due`, and ends what it left behind."""
        if self.process is None or self.due is not None or self.process.poll() is None:
            return None
        self.signal(signal.SIGKILL)
        self.deaths = 1 if now - self.started > STEADY else self.deaths + 1
        pause = PAUSES[min(self.deaths, len(PAUSES)) - 1]
        self.due = now + pause
        return f"{self.name} stopped ({ending(self.process.returncode)}); starting it again in {pause} s"

    def signal(self, number: int) -> None:
        """To the whole group, also when its leader is dead."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, number)
            except (ProcessLookupError, PermissionError):
                return

    def terminate(self) -> None:
        """Asks the leader alone: it knows in which order its own workers go."""
        if self.process is not None and self.running():
            self.process.terminate()


def ending(code: int) -> str:
    """An exit code in words: negative ones are signals."""
    return f"exit code {code}" if code >= 0 else f"killed by {signal.Signals(-code).name}"
