-- The file that searches read. Ids of places rise as their weight falls: the smaller, the likelier meant.
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE country (code TEXT PRIMARY KEY, name TEXT NOT NULL, people INTEGER NOT NULL) WITHOUT ROWID;
-- `iso`: the second half of ISO 3166-2 where there is one, else empty.
CREATE TABLE region (
    country TEXT NOT NULL, code TEXT NOT NULL, iso TEXT NOT NULL, name TEXT NOT NULL,
    PRIMARY KEY (country, code)
) WITHOUT ROWID;
CREATE TABLE place (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, country TEXT NOT NULL,
    region TEXT NOT NULL, latitude REAL NOT NULL, longitude REAL NOT NULL, zone TEXT NOT NULL,
    population INTEGER NOT NULL, radius_km REAL, band INTEGER NOT NULL
);
-- `cost`: 100 for each power of ten of people that a place lacks to ten thousand million, 100 more for a
-- name that is not the first, 200 for a code. `first`: whether it is the first, or as good.
CREATE TABLE name (
    key TEXT NOT NULL, cost INTEGER NOT NULL, place INTEGER NOT NULL, first INTEGER NOT NULL,
    PRIMARY KEY (key, cost, place)
) WITHOUT ROWID;
-- What may stand after a town's name to say which one; region empty: the whole country. `place` for a code
-- that means a place when it stands alone ("TX"), else 0.
CREATE TABLE area (
    key TEXT NOT NULL, country TEXT NOT NULL, region TEXT NOT NULL, cost INTEGER NOT NULL,
    place INTEGER NOT NULL, PRIMARY KEY (key, country, region)
) WITHOUT ROWID;
CREATE TABLE postcode (
    code TEXT NOT NULL, country TEXT NOT NULL, town TEXT NOT NULL, region TEXT NOT NULL,
    latitude REAL NOT NULL, longitude REAL NOT NULL, zone TEXT NOT NULL, PRIMARY KEY (code, country)
) WITHOUT ROWID;
-- The best places for beginnings that too many names share. Packed unsigned 32-bit numbers, best first.
CREATE TABLE beginning (start TEXT PRIMARY KEY, places BLOB NOT NULL) WITHOUT ROWID;
-- For typing errors: spellings by weight, and for each three letters the spellings that hold them (packed).
CREATE TABLE spelling (id INTEGER PRIMARY KEY, key TEXT NOT NULL);
CREATE TABLE gram (letters TEXT PRIMARY KEY, spellings BLOB NOT NULL) WITHOUT ROWID;
