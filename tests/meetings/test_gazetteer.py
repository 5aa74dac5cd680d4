"""What people type, and where they must end up. No network anywhere."""

import json
import sqlite3
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from geopy.distance import great_circle
from hypothesis import example, given, settings
from hypothesis import strategies as st

from meetings.gazetteer import sources
from meetings.gazetteer.build import build, stamp, stamp_of
from meetings.gazetteer.gather import nicknames_of_towns
from meetings.gazetteer.keys import beginnings, key
from meetings.gazetteer.pins import of_line, pin
from meetings.gazetteer.store import NoGazetteer, Store, store
from meetings.gazetteer.suggesting import suggest
from meetings.gazetteer.typed import point
from meetings.gazetteer.understand import nearest_town, understand

REAL = Path(__file__).parents[3] / "shared" / "data" / "bmlt-new-york-meetings.json"
BROOKLYN, ZIP_11215, NYC = (40.65, -73.95), (40.667, -73.983), (40.714, -74.006)
SPRINGFIELD, HAMILTON, LONDON_ONTARIO = (39.80, -89.64), (43.25, -79.87), (42.98, -81.25)
LONDON, PARIS, PARIS_TEXAS, MUNICH = (51.507, -0.128), (48.857, 2.352), (33.66, -95.56), (48.137, 11.575)
ST_LOUIS, LA, SF = (38.627, -90.199), (34.05, -118.24), (37.77, -122.42)


@pytest.fixture(scope="module")
def book(gazetteer_file: Path) -> Store:
    return Store(gazetteer_file)


@pytest.mark.parametrize(
    ("typed", "near", "country", "region", "kind"),
    [
        ("Brooklyn, NY", BROOKLYN, "US", "NY", "town"),
        ("brooklyn new york", BROOKLYN, "US", "NY", "town"),
        ("Brooklyn, New York, United States", BROOKLYN, "US", "NY", "town"),
        ("BROOKLYN NY USA", BROOKLYN, "US", "NY", "town"),
        ("11215", ZIP_11215, "US", "NY", "zip"),
        ("11215-1234", ZIP_11215, "US", "NY", "zip"),
        ("brooklyn ny 11215", ZIP_11215, "US", "NY", "zip"),
        ("11215, USA", ZIP_11215, "US", "NY", "zip"),
        ("Springfield, IL", SPRINGFIELD, "US", "IL", "town"),
        ("Springfield, Ill.", SPRINGFIELD, "US", "IL", "town"),
        ("springfield illinois usa", SPRINGFIELD, "US", "IL", "town"),
        ("Springfield", (37.21, -93.29), "US", "MO", "town"),
        ("Paris", PARIS, "FR", "IDF", "town"),
        ("Paris, France", PARIS, "FR", "IDF", "town"),
        ("75001 Paris", PARIS, "FR", "IDF", "zip"),
        ("Paris, TX", PARIS_TEXAS, "US", "TX", "town"),
        ("paris texas", PARIS_TEXAS, "US", "TX", "town"),
        ("München", MUNICH, "DE", "BY", "town"),
        ("Munchen", MUNICH, "DE", "BY", "town"),
        ("muenchen", MUNICH, "DE", "BY", "town"),
        ("Munich", MUNICH, "DE", "BY", "town"),
        ("Monaco di Baviera", MUNICH, "DE", "BY", "town"),
        ("10115 Berlin", (52.52, 13.40), "DE", "BE", "zip"),
        ("London", LONDON, "GB", "ENG", "town"),
        ("London, UK", LONDON, "GB", "ENG", "town"),
        ("London, England, United Kingdom", LONDON, "GB", "ENG", "town"),
        ("London, Ontario", LONDON_ONTARIO, "CA", "ON", "town"),
        ("London ON Canada", LONDON_ONTARIO, "CA", "ON", "town"),
        ("Hamilton ON", HAMILTON, "CA", "ON", "town"),
        ("Hamilton, Ont.", HAMILTON, "CA", "ON", "town"),
        ("Ontario, CA", (34.06, -117.65), "US", "CA", "town"),
        ("NYC", NYC, "US", "NY", "town"),
        ("N.Y.C.", NYC, "US", "NY", "town"),
        ("new york", NYC, "US", "NY", "town"),
        ("New York, NY", NYC, "US", "NY", "town"),
        ("LA", LA, "US", "CA", "town"),
        ("L.A.", LA, "US", "CA", "town"),
        ("SF", SF, "US", "CA", "town"),
        ("Washington DC", (38.895, -77.036), "US", "DC", "town"),
        ("washington, d.c.", (38.895, -77.036), "US", "DC", "town"),
        ("Boston, Mass", (42.36, -71.06), "US", "MA", "town"),
        ("St. Louis", ST_LOUIS, "US", "MO", "town"),
        ("Saint Louis", ST_LOUIS, "US", "MO", "town"),
        ("st louis mo", ST_LOUIS, "US", "MO", "town"),
        ("Ft. Worth, Texas", (32.75, -97.33), "US", "TX", "town"),
        ("Bronx", (40.85, -73.87), "US", "NY", "town"),
        ("São Paulo", (-23.55, -46.63), "BR", "SP", "town"),
        ("sao paulo", (-23.55, -46.63), "BR", "SP", "town"),
        ("東京", (35.69, 139.69), "JP", "13", "town"),
        ("Москва", (55.75, 37.62), "RU", "MOW", "town"),
        ("القاهرة", (30.04, 31.24), "EG", "C", "town"),
        ("서울", (37.57, 126.98), "KR", "11", "town"),
        ("Montréal, Québec, Canada", (45.51, -73.57), "CA", "QC", "town"),
        ("Ashford, Kent", (51.15, 0.87), "GB", "ENG", "town"),
        ("San Juan, PR", (18.47, -66.11), "PR", "San Juan", "town"),
        ("San Juan, Puerto Rico, USA", (18.47, -66.11), "PR", "San Juan", "town"),
        ("M5V", (43.64, -79.39), "CA", "ON", "zip"),
        ("Times Square", (40.758, -73.985), "US", "NY", "town"),
        ("Central Park", (40.783, -73.965), "US", "NY", "landmark"),
        ("Heathrow", (51.47, -0.454), "GB", "ENG", "landmark"),
        ("Harlem, Manhattan", (40.81, -73.95), "US", "NY", "town"),
        ("Soho, London, UK", (51.513, -0.131), "GB", "ENG", "town"),
        ("near Boston", (42.36, -71.06), "US", "MA", "town"),
        ("in Chicago, Ill.", (41.88, -87.63), "US", "IL", "town"),
        ("Lisboa", (38.72, -9.13), "PT", "11", "town"),
    ],
)  # fmt: skip
def test_found(
    book: Store, typed: str, near: tuple[float, float], country: str, region: str, kind: str
) -> None:
    place = understand(book, typed).place
    assert place
    assert (place.country, place.region, place.kind, place.exact) == (country, region, kind, True)
    assert great_circle((place.latitude, place.longitude), near).km < 12
    assert place.timezone


@pytest.mark.parametrize(
    ("typed", "near", "country", "kind"),
    [
        ("123 Main St, Brooklyn, NY 11215", ZIP_11215, "US", "zip"),
        ("Room 3, Trinity Church, 100 Main St., Springfield, IL 62701, USA", SPRINGFIELD, "US", "zip"),
        ("12345 Main St, Springfield, IL", SPRINGFIELD, "US", "town"),
        ("123 main st brooklyn", BROOKLYN, "US", "town"),
        ("Locke Street, Hamilton", HAMILTON, "CA", "town"),
        ("Locke Street Hamilton", HAMILTON, "CA", "town"),
        ("Locke Street, New York", NYC, "US", "town"),
        ("Calle Mayor 5, Madrid, España", (40.42, -3.70), "ES", "town"),
        ("M5V 2T6", (43.64, -79.39), "CA", "zip"),
        ("SW1A 1AA", LONDON, "GB", "zip"),
        ("sw1a1aa", LONDON, "GB", "zip"),
        ("10 Downing Street, London SW1A 2AA, UK", LONDON, "GB", "zip"),
        ("Brookyln", BROOKLYN, "US", "town"),
        ("Sprngfield, IL", SPRINGFIELD, "US", "town"),
        ("Sna Francisco", SF, "US", "town"),
        ("Brooklyn, New Yrok", BROOKLYN, "US", "town"),
        ("Philidelphia", (39.95, -75.16), "US", "town"),
        ("364 Seneca Turn Pike, Canatota, NY 13932, USA", (43.08, -75.75), "US", "town"),
        ("44 Main St, Binghamton, NY 14424, USA", (42.10, -75.92), "US", "town"),
        ("545 60th St, New York, NY NY, USA", NYC, "US", "town"),
        ("174 St. & Stratford, New York, NY , USA", NYC, "US", "town"),
        ("Springfield, IL 99999", SPRINGFIELD, "US", "town"),
    ],
)
def test_found_about(book: Store, typed: str, near: tuple[float, float], country: str, kind: str) -> None:
    place = understand(book, typed).place
    assert place
    assert (place.country, place.kind, place.exact) == (country, kind, False)
    assert great_circle((place.latitude, place.longitude), near).km < 15


@pytest.mark.parametrize(
    "typed", ["zzzz qqqq", "asdfghjkl", "Qwxyzvk, Kansas", "", " ,;", "\x00\x1f", "x" * 5000]
)
def test_nobody_knows(book: Store, typed: str) -> None:
    assert understand(book, typed).place is None


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("Springfield", "Springfield, Illinois, United States"),
        ("Paris", "Paris, Texas, United States"),
        ("Paris", "Paris, Ontario, Canada"),
        ("London", "London, Ontario, Canada"),
        ("Pittsburg", "Pittsburgh, Pennsylvania, United States"),
        ("Nowhere Springs", "Powder Springs, Georgia, United States"),
        ("Smallville, Kansas", "Kansas, United States"),
        ("99999", "Ketchikan, Alaska 99950, United States"),
        ("75001", "Paris, Île-de-France 75001, France"),
        ("Georgia", "Georgia, United States"),
    ],
)
def test_did_you_mean(book: Store, typed: str, offered: str) -> None:
    found = understand(book, typed)
    labels = [place.label for place in found.others]
    assert offered in labels
    assert len(set(labels)) == len(labels)
    assert found.place is None or found.place.label not in labels


@pytest.mark.parametrize(
    ("typed", "home", "country"),
    [
        ("Georgia", "US", "US"), ("Georgia", "", "GE"), ("Birmingham", "US", "US"),
        ("Birmingham", "GB", "GB"), ("Paris", "US", "FR"), ("75001", "FR", "FR"),
        ("75001", None, "US"), ("2000", "AU", "AU"),
    ],
)  # fmt: skip
def test_home_breaks_ties(book: Store, typed: str, home: str | None, country: str) -> None:
    place = understand(book, typed, home).place
    assert place
    assert place.country == country


@pytest.mark.parametrize(
    ("typed", "kind", "least", "most"),
    [("Texas", "region", 200, 1500), ("TX", "region", 200, 1500), ("Orange County, CA", "region", 5, 100),
     ("Deutschland", "country", 200, 1000), ("USA", "country", 1000, 5000)],
)  # fmt: skip
def test_areas_tell_how_wide_they_are(book: Store, typed: str, kind: str, least: float, most: float) -> None:
    place = understand(book, typed).place
    assert place
    assert place.kind == kind
    assert place.radius_km
    assert least < place.radius_km < most


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("40.7,-74.0", (40.7, -74.0)), ("40.7 -74.0", (40.7, -74.0)), ("(40.7; -74)", (40.7, -74.0)),
        ("40.7° N, 74.0° W", (40.7, -74.0)), ("33.9 S, 18.4 E", (-33.9, 18.4)), ("0,0", (0.0, 0.0)),
        ("-16.5,179.99", (-16.5, 179.99)), ("91,0", None), ("0,181", None), ("90 45", None), ("11215", None),
        ("1,2,3", None), ("Brooklyn", None), ("٤٠,٧٤", (40.0, 74.0)),
    ],
)  # fmt: skip
def test_points(typed: str, expected: tuple[float, float] | None) -> None:
    assert point(typed) == expected


def test_a_text_of_blanks_is_looked_at_once() -> None:
    """Trying every way to share the blanks out would take seconds."""
    began = process_time()

    assert point("1" + " " * 200 + "x") is None
    assert process_time() - began < 0.5


def test_a_point_is_called_after_the_nearest_town(book: Store) -> None:
    place = understand(book, "40.6721,-73.9776").place
    assert place
    assert (place.latitude, place.longitude, place.kind) == (40.6721, -73.9776, "point")
    assert place.label == "Park Slope, New York, United States"
    assert place.timezone == "America/New_York"


def test_a_point_in_the_ocean_is_called_by_its_numbers(book: Store) -> None:
    place = understand(book, "0,-30").place
    assert place
    assert place.label == "0.0000, -30.0000"
    assert place.country == ""


@pytest.mark.parametrize("spot", [(89.99, 0), (-90, 180), (0, -180), (-16.5, 179.999), (-16.5, -179.999)])
def test_nearest_town_at_the_edges(book: Store, spot: tuple[float, float]) -> None:
    town = nearest_town(book, *spot)
    assert town is None or great_circle((town.latitude, town.longitude), spot).km < 400


@pytest.mark.parametrize(
    "words", ["spr", "lond", "new y", "112", "orange c", "ontar", "central p", "são", "georg"]
)
def test_a_label_sent_back_means_its_place(book: Store, words: str) -> None:
    for place in suggest(book, words):
        found = understand(book, place.label).place
        assert found
        assert found.label == place.label


@pytest.mark.parametrize(
    "label",
    [
        "Bahia, Brazil", "New York, United States", "Tim, Midtjylland 6980, Denmark",
        "Preston, England PR, United Kingdom", "London North N, United Kingdom",
        "Veracruz, Veracruz de Ignacio de la Llave, Mexico", "Orange County, California, United States",
    ],
)  # fmt: skip
def test_any_label_sent_back_means_its_place(book: Store, label: str) -> None:
    place = understand(book, label).place
    assert place
    assert place.label == label


@given(st.text() | st.text(alphabet="abcdeiou 0123456789,.'-éß東я", max_size=60))
@example("1" * 300)
@example("'" * 50)
@example("sw1a " * 30)
@example("1,1,1,1")
@settings(max_examples=100, deadline=None)
def test_no_text_raises(gazetteer_file: Path, text: str) -> None:
    book = store(gazetteer_file)
    found = understand(book, text, "US")
    assert all(abs(place.latitude) <= 90 for place in found.others)
    suggest(book, text)
    of_line(book, text)


# Completing


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("bro", "Brooklyn, New York, United States"),
        ("new y", "New York City, New York, United States"),
        ("lond", "London, Ontario, Canada"),
        ("springfield i", "Springfield, Illinois, United States"),
        ("springfield, ill", "Springfield, Illinois, United States"),
        ("paris, t", "Paris, Texas, United States"),
        ("portland or", "Portland, Oregon, United States"),
        ("toronto, can", "Toronto, Ontario, Canada"),
        ("1121", "Brooklyn, New York 11215, United States"),
        ("saint lou", "St. Louis, Missouri, United States"),
        ("sain", "St. Louis, Missouri, United States"),
        ("st. lou", "St. Louis, Missouri, United States"),
        ("münch", "Munich, Bayern, Germany"),
        ("東", "Tokyo, Japan"),
        ("texa", "Texas, United States"),
    ],
)
def test_suggestions(book: Store, typed: str, offered: str) -> None:
    labels = [place.label for place in suggest(book, typed)]
    assert offered in labels
    assert len(labels) == len(set(labels)) <= 8


def test_suggestions_by_weight(book: Store) -> None:
    people = [place.population for place in suggest(book, "springfield", 4)]
    assert all(more >= less for more, less in pairwise(people))


@pytest.mark.parametrize(("typed", "limit"), [("", 8), (" ,", 8), ("bro", 0), ("zzqq", 8)])
def test_no_suggestions(book: Store, typed: str, limit: int) -> None:
    assert suggest(book, typed, limit) == []


# Listings


@pytest.mark.parametrize(
    ("city", "region", "postal_code", "country", "near"),
    [
        ("Brooklyn", "NY", "11215", "USA", ZIP_11215),
        ("Brooklyn", "NY", "11215-1234", "US", ZIP_11215),
        ("", "", "11215", "", ZIP_11215),
        ("Brooklyn", "NY", "", "", BROOKLYN),
        ("Brooklyn", "New York", "", "United States", BROOKLYN),
        ("Springfield", "IL", "11215", "US", SPRINGFIELD),  # the code speaks of another state
        ("Hamilton", "ON", "", "Canada", HAMILTON),
        ("Ontario", "CA", "", "", (34.06, -117.65)),
        ("München", "", "", "DE", MUNICH),
        ("Munich", "Bayern", "80331", "Germany", MUNICH),
        ("London", "", "SW1A 1AA", "UK", LONDON),
        ("Paris", "", "", "", PARIS),
        ("Binghamton", "NY", "14424", "USA", (42.10, -75.92)),  # the code of a town far away
    ],
)
def test_pins(
    book: Store, city: str, region: str, postal_code: str, country: str, near: tuple[float, float]
) -> None:
    place = pin(book, city, region, postal_code, country)
    assert place
    assert not place.exact
    assert great_circle((place.latitude, place.longitude), near).km < 12


@pytest.mark.parametrize(
    "parts", [("", "", "", ""), ("", "NY", "", "US"), ("Qqzzx", "NY", "", "US"), ("", "", "1", "")]
)
def test_no_pin(book: Store, parts: tuple[str, str, str, str]) -> None:
    assert pin(book, *parts) is None


def test_pin_of_a_line(book: Store) -> None:
    place = of_line(book, "123 Main St, Brooklyn, NY 11215, USA")
    assert place
    assert not place.exact
    assert place.kind == "zip"
    assert of_line(book, "Somewhere in Texas, USA") is None
    assert of_line(book, "") is None


# The file


def test_up_to_date_files_are_left_alone(gazetteer_file: Path) -> None:
    before = gazetteer_file.stat().st_mtime_ns
    assert stamp_of(gazetteer_file) == stamp()
    assert build(gazetteer_file) is False
    assert gazetteer_file.stat().st_mtime_ns == before


def test_the_file_names_its_sources(gazetteer_file: Path) -> None:
    with sqlite3.connect(f"{gazetteer_file.as_uri()}?mode=ro", uri=True) as db:
        credits = db.execute("SELECT value FROM meta WHERE name = 'credits'").fetchone()[0]
    db.close()
    assert "GeoNames, CC BY 4.0" in credits
    assert "ODbL" in credits


def test_a_missing_file_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(NoGazetteer, match=r"manage\.py load_gazetteer"):
        store(tmp_path / "none.sqlite3")


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite3"
    other.write_text("no database")
    assert stamp_of(other) == ""
    with pytest.raises(NoGazetteer):
        store(other)
    other.write_bytes(b"")
    with pytest.raises(NoGazetteer):
        store(other)


def test_the_file_is_never_written(book: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        book.db.execute("DELETE FROM name")


def test_a_failed_build_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "gazetteer.sqlite3"
    path.write_text("old")

    def broken() -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(sources, "areas", broken)
    with pytest.raises(OSError, match="full"):
        build(path)
    assert path.read_text() == "old"
    assert not path.with_name(path.name + ".fresh").exists()


def test_every_nickname_and_landmark_is_of_a_real_place(book: Store) -> None:
    for (country, region, name), nicknames in nicknames_of_towns().items():
        assert book.named(key(name), country, region), name
        for nickname in nicknames:
            assert book.named(key(nickname))[0].name == name, nickname
    for spot in sources.landmarks():
        assert (spot.country, spot.region) in book.regions, spot.name
        town = nearest_town(book, spot.latitude, spot.longitude)
        assert town is not None
        assert town.country == spot.country, spot.name


def test_keys() -> None:
    assert key("Saint Louis") == key("ST. LOUIS") == "st louis"
    assert key("U.S.A.") == key("USA") == "usa"
    assert key("Washington, D. C.") == "washington dc"
    assert beginnings("sain") == ["sain", "st ", "ste "]
    assert beginnings("") == [""]


# A thousand real addresses, with the coordinates that people gave them


@pytest.mark.skipif(not REAL.is_file(), reason=f"{REAL} is absent")
def test_real_addresses(book: Store) -> None:
    told: dict[tuple[str, ...], tuple[float, float]] = {}
    for row in json.loads(REAL.read_bytes()):
        parts = ("street", "municipality", "province", "postal_code_1", "nation")
        address = tuple(row.get(f"location_{part}") or "" for part in parts)
        if float(row["latitude"] or 0) and any(address):
            told[address] = float(row["latitude"]), float(row["longitude"])
    pinned = typed = 0
    for address, spot in told.items():
        guess = pin(book, *address[1:])
        pinned += bool(guess and great_circle((guess.latitude, guess.longitude), spot).km < 25)
        found = understand(book, ", ".join(filter(None, address))[:200], "US").place
        typed += bool(found and great_circle((found.latitude, found.longitude), spot).km < 25)
    assert len(told) > 1000
    assert pinned / len(told) > 0.98
    assert typed / len(told) > 0.98
