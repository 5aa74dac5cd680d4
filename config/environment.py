"""Reading the environment: each name once, nonsense refused with its remedy."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str) -> str:
    """The variable, or `default` when it is absent or empty."""
    return os.environ.get(name) or default


def flag(name: str, *, default: bool) -> bool:
    """1/0, true/false, yes/no, on/off."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no. Set {name}=1 or {name}=0.")


def number(name: str, default: int, *, least: int, most: int) -> int:
    """A whole number between `least` and `most`."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    try:
        found = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number.") from None
    if not least <= found <= most:
        raise ImproperlyConfigured(f"{name}={found} is out of range. Set it between {least} and {most}.")
    return found


def words(name: str, default: list[str]) -> list[str]:
    """A list, separated by commas."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()] or default


def address(name: str, default: str, schemes: list[str]) -> str:
    """A URL of one of `schemes`. What it holds is not repeated: it may be a password."""
    value = text(name, default)
    if value and value.partition("://")[0] not in schemes:
        known = ", ".join(f"{scheme}://" for scheme in schemes)
        raise ImproperlyConfigured(f"{name} is no address we understand. It begins with one of: {known}")
    return value


def choice(name: str, known: list[str]) -> str:
    """One of `known`; the first is the default."""
    value = text(name, known[0])
    if value not in known:
        raise ImproperlyConfigured(f"{name}={value!r} is unknown. Set it to one of: {', '.join(known)}.")
    return value


def kept_secret(name: str, folder: Path, *, required: bool) -> str:
    """A secret from the environment; else one made once and kept in `folder` with mode 0600."""
    if value := os.environ.get(name):
        return value
    if required:
        raise ImproperlyConfigured(
            f"{name} is not set. Production needs its own: "
            f'{name}="$(python3 -c "import secrets; print(secrets.token_urlsafe(50))")"'
        )
    path = folder / name.lower()
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as fresh:
            fresh.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text()
