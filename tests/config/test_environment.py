"""Nonsense in the environment is refused with its remedy, and secrets are made once."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment


@pytest.mark.parametrize(("value", "meaning"), [("1", True), ("Yes", True), ("off", False), ("", True)])
def test_flags(monkeypatch: pytest.MonkeyPatch, value: str, meaning: bool) -> None:
    monkeypatch.setenv("PRODUCTION", value)
    assert environment.flag("PRODUCTION", default=True) is meaning


def test_a_flag_that_is_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODUCTION", "maybe")
    with pytest.raises(ImproperlyConfigured, match="Set PRODUCTION=1 or PRODUCTION=0"):
        environment.flag("PRODUCTION", default=False)


@pytest.mark.parametrize(
    ("value", "remedy"), [("many", "not a whole number"), ("0", "between 1 and 9"), ("10", "between 1 and 9")]
)
def test_numbers_out_of_range(monkeypatch: pytest.MonkeyPatch, value: str, remedy: str) -> None:
    monkeypatch.setenv("WEB_WORKERS", value)
    with pytest.raises(ImproperlyConfigured, match=remedy):
        environment.number("WEB_WORKERS", 2, least=1, most=9)


def test_numbers_and_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEB_WORKERS", " 3 ")
    monkeypatch.setenv("ALLOWED_HOSTS", "a.example, b.example,")
    assert environment.number("WEB_WORKERS", 2, least=1, most=9) == 3
    assert environment.words("ALLOWED_HOSTS", []) == ["a.example", "b.example"]


def test_a_choice_names_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.choice("INVENTED_DATA_NOTICE", ["auto", "on", "off"]) == "auto"
    monkeypatch.setenv("INVENTED_DATA_NOTICE", "sometimes")
    with pytest.raises(ImproperlyConfigured, match="auto, on, off"):
        environment.choice("INVENTED_DATA_NOTICE", ["auto", "on", "off"])


def test_an_address_of_another_kind_is_refused_and_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "unix:///run/broker.sock")
    assert environment.address("REDIS_URL", "", ["redis", "unix"]) == "unix:///run/broker.sock"
    monkeypatch.setenv("REDIS_URL", "secret@localhost:6379")
    with pytest.raises(ImproperlyConfigured, match="begins with one of: redis://, unix://") as refusal:
        environment.address("REDIS_URL", "", ["redis", "unix"])
    assert "secret" not in str(refusal.value)


def test_a_secret_is_made_once_for_its_owner_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("FIELD_KEY", raising=False)
    first = environment.kept_secret("FIELD_KEY", tmp_path, required=False)
    assert len(first) >= 50
    assert environment.kept_secret("FIELD_KEY", tmp_path, required=False) == first
    assert (tmp_path / "field_key").stat().st_mode & 0o777 == 0o600


def test_production_wants_its_own_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("FIELD_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match="FIELD_KEY is not set"):
        environment.kept_secret("FIELD_KEY", tmp_path, required=True)
    assert not list(tmp_path.iterdir())
