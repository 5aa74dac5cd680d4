"""One form for names however they are typed: no capitals, no accents, no punctuation.

What is stored and what is asked go through the same fold, so both meet. For comparing only, never shown.
"""

import unicodedata

# Letters that Unicode does not take apart, as people without the key type them.
_SPECIAL = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h",
        "ı": "i", "ŧ": "t", "ŋ": "n", "ĸ": "k", "ə": "e", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ɨ": "i", "ʉ": "u",
        "ƀ": "b", "ƒ": "f", "ꞌ": "'", "’": "'", "ʼ": "'", "ʻ": "'", "ʹ": "'", "‘": "'", "`": "'", "´": "'",
    }
)  # fmt: skip
# Combining classes that belong to the letter, not upon it: Indic and Thai vowels (0), kana voicing (8),
# viramas (9). Leaving them out would merge different words; accents (200 and more) and vowel points go.
_KEPT_CLASSES = frozenset({0, 8, 9})
_ASCII = str.maketrans(
    {chr(code): " " for code in range(128) if not chr(code).isalnum() and code != ord("'")}
)


def fold(text: str) -> str:
    """`text` for comparing: "St. Mary's, KÖLN" becomes "st marys koln". Folding twice changes nothing.

    An apostrophe before one last letter goes ("don't", "Mary's"), any other one parts words ("l'espoir").
    """
    plain = text.lower().translate(_ASCII) if text.isascii() else _without_marks(text)
    return " ".join(_join_endings(plain) if "'" in plain else plain.split())


def words(text: str) -> list[str]:
    """The folded words of `text`, in its order."""
    return fold(text).split()


def _without_marks(text: str) -> str:
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.translate(_SPECIAL)).casefold())
    bare = "".join(c for c in apart if unicodedata.combining(c) in _KEPT_CLASSES).translate(_SPECIAL)
    return "".join(c if c == "'" or _in_word(c) else " " for c in unicodedata.normalize("NFC", bare))


def _in_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) in {"Mn", "Mc"}


def _join_endings(plain: str) -> list[str]:
    found: list[str] = []
    for word in plain.split():
        parts = [part for part in word.split("'") if part]
        if len(parts) > 1 and len(parts[-1]) == 1:
            parts[-2:] = [parts[-2] + parts[-1]]
        found += parts
    return found
