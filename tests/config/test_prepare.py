"""Bringing a site up does what is missing, and nothing twice."""

import os
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from pytest_django import Settings

from config import prepare
from tests import builders


class Commands:
    """Stands in for Django's commands: remembers which were called."""

    def __init__(self) -> None:
        self.called: list[str] = []
        self.broken: str | None = None

    def __call__(self, name: str, **_: Any) -> None:
        self.called.append(name)
        if name == self.broken:
            raise CommandError("out of luck")


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> Commands:
    settings.DATA_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    settings.GAZETTEER_PATH = tmp_path / "gazetteer.sqlite3"
    fake = Commands()
    monkeypatch.setattr(prepare, "call_command", fake)
    return fake


def test_a_site_that_cannot_work_is_not_started(
    commands: Commands, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(prepare.django, "setup", lambda: None)
    commands.broken = "check"
    assert prepare.main() == 1
    assert "stopped: out of luck" in capsys.readouterr().out
    assert commands.called == ["check"]


@pytest.mark.django_db
def test_a_database_that_is_up_to_date_is_left_alone(commands: Commands) -> None:
    prepare.database()
    assert commands.called == []


class Builder:
    """Stands in for the process that builds the gazetteer."""

    def __init__(self, code: int) -> None:
        self.code, self.told = code, 0

    def wait(self) -> int:
        return self.code

    def kill(self) -> None:
        self.told += 1


def test_a_gazetteer_of_today_is_left_alone(settings: Settings, gazetteer_file: Path) -> None:
    settings.GAZETTEER_PATH = gazetteer_file
    with prepare.gazetteer():
        pass


@pytest.mark.parametrize("code", [0, 1])
def test_a_gazetteer_is_built_beside_the_rest(
    commands: Commands, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    started: list[list[str]] = []
    builder = Builder(code)

    def start(command: list[str], **_: Any) -> Builder:
        started.append(command)
        return builder

    monkeypatch.setattr(prepare.subprocess, "Popen", start)
    failure = pytest.raises(CommandError, match="gazetteer") if code else nullcontext()
    with failure, prepare.gazetteer():
        assert started[0][1:] == ["manage.py", "load_gazetteer"]
    assert builder.told == 1


def test_static_files_are_collected_when_one_changed(
    commands: Commands, settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "assets"
    folder.mkdir()
    (folder / "site.css").write_text("a {}")
    settings.STATICFILES_DIRS = [folder]
    prepare.static_files()
    prepare.static_files()
    assert commands.called == ["collectstatic"]
    os.utime(folder / "site.css", (1, 1))
    prepare.static_files()
    assert commands.called == ["collectstatic"] * 2


@pytest.mark.django_db
def test_the_sample_is_loaded_once_and_stays_away_when_removed(commands: Commands) -> None:
    prepare.sample()
    prepare.sample()
    assert commands.called == ["load_sample"]


@pytest.mark.django_db
def test_no_sample_beside_listings_of_the_site(commands: Commands) -> None:
    builders.meeting()
    prepare.sample()
    assert commands.called == []


@pytest.mark.django_db
def test_a_sample_that_was_interrupted_is_taken_up_again(commands: Commands) -> None:
    commands.broken = "load_sample"
    with pytest.raises(CommandError):
        prepare.sample()
    commands.broken = None
    builders.meeting()
    prepare.sample()
    prepare.sample()
    assert commands.called == ["load_sample"] * 2
