"""One form for names however they are typed: no capitals, no accents, no punctuation.

What is stored and what is asked go through the same fold, so both meet. For comparing only, never shown.
"""

import unicodedata

# Letters that Unicode does not take apart, as people without the key type them.
SPECIAL = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h",
    "ı": "i", "ŧ": "t", "ŋ": "n", "ĸ": "k", "ə": "e", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ɨ": "i", "ʉ": "u",
    "ƀ": "b", "ƒ": "f", "ꞌ": "'", "’": "'", "ʼ": "'", "ʻ": "'", "ʹ": "'", "‘": "'", "`": "'", "´": "'",
}  # fmt: skip
# Combining classes that belong to the letter, not upon it: Indic and Thai vowels (0), kana voicing (8),
# viramas (9). Leaving them out would merge different words; accents (200 and more) and vowel points go.
_KEPT_CLASSES = frozenset({0, 8, 9})
_MEMORY = 20_000  # characters; more than any one script has


class _Bare(dict[int, str]):
    """What each character of a taken-apart text leaves behind, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        left = SPECIAL.get(character, character)
        if left == character and character != "'":
            if unicodedata.combining(character) not in _KEPT_CLASSES:
                left = ""
            elif not character.isalnum() and unicodedata.category(character) not in {"Mn", "Mc"}:
                left = " "
        if len(self) < _MEMORY:
            self[code] = left
        return left


_BARE = _Bare()


def fold(text: str) -> str:
    """`text` for comparing: "St. Mary's, KÖLN" becomes "st marys koln". Folding twice changes nothing.

    An apostrophe before one last letter goes ("don't", "Mary's"), any other one parts words ("l'espoir").
    """
    if text.isascii():
        plain = text.lower().translate(_BARE)
    else:
        plain = unicodedata.normalize("NFC", _apart(text).translate(_BARE))
    return " ".join(_join_endings(plain) if "'" in plain else plain.split())


def words(text: str) -> list[str]:
    """The folded words of `text`, in its order."""
    return fold(text).split()


def _apart(text: str) -> str:
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())


def _join_endings(plain: str) -> list[str]:
    found: list[str] = []
    for word in plain.split():
        parts = [part for part in word.split("'") if part]
        if len(parts) > 1 and len(parts[-1]) == 1:
            parts[-2:] = [parts[-2] + parts[-1]]
        found += parts
    return found
