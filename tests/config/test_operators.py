"""The operators' page names every variable that is read, and no other."""

import re
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
READERS = re.compile(
    r"""(?:\b(?:text|flag|number|words|choice|address|kept_secret)\(\s*|environ(?:\.get\(|\[))["']([A-Z_]+)["']"""
)


def test_every_variable_is_explained() -> None:
    read = {
        name
        for path in (HOUSE / "config").glob("*.py")
        for name in READERS.findall(path.read_text())
        if name != "DJANGO_SETTINGS_MODULE"
    }
    explained = set(
        re.findall(r"^\| `([A-Z_]+)` \|", (HOUSE / "docs/operators.md").read_text(), re.MULTILINE)
    )
    assert read
    assert explained == read
