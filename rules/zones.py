"""IANA time zones: which names are real. The zone rules come from the `tzdata` package.

Never from the machine: its rules may be years older, and a meeting would stand an hour wrong.
"""

from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones, reset_tzpath

reset_tzpath(to=())  # `ZoneInfo` would look at the machine first
ZoneInfo.clear_cache()


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """Every zone name known here, without the `posix/`, `right/` and machine-local entries."""
    return frozenset(
        name
        for name in available_timezones()
        if not name.startswith(("posix/", "right/")) and name not in {"localtime", "Factory"}
    )


def is_zone(name: str) -> bool:
    """Whether `name` is a zone, spelled as IANA spells it."""
    return name in zone_names()


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """The zone called `name`; `KeyError` for one that is unknown."""
    if not is_zone(name):
        raise KeyError(name)
    return ZoneInfo(name)
