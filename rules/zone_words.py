"""Time zones as people write them ("EST", "Pacific", "chicago") for feeds that give no IANA name."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from functools import lru_cache

from rules.folding import fold
from rules.zones import is_zone, zone, zone_names

# Abbreviations that are also IANA names without summer time stand here too: who writes EST means New York.
_WORDS = {
    "America/New_York": "est edt et eastern easterntime easternstandardtime easterndaylighttime",
    "America/Chicago": "cst cdt ct central centraltime centralstandardtime centraldaylighttime",
    "America/Denver": "mst mdt mt mountain mountaintime mountainstandardtime mountaindaylighttime",
    "America/Los_Angeles": "pst pdt pt pacific pacifictime pacificstandardtime pacificdaylighttime",
    "America/Anchorage": "akst akdt alaska alaskatime alaskanstandardtime",
    "Pacific/Honolulu": "hst hawaii hawaiitime hawaiianstandardtime",
    "America/Halifax": "adt atlantic atlantictime atlanticstandardtime",
    "America/St_Johns": "nst ndt newfoundland newfoundlandtime newfoundlandstandardtime",
    "Europe/London": "bst uk uktime gmtstandardtime britishsummertime",
    "Europe/Berlin": "cest mez mesz westeuropestandardtime",
    "Europe/Athens": "eest",
    "Asia/Kolkata": "indiastandardtime",
    "Asia/Tokyo": "jst tokyostandardtime",
    "Australia/Sydney": "aest aedt auseasternstandardtime",
    "Pacific/Auckland": "nzst nzdt newzealandstandardtime",
}


@lru_cache(maxsize=1)
def _by_word() -> dict[str, str]:
    """Every way to write a zone that means one zone only, squeezed: folded and without blanks."""
    names: dict[str, set[str]] = defaultdict(set)
    for name in zone_names():
        if not name.startswith(("Etc/", "SystemV/")):
            names[_squeeze(name)].add(name)
            names[_squeeze(name.rpartition("/")[2])].add(name)
    unique = {word: found.pop() for word, found in names.items() if len(found) == 1}
    return unique | {word: name for name, words in _WORDS.items() for word in words.split()}


def _squeeze(text: str) -> str:
    return fold(text.replace("_", " ")).replace(" ", "")


def guess_zone(text: str) -> str:
    """The IANA zone that `text` means, or "" when it could mean anything."""
    return _by_word().get(_squeeze(text), "")


def is_plain_zone(text: str) -> bool:
    """Whether `text` can be taken at its word: an IANA name, but no abbreviation people misuse."""
    return is_zone(text) and ("/" in text or _squeeze(text) not in _by_word() or text == guess_zone(text))


@lru_cache(maxsize=1024)
def same_clock(one: str, other: str) -> bool:
    """Whether two zones show the same time, in winter and in summer of a sample year."""
    moments = (datetime(2026, 1, 15, 12), datetime(2026, 7, 15, 12))  # noqa: DTZ001 -- wall time
    return all(zone(one).utcoffset(moment) == zone(other).utcoffset(moment) for moment in moments)
