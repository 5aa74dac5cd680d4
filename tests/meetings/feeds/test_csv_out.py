"""A table that no spreadsheet runs, rounds or cuts."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.exporting import Published
from meetings.feeds import csv_out
from rules.listing import Online, Recurrence
from tests import builders

from .published_listings import SITE, published


def cells(one: Published) -> dict[str, str]:
    """The only row, as a program reads it that knows nothing of us."""
    text = b"".join(csv_out.pieces([one], SITE)).decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text, newline=""))
    return row


def test_the_columns_that_tsml_knows() -> None:
    row = cells(published(group=builders.group(), notes="Ring the bell.\nFirst floor"))
    assert {name: row[name] for name in list(row)[:6]} == {
        "Name": "Kitchen Table",
        "Day": "Tuesday",
        "Time": "19:30",
        "End Time": "20:30",
        "Types": "D, O",
        "Notes": "Ring the bell.\nFirst floor",
    }
    assert (row["Address"], row["City"], row["Group"]) == ("12 Mill Lane", "Brooklyn", "Kitchen Table Group")
    assert (row["Latitude"], row["Longitude"]) == ("40.6681", "-73.9806")


def test_it_begins_as_excel_wants_and_its_lines_end_so() -> None:
    text = b"".join(csv_out.pieces([published()], SITE))
    assert text.startswith(b"\xef\xbb\xbfName,")
    assert text.count(b"\r\n") == text.count(b"\n") == 2


@pytest.mark.parametrize(
    "name", ["=cmd|'/C calc'!A0", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "'=1", "''@x"]
)
def test_no_cell_is_a_formula(name: str) -> None:
    cell = cells(published(name=name))["Name"]
    assert cell == f"'{name}"
    assert csv_out.told(cell) == name


def test_zeros_and_long_numbers_stay() -> None:
    row = cells(
        published(place=builders.place(postal_code="02134"), online=Online(phone="12345678901234567890"))
    )
    assert row["Postal Code"] == "'02134"
    assert row["Conference Phone"] == "'12345678901234567890"


def test_an_apostrophe_of_ones_own_is_left_alone() -> None:
    assert cells(published(name="'Round Midnight"))["Name"] == "'Round Midnight"


def test_past_midnight_and_every_second_week() -> None:
    slot = builders.slot(start="23:30", minutes=90, recurrence=Recurrence(2))
    row = cells(published(slot=slot))
    assert (row["End Time"], row["Duration Minutes"]) == ("01:00", "90")
    assert row["Recurrence"] == "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"


def test_invented_meetings_say_so() -> None:
    row = cells(replace(published(notes="Ring."), invented=True))
    assert row["Notes"] == "Invented data: do not travel to these.\nRing."


@given(st.text())
def test_each_text_comes_back(text: str) -> None:
    assert csv_out.told(csv_out.safe(text)) == text
    assert csv_out.safe(text)[:1] not in tuple("=+-@\t\r\n＝＋－＠")
