"""Settings read in a process of their own, as a deployment would."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "PRODUCTION": "1",
    "SECRET_KEY": "s" * 60,
    "FIELD_KEY": "f" * 60,
    "ALLOWED_HOSTS": "meetings.example.org",
}
READ = """
import json, sys, config.settings as settings
print(json.dumps({name: getattr(settings, name, None) for name in sys.argv[1:]}))
"""
ASKED = (
    *("DATABASES", "CACHES", "CELERY_BROKER_URL", "CELERY_BROKER_TRANSPORT_OPTIONS", "DEBUG", "LOAD_SAMPLE"),
    *("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "CONTENT_SECURITY_POLICY"),
)


def read(folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    inherited = {name: value for name, value in os.environ.items() if name in {"PATH", "LANG"}}
    return subprocess.run(
        [sys.executable, "-c", READ, *ASKED],
        env={**inherited, "DATA_DIR": str(folder), **environment},
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=False,
    )


def test_alone_it_keeps_everything_in_its_folder(tmp_path: Path) -> None:
    found = json.loads(read(tmp_path).stdout)
    assert found["DATABASES"]["default"]["NAME"] == str(tmp_path / "homegroup.sqlite3")
    assert found["CELERY_BROKER_URL"] == "filesystem://"
    assert found["CELERY_BROKER_TRANSPORT_OPTIONS"]["data_folder_in"].startswith(str(tmp_path))
    assert not found["DEBUG"]


@pytest.mark.parametrize(
    ("address", "for_celery"),
    [
        ("redis://cache.example:6379/0", "redis://cache.example:6379/0"),
        ("unix:///run/broker.sock", "redis+socket:///run/broker.sock"),
    ],
)
def test_one_variable_names_redis_for_the_cache_and_for_celery(
    tmp_path: Path, address: str, for_celery: str
) -> None:
    found = json.loads(read(tmp_path, REDIS_URL=address).stdout)
    assert found["CACHES"]["default"]["LOCATION"] == address
    assert found["CELERY_BROKER_URL"] == for_celery


def test_one_variable_names_postgresql(tmp_path: Path) -> None:
    found = json.loads(read(tmp_path, DATABASE_URL="postgres://user@db.example/homegroup").stdout)
    assert found["DATABASES"]["default"]["ENGINE"] == "django.db.backends.postgresql"
    assert found["DATABASES"]["default"]["HOST"] == "db.example"


def test_tiles_may_come_from_their_server_alone(tmp_path: Path) -> None:
    told = json.loads(read(tmp_path, MAP_TILES_URL="https://{s}.tiles.example.org/{z}/{x}/{y}.png").stdout)

    directives = told["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert directives["img-src"] == ["'self'", "data:", "https://*.tiles.example.org"]
    assert directives["default-src"] == ["'none'"]


def test_production_is_strict(tmp_path: Path) -> None:
    found = json.loads(read(tmp_path, **PRODUCTION).stdout)
    assert found["SECURE_SSL_REDIRECT"]
    assert found["SESSION_COOKIE_SECURE"]
    assert found["CSRF_COOKIE_SECURE"]
    assert not found["LOAD_SAMPLE"]


@pytest.mark.parametrize("missing", ["SECRET_KEY", "FIELD_KEY", "ALLOWED_HOSTS"])
def test_production_refuses_to_start_without(tmp_path: Path, missing: str) -> None:
    done = read(tmp_path, **{name: value for name, value in PRODUCTION.items() if name != missing})
    assert done.returncode != 0
    assert missing in done.stderr.splitlines()[-1]
