"""Asks a server for pages over a few connections that stay open, and times it. Run as a process of its own.

`python -m bench.load HOST:PORT CONNECTIONS < addresses` prints {"seconds", "requests", "millis": [...]}.
"""

import json
import selectors
import socket
import sys
import time

CHUNKED = -1


class _Connection:
    """One connection: a question, its whole answer, the next question."""

    def __init__(self, host: str, port: int) -> None:
        self.socket = socket.create_connection((host, port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.host = f"{host}:{port}"

    def ask(self, address: str) -> None:
        self.asked = time.perf_counter()
        self.read: bytes = b""
        self.wanted: int | None = None
        question = f"GET {address} HTTP/1.1\r\nHost: {self.host}\r\nAccept: application/json\r\n\r\n"
        self.socket.sendall(question.encode())

    def take(self) -> bool:
        """Read what is there; whether the answer is whole."""
        piece = self.socket.recv(1 << 18)
        if not piece:
            raise ConnectionError("the server hung up")
        self.read += piece
        if self.wanted is None and b"\r\n\r\n" in self.read:
            self.wanted = self._length(self.read.partition(b"\r\n\r\n")[0].lower())
        if self.wanted == CHUNKED:
            return self.read.endswith(b"\r\n0\r\n\r\n")
        return self.wanted is not None and len(self.read) >= self.wanted

    def _length(self, head: bytes) -> int:
        """Of the whole answer, its head included."""
        if not head.startswith(b"http/1.1 200"):
            raise ValueError(self.read[:500])
        for line in head.split(b"\r\n"):
            if line.startswith(b"content-length:"):
                return len(head) + 4 + int(line.partition(b":")[2])
        return CHUNKED


def run(host: str, port: int, connections: int, addresses: list[str]) -> dict[str, object]:
    """Ask for every address once."""
    waiting = iter(addresses)
    millis = []
    watch = selectors.DefaultSelector()
    began = time.perf_counter()
    for _, address in zip(range(connections), waiting, strict=False):
        connection = _Connection(host, port)
        connection.ask(address)
        watch.register(connection.socket, selectors.EVENT_READ, connection)
    while len(millis) < len(addresses):
        for key, _ in watch.select():
            if key.data.take():
                millis.append((time.perf_counter() - key.data.asked) * 1000)
                address = next(waiting, None)
                if address is not None:
                    key.data.ask(address)
    return {"seconds": time.perf_counter() - began, "requests": len(addresses), "millis": sorted(millis)}


if __name__ == "__main__":
    host, _, port = sys.argv[1].partition(":")
    json.dump(run(host, int(port), int(sys.argv[2]), sys.stdin.read().split()), sys.stdout)
