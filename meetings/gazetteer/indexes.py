"""The last steps of the build: numbers by weight, and what makes looking up quick."""

import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from meetings.gazetteer import sources
from meetings.gazetteer.areas import Regions
from meetings.gazetteer.gather import ALIAS
from meetings.gazetteer.keys import key
from meetings.gazetteer.sources import Zip

# A beginning that more names share than this has its best places listed.
CROWD, LISTED, LONGEST = 1500, 40, 5
# The list holds towns of about three thousand people and more by their first names, of a million by others.
WORTHY = 550
# Other names of smaller towns are looked up as they are, but typing errors are only sought in the first.
KNOWN_ABROAD = 5.5

NUMBERING = """
CREATE TEMP TABLE number (n INTEGER PRIMARY KEY, id INTEGER);
INSERT INTO number SELECT n, row_number() OVER (ORDER BY weight DESC, n) FROM spot;
INSERT INTO place SELECT id, kind, name, country, region, latitude, longitude, zone, population, radius_km,
    floor(latitude * 10) FROM spot JOIN number USING (n) WHERE weight > -5 ORDER BY id;
INSERT INTO name SELECT key, round(100 * (10 - weight)), id, first FROM called JOIN number USING (n)
    WHERE weight > -5 ORDER BY 1, 2, 3;
INSERT INTO area SELECT key, country, region, min(round(100 * (10 - weight))), coalesce(max(id), 0)
    FROM means LEFT JOIN number USING (n) GROUP BY key, country, region ORDER BY 1, 2, 3;
CREATE INDEX place_spot ON place (band, longitude, latitude) WHERE kind = 'town'
"""


def finish(db: sqlite3.Connection, regions: Regions, us_zips: list[Zip], say: Callable[[str], None]) -> None:
    """From the temporary tables to those that searches read."""
    _places(db)
    say(f"{_count(db, 'place'):,} places under {_count(db, 'name'):,} names written.")
    _postcodes(db, regions, us_zips)
    say(f"{_count(db, 'postcode'):,} post codes written.")
    _beginnings(db)
    _spellings(db)


def _count(db: sqlite3.Connection, table: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 (our own names)


def _places(db: sqlite3.Connection) -> None:
    for step in NUMBERING.split(";"):
        db.execute(step)


def _postcodes(db: sqlite3.Connection, regions: Regions, us_zips: list[Zip]) -> None:
    rows: list[tuple[object, ...]] = [
        (code.code, "US", code.town, code.state, code.latitude, code.longitude, code.zone)
        if code.country == "US"
        else (code.code, code.country, code.town, "", code.latitude, code.longitude, code.zone)
        for code in us_zips
    ]
    rows += _elsewhere(db, regions)
    rows.sort(key=lambda row: (str(row[0]), str(row[1])))
    db.executemany("INSERT OR IGNORE INTO postcode VALUES (?,?,?,?,?,?,?)", rows)


def _elsewhere(db: sqlite3.Connection, regions: Regions) -> Iterator[tuple[object, ...]]:
    known: dict[tuple[str, str, str], tuple[str, float, float, str] | None] = {}
    for code in sources.other_postcodes():
        region = regions.by_iso.get((code.country, code.state), "")
        name = code.code.replace(" ", "").replace("-", "").lower()
        if code.latitude is not None and code.longitude is not None:
            zone = sources.zone_at(code.latitude, code.longitude)
            yield name, code.country, _title(code.town), region, code.latitude, code.longitude, zone
            continue
        where = code.country, region, code.town
        if where not in known:
            known[where] = _town(db, code.country, region, key(_title(code.town)))
        if found := known[where]:
            yield name, code.country, *found[:1], region, *found[1:]


def _title(town: str) -> str:
    """ "STOCKHOLM" and "Mississauga (Erin Mills / ...)" as people write them."""
    plain = town.partition("(")[0].partition(",")[0].strip()
    return plain.title() if plain.isupper() else plain


def _town(
    db: sqlite3.Connection, country: str, region: str, name: str
) -> tuple[str, float, float, str] | None:
    row = db.execute(
        "SELECT p.name, latitude, longitude, zone FROM name n JOIN place p ON p.id = n.place"
        " WHERE n.key = ? AND country = ? AND ? IN ('', region) AND kind = 'town' ORDER BY cost LIMIT 1",
        (name, country, region),
    ).fetchone()
    return tuple(row) if row else None


def _beginnings(db: sqlite3.Connection) -> None:
    crowds: Counter[str] = Counter()
    for start, count in db.execute("SELECT substr(key, 1, ?), count(*) FROM name GROUP BY 1", (LONGEST,)):
        for length in range(1, len(start) + 1):
            crowds[start[:length]] += count
    crowded = {start for start, count in crowds.items() if count > CROWD}
    best: dict[str, dict[int, None]] = defaultdict(dict)
    for name, place in db.execute(
        "SELECT key, place FROM name WHERE cost - 100 * first <= ? ORDER BY cost - 100 * first, place",
        (WORTHY,),
    ):
        for length in range(1, min(LONGEST, len(name)) + 1):
            start = name[:length]
            if start not in crowded:
                break
            if len(best[start]) < LISTED:
                best[start][place] = None
    db.executemany(
        "INSERT INTO beginning VALUES (?,?)",
        ((start, array("I", best[start]).tobytes()) for start in sorted(best) if len(best[start]) == LISTED),
    )


def _spellings(db: sqlite3.Connection) -> None:
    """First names of all places, other names of cities."""
    db.execute(
        "INSERT INTO spelling (key) SELECT key FROM called WHERE length(key) > 2 AND weight > -5"
        " AND (first OR weight > ?) GROUP BY key ORDER BY max(weight) DESC, key",
        (KNOWN_ABROAD - ALIAS,),
    )
    holding: dict[str, array[int]] = defaultdict(lambda: array("I"))
    for number, name in db.execute("SELECT id, key FROM spelling ORDER BY id"):
        for gram in grams(name):
            holding[gram].append(number)
    db.executemany(
        "INSERT INTO gram VALUES (?,?)", ((gram, holding[gram].tobytes()) for gram in sorted(holding))
    )


def grams(name: str) -> set[str]:
    """Each three letters in a row, words set off by blanks, much as pg_trgm does."""
    padded = f"  {name.replace(' ', '   ')} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)} - {"   "}
