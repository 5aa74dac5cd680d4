"""The runner of the benches: what it finds, how it prints, what it makes of a bench that fails."""

import json
from pathlib import Path

import pytest

from bench import run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(run, "FOLDER", tmp_path)
    return tmp_path


def test_a_bench_is_a_file_with_a_main(folder: Path) -> None:
    (folder / "find.py").write_text('"""Finds."""\n\ndef main():\n    return []\n')
    (folder / "server.py").write_text("PORT = 1\n")
    (folder / "run.py").write_text("\ndef main(arguments):\n    pass\n")
    assert run.benches() == ["find"]


def test_rows_are_written_and_a_claim_not_met_is_a_failure(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [{"claim": "quick", "value": 0.5, "met": True}, {"claim": "small", "value": 250, "met": False}]
    monkeypatch.setattr(run, "rows_of", lambda name: rows)
    assert run.main(["find"]) == 1
    assert [row["claim"] for row in json.loads((folder / "results.json").read_text())] == ["quick", "small"]
    assert "2 claims, 1 not met" in capsys.readouterr().out


def test_the_table_lines_up() -> None:
    first, second, third = run.table(
        [{"claim": "requests", "value": 1234.5, "met": True}, {"claim": "p50", "value": 0.25, "met": None}]
    ).splitlines()
    assert first.index("value") + len("value") == second.index("1,234") + 5 == third.index("0.25") + 4


@pytest.mark.parametrize(
    ("value", "text"), [(None, "-"), (True, "yes"), (False, "NO"), (0.1254, "0.125"), (250_000, "250,000")]
)
def test_cells(value: object, text: str) -> None:
    assert run.cell(value) == text


def test_a_bench_that_cannot_be_run_is_not_met() -> None:
    assert run.rows_of("no_such_bench") == [{"claim": "no_such_bench runs to its end", "met": False}]
