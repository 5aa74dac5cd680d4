"""A listing as JSON and back, what differs, and whose word counts."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from rules.changes import as_json, diff, fingerprint, from_json, merge
from rules.listing import (
    Attendance,
    DatedChange,
    Deviation,
    GroupFacts,
    Listing,
    Online,
    PlaceFacts,
    Recurrence,
    Slot,
    Status,
)

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
dates = st.dates(date(2020, 1, 1), date(2030, 12, 31))
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
slots = st.builds(
    Slot,
    weekday=st.integers(0, 6),
    start=times,
    minutes=st.integers(1, 600),
    recurrence=st.builds(
        Recurrence, st.integers(1, 4), st.none() | dates, st.lists(st.integers(1, 5)).map(tuple)
    ),
)
listings = st.builds(
    Listing,
    source_id=words,
    name=words,
    fellowship=st.sampled_from(["aa", "na"]),
    attendance=st.sampled_from(Attendance),
    timezone=st.just("Europe/London"),
    slug=words,
    slot=st.none() | slots,
    place=st.none() | st.builds(PlaceFacts, name=words, city=words, latitude=st.floats(-90, 90)),
    online=st.builds(Online, words, words),
    group=st.none() | st.builds(GroupFacts, words, words),
    types=st.lists(words).map(tuple),
    status=st.sampled_from(Status),
    paused_from=st.none() | dates,
    dated_changes=st.lists(
        st.builds(DatedChange, dates, st.sampled_from(Deviation), st.none() | dates, st.none() | times)
    ).map(tuple),
    updated_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    extra=st.dictionaries(words, words, max_size=2),
)


@given(listings)
def test_json_and_back(listing: Listing) -> None:
    again = from_json(as_json(listing), source_id=listing.source_id, extra=listing.extra)

    assert again == listing
    assert fingerprint(again) == fingerprint(listing)


@given(listings, listings)
def test_diff_names_just_what_differs(one: Listing, other: Listing) -> None:
    changed = {difference.field for difference in diff(as_json(one), as_json(other))}

    assert changed == {name for name, value in as_json(one).items() if as_json(other)[name] != value}


def test_a_different_extra_is_a_different_fingerprint() -> None:
    listing = _listing()

    assert fingerprint(listing) != fingerprint(replace(listing, extra={"zone": "4"}))


def test_a_field_added_later_has_its_default() -> None:
    facts = as_json(_listing())
    for later in ("status", "dated_changes", "paused_from", "online", "types"):
        del facts[later]

    assert from_json(facts, source_id="a") == replace(_listing(), types=())


def test_news_is_taken() -> None:
    said = as_json(_listing())

    merged = merge(said, replace(_listing(), notes="Ring twice."), _listing(), held=[])

    assert merged.listing.notes == "Ring twice."
    assert [one.field for one in merged.news] == ["notes"]
    assert merged.conflicts == ()


def test_a_held_fact_stays_and_the_conflict_is_told() -> None:
    ours = replace(_listing(), notes="Side door.", name="Lamplighters")
    incoming = replace(_listing(), notes="Ring twice.", slot=Slot(3, time(20)))

    merged = merge(as_json(_listing()), incoming, ours, held=["notes", "name"])

    assert merged.listing == replace(ours, slot=Slot(3, time(20)))
    assert [(one.field, one.after) for one in merged.conflicts] == [("notes", "Ring twice.")]


def test_a_source_that_follows_our_edit_is_no_conflict() -> None:
    ours = replace(_listing(), notes="Side door.")

    merged = merge(as_json(_listing()), ours, ours, held=["notes"])

    assert merged.listing == ours
    assert merged.conflicts == ()


def _listing() -> Listing:
    return Listing(
        source_id="a",
        name="Kitchen Table",
        fellowship="aa",
        attendance=Attendance.IN_PERSON,
        timezone="America/Toronto",
        slot=Slot(2, time(19, 30)),
        types=("O",),
        updated_at=datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
    )
