"""The house rules: lengths, names, reasons, nothing of one machine, nothing loaded from outside."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[1]
NOT_OURS = {"var", "node_modules", "staticfiles", "__pycache__", "htmlcov"}
TEXT = {".py", ".html", ".txt", ".css", ".js", ".md", ".toml", ".yaml", ".yml", ".json", ".svg", ".cfg", ""}


def walk(folder: Path = HOUSE) -> Iterator[Path]:
    """Every file of the house; hidden folders but .ci, and what was generated, are left out."""
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            if path.name not in NOT_OURS and (not path.name.startswith(".") or path.name == ".ci"):
                yield from walk(path)
        elif path.suffix != ".pyc" and not path.name.startswith(".coverage"):
            yield path


FILES = list(walk())
PYTHON = [path for path in FILES if path.suffix == ".py" and "migrations" not in path.parts]
TEMPLATES = [path for path in FILES if "templates" in path.parts and path.suffix in {".html", ".txt", ".xml"}]
STATIC = [path for path in FILES if "static" in path.parts]


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def name(path: Path) -> str:
    return str(path.relative_to(HOUSE))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Name and length of each function, decorators left out."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_the_walk_sees_the_house() -> None:
    seen = {name(path) for path in FILES}
    assert {"manage.py", "Makefile", "rules/listing.py", "config/settings.py", "tests/test_house.py"} <= seen
    assert not [path for path in seen if path.startswith((".venv", ".git/", "var/"))]


def test_files_are_short() -> None:
    def budget(path: Path) -> int:
        return 600 if path.parts[len(HOUSE.parts)] == "tests" else 400

    long = {name(path): lines(path) for path in PYTHON if lines(path) > budget(path)}
    long |= {name(path): lines(path) for path in TEMPLATES if lines(path) > 160}
    long |= {name(path): lines(path) for path in STATIC if path.suffix == ".css" and lines(path) > 900}
    assert not long


def test_functions_are_short() -> None:
    long = {
        f"{name(path)}:{function}": length
        for path in PYTHON
        for function, length in functions(path)
        if length > (40 if "views" in path.parts else 60)
    }
    assert not long


def test_rooms_are_named_for_what_they_hold() -> None:
    nothing = {"services", "utils", "helpers", "managers", "signals", "mixins", "constants", "common", "misc"}
    assert not [name(path) for path in FILES if path.stem in nothing or path.parent.name in nothing]


def test_nothing_speaks_of_one_machine() -> None:
    machine = re.compile(r"/(?:work|root|home/\w+)/|\.pyenv|/tmp/bash")
    found = {
        name(path): match.group()
        for path in FILES
        if path.suffix in TEXT
        and path != Path(__file__)
        and (match := machine.search(path.read_text(errors="replace")))
    }
    assert not found


def test_no_request_leaves_the_site() -> None:
    """A link may lead out; nothing that a browser loads by itself may."""
    loads = re.compile(
        r"""<(?:script|link|img|iframe|source|object|embed|form|use|image)\b[^>]*=["']?\s*(?:https?:)?//"""
        r"""|url\(\s*["']?(?:https?:)?//|@import|(?:import|fetch|importScripts)\s*\(?\s*["'`](?:https?:)?//""",
        re.IGNORECASE,
    )
    kinds = {".html", ".css", ".js", ".svg"}
    found = {
        name(path): match.group()
        for path in {*TEMPLATES, *STATIC}
        if path.suffix in kinds and (match := loads.search(path.read_text()))
    }
    assert not found


def test_templates_hold_no_script_and_no_style() -> None:
    """The Content-Security-Policy would silently shut them out. JSON data is no script.

    The help page is one file on purpose; its one style block is let in by its digest.
    """
    inline = re.compile(
        r"<script\b(?![^>]*(?:\bsrc=|application/(?:ld\+)?json))[^>]*>|<style\b|<[a-z][^>]*\s(?:style|on[a-z]+)=",
        re.IGNORECASE,
    )
    found = {name(path): inline.findall(path.read_text()) for path in TEMPLATES}
    assert {page: marks for page, marks in found.items() if marks} == {
        "meetings/templates/meetings/help_now.html": ["<style"]
    }


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_and_has_a_reason_above(file: str) -> None:
    pinned = re.compile(r"[A-Za-z0-9._-]+(?:\[[a-z,]+\])?==[0-9][\w.]*")
    reason = ""
    for line in (HOUSE / file).read_text().splitlines():
        if not line.strip():
            reason = ""
        elif line.startswith("#"):
            reason = line
        elif line != "-r requirements.txt":
            assert pinned.fullmatch(line), f"{line} is not pinned with =="
            assert reason, f"{line} has no reason above it"


def test_every_package_of_code_has_its_tests() -> None:
    """Tests mirror the packages: tests/rules, tests/config, ..."""
    packages = [
        path.parent.name for path in PYTHON if path.name == "__init__.py" and path.parent.parent == HOUSE
    ]
    missing = [
        each for each in packages if each not in {"tests", "bench"} and not (HOUSE / "tests" / each).is_dir()
    ]
    assert not missing
