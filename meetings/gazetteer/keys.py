"""The form under which names are stored and looked up: folded, with the usual short forms made equal."""

from itertools import groupby

from rules.folding import fold

# Written both ways on signs and envelopes; the short form is stored.
SHORT = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}


def key(text: str) -> str:
    """ "Saint Louis" and "St. Louis" are one key, "N.Y.C." and "NYC" too."""
    words = fold(text).split()
    if len(words) > 1 and min(map(len, words)) == 1:
        words = _joined(words)
    return " ".join([SHORT.get(word, word) for word in words])


def _joined(words: list[str]) -> list[str]:
    """Single letters in a row are one word."""
    runs = groupby(words, key=lambda word: len(word) == 1 and word.isalpha())
    return [word for single, run in runs for word in (["".join(run)] if single else run)]


def beginnings(typed: str) -> list[str]:
    """The keys that a name being typed may begin with: "sai" may become "saigon" or "saint louis" ("st ")."""
    start = key(typed)
    *before, last = start.split() or [""]
    longer = [short for long, short in SHORT.items() if len(last) > 2 and long.startswith(last)]
    return [start, *(" ".join([*before, short]) + " " for short in longer)]
