"""Feeds of everything: how fast they flow, and that they do not pile up."""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

MEETINGS = 250_000 if os.environ.get("FULL") else 50_000
KINDS = {"meeting_guide": 45, "csv": 45, "geojson": 45}
"""Seconds of one core in which 250,000 meetings are to be out."""

MOST_MB = 200


def main() -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="homegroup-feeds-") as folder:
        os.environ["DATA_DIR"] = folder
        os.environ.pop("DATABASE_URL", None)
        load = [sys.executable, "-m", "bench.ground", str(MEETINGS), "1"]
        subprocess.run(load, check=True, cwd=Path(__file__).parents[1], stdout=subprocess.DEVNULL)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        import django

        django.setup()
        return [row for kind, bar in KINDS.items() for row in _measured(kind, bar)]


def _measured(kind: str, bar: int) -> list[dict[str, Any]]:
    import time

    from django.http import QueryDict
    from django.utils import timezone

    from meetings.management.commands.export_feed import Command
    from rules.vocabulary import FELLOWSHIPS

    params = QueryDict("&".join(f"fellowship={one.slug}" for one in FELLOWSHIPS))
    pieces = iter(Command().pieces(kind, params, "https://meetings.example.org", timezone.now()))
    next(pieces)
    before = _peak_mb()
    began, rows = time.process_time(), 1
    for _ in pieces:
        rows += 1
    seconds = (time.process_time() - began) * 250_000 / rows
    grown = _peak_mb() - before
    shared = {"database": "sqlite", "meetings": MEETINGS, "reference": None, "ratio": None}
    return [
        shared
        | {
            "claim": f"{kind} of 250,000 meetings in under {bar} s of one core",
            "value": seconds,
            "unit": "s",
            "bar": bar,
            "met": seconds < bar,
        },
        shared
        | {
            "claim": f"{kind} in under {MOST_MB} MB more",
            "value": grown,
            "unit": "MB",
            "bar": MOST_MB,
            "met": grown < MOST_MB,
        },
    ]


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
