"""Builds the gazetteer's file: in one go, beside the old one, which it then replaces."""

import fcntl
import hashlib
import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from meetings.gazetteer import areas, indexes, sources
from meetings.gazetteer.gather import Desk, gather
from meetings.gazetteer.store import FORM
from rules import folding

HERE = Path(__file__).parent
# What decides about the contents: when one of these changes, or a package, the file is built anew.
RECIPE = [
    *("areas.py", "build.py", "gather.py", "indexes.py", "keys.py", "sources.py"),
    *("landmarks.csv", "nicknames.json", "schema.sql"),
]
CREDITS = (
    "Places: GeoNames, CC BY 4.0. Regions: GeoNames, iso-codes, Wikidata. US ZIP codes: zipcodes, MIT. Other "
    "post codes: countries-states-cities-database, ODbL 1.0. Countries: Unicode CLDR."
)


def stamp() -> str:
    """What a file built now would be made of."""
    recipe = hashlib.sha256()
    for part in (Path(folding.__file__), *(HERE / name for name in RECIPE)):
        recipe.update(part.read_bytes())
    return json.dumps({"recipe": recipe.hexdigest()[:16], **sources.versions()}, sort_keys=True)


def stamp_of(path: Path) -> str:
    """What the file at `path` is made of; "" when there is none, or it is something else."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            row = db.execute("SELECT value FROM meta WHERE name = 'stamp'").fetchone()
    except sqlite3.Error:
        return ""
    return str(row[0]) if row else ""


def build(path: Path, *, force: bool = False, say: Callable[[str], None] = lambda _: None) -> bool:
    """Make the file at `path`, unless one of the same sources is there. True when it was built.

    Several processes may ask at once: one builds, the others wait and find it done. Readers of an old file
    keep it until they open the new one.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(path.name + ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not force and stamp_of(path) == stamp():
            return False
        fresh = path.with_name(path.name + ".fresh")
        fresh.unlink(missing_ok=True)
        try:
            _write(fresh, say)
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
    return True


def _write(path: Path, say: Callable[[str], None]) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    try:
        db.executescript(
            "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            "PRAGMA cache_size = -64000; PRAGMA temp_store = FILE;"
        )
        db.executescript((HERE / "schema.sql").read_text(encoding="utf-8"))
        db.execute(f"PRAGMA user_version = {FORM}")
        db.execute("BEGIN")
        regions = areas.Regions()
        desk = Desk(db)
        passed = gather(desk, say)
        areas.write(db, desk, passed, regions)
        desk.flush()
        indexes.finish(db, regions, passed.us_zips, say)
        db.executemany("INSERT INTO meta VALUES (?,?)", [("stamp", stamp()), ("credits", CREDITS)])
        db.execute("COMMIT")
    finally:
        db.close()
    with path.open("rb") as written:
        os.fsync(written.fileno())
