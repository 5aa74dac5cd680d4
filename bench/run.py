"""`make bench`: every claim on speed, measured here and beside its reference.

Each other file of this folder with a `main()` is one bench. `main()` returns rows, one a claim, as dicts:

    claim      what is claimed, in words
    database   "sqlite" or "postgresql"
    meetings   how many were searched
    value      what was measured
    unit       its unit
    reference  the same of the thing it is held against, or None
    ratio      value / reference, or None
    bar        what the ratio (else the value) must reach, or None
    met        whether it does

A bench runs in a process of its own, so that one's memory is not another's. Their rows are printed as a
table and written to bench/results.json. `python -m bench.run find` runs bench/find.py alone; FULL=1 asks
for the long form.
"""

import importlib
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
COLUMNS = ("claim", "database", "meetings", "value", "unit", "reference", "ratio", "bar", "met")
Row = dict[str, Any]


def benches() -> list[str]:
    """The names of all files here that define `main()`."""
    return [
        path.stem
        for path in sorted(FOLDER.glob("*.py"))
        if path.stem not in {"run", "__init__"} and "\ndef main(" in path.read_text()
    ]


def measure(name: str, into: Path) -> None:
    """In the bench's own process: run it and leave its rows behind."""
    into.write_text(json.dumps(importlib.import_module(f"bench.{name}").main()))


def rows_of(name: str) -> list[Row]:
    """Start the bench; a bench that fails is one row that is not met."""
    print(f"== {name}", flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="homegroup-bench-") as folder:
        into = Path(folder) / "rows.json"
        command = [sys.executable, "-m", "bench.run", "--measure", name, str(into)]
        failed = subprocess.run(command, check=False, cwd=FOLDER.parent).returncode
        rows = [] if failed else json.loads(into.read_text())
    print(f"== {name}: {time.monotonic() - began:.0f} s\n", flush=True)
    return rows or [{"claim": f"{name} runs to its end", "met": False}]


def cell(value: object) -> str:
    match value:
        case None:
            return "-"
        case bool():
            return "yes" if value else "NO"
        case float() if abs(value) < 100:
            return f"{value:.3g}"
        case float() | int():
            return f"{value:,.0f}"
    return str(value)


def table(rows: list[Row]) -> str:
    """Columns as wide as their widest cell; words to the left, numbers to the right."""
    cells = [list(COLUMNS), *([cell(row.get(column)) for column in COLUMNS] for row in rows)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(COLUMNS))]
    words = {"claim", "database", "unit"}
    return "\n".join(
        "  ".join(
            text.ljust(width) if column in words else text.rjust(width)
            for column, text, width in zip(COLUMNS, line, widths, strict=True)
        ).rstrip()
        for line in cells
    )


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--measure"]:
        measure(arguments[1], Path(arguments[2]))
        return 0
    rows = [
        {column: row.get(column) for column in COLUMNS}
        for name in arguments or benches()
        for row in rows_of(name)
    ]
    (FOLDER / "results.json").write_text(json.dumps(rows, indent=1) + "\n")
    print(table(rows))
    missed = sum(row["met"] is False for row in rows)
    print(f"\n{len(rows)} claims, {missed} not met; bench/results.json holds the figures.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
