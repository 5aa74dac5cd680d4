"""Addresses on one line, taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.addresses import Parts, country_code, country_of_region, cut_cross_street, take_apart


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("4953 W Addison St, Chicago, IL 60641, USA", ("4953 W Addison St", "Chicago", "IL", "60641", "US")),
        ("100 Main St, Tupelo, MS", ("100 Main St", "Tupelo", "MS", "", "US")),
        ("Inn, 5 Main St, Salem, Illinois, 62701", ("Inn, 5 Main St", "Salem", "Illinois", "62701", "US")),
        ("100 King St W, Toronto, ON M5X 1A9, Canada", ("100 King St W", "Toronto", "ON", "M5X 1A9", "CA")),
        ("1 High St, London SW1A 1AA, UK", ("1 High St", "London", "", "SW1A 1AA", "GB")),
        ("12 rue X, 75011 Paris, France", ("12 rue X", "Paris", "", "75011", "FR")),
        ("Damrak 1, 1012 AB Amsterdam, Netherlands", ("Damrak 1", "Amsterdam", "", "1012 AB", "NL")),
        ("Torstr. 1, D-10115 Berlin, Deutschland", ("Torstr. 1", "Berlin", "", "D-10115", "DE")),
        ("Wicker Park, Chicago, IL, USA", ("Wicker Park", "Chicago", "IL", "", "US")),
        ("Chicago, IL, USA", ("", "Chicago", "IL", "", "US")),
        ("Memphis, TN", ("", "Memphis", "TN", "", "US")),
        ("Illinois, USA", ("", "", "Illinois", "", "US")),
        ("San Francisco, CA", ("", "San Francisco", "CA", "", "US")),
        ("Paris, France", ("", "Paris", "", "", "FR")),
        ("Tbilisi, Georgia", ("", "Tbilisi", "Georgia", "", "")),
        ("1 Peach St, Atlanta, Georgia 30303", ("1 Peach St", "Atlanta", "Georgia", "30303", "US")),
        ("303 Bourbon St", ("303 Bourbon St", "", "", "", "")),
        ("Somewhere, Nowhereville", ("Somewhere", "Nowhereville", "", "", "")),
        ("USA", ("", "", "", "", "US")),
        ("", ("", "", "", "", "")),
        (" , ,", ("", "", "", "", "")),
    ],
)  # fmt: skip
def test_take_apart(line, parts):
    assert take_apart(line) == Parts(*parts)


@given(st.text(max_size=60))
def test_any_text_is_taken_apart(line):
    assert isinstance(take_apart(line), Parts)


@pytest.mark.parametrize("written", ["USA", "U.S.A", "United States", "US", "us", "United States of America"])
def test_one_country_written_six_ways(written):
    assert country_code(written) == "US"


@pytest.mark.parametrize(
    ("written", "code"), [("UK", "GB"), ("ca", "CA"), ("España", "ES"), ("Ruritania ", "Ruritania"), ("", "")]
)
def test_country_code(written, code):
    assert country_code(written) == code


@pytest.mark.parametrize(
    ("region", "country"), [("NY", "US"), ("new york", "US"), ("QC", "CA"), ("Bayern", "")]
)
def test_country_of_region(region, country):
    assert country_of_region(region) == country


@pytest.mark.parametrize(
    ("street", "kept", "cut"),
    [
        ("95-18 Northern Blvd. (@96th Street)", "95-18 Northern Blvd.", "96th Street"),
        ("75 E. Olive St.@ Riverside Blvd.", "75 E. Olive St.", "Riverside Blvd"),
        ("Broadway @ 5th Ave", "Broadway @ 5th Ave", ""),
        ("@156th St", "@156th St", ""),
        ("12 Elm St @", "12 Elm St @", ""),
        ("12 Elm St", "12 Elm St", ""),
    ],
)
def test_cut_cross_street(street, kept, cut):
    assert cut_cross_street(street) == (kept, cut)
