"""What an import would do, and when it would rather do nothing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.changes import fingerprint
from rules.listing import Attendance, Listing, Remark
from rules.reconcile import Known, reconcile


def listing(key: str, name: str = "Kitchen Table") -> Listing:
    return Listing(key, name, "aa", Attendance.ONLINE, "UTC")


def known(*listings: Listing, removed: bool = False) -> dict[str, Known]:
    return {one.source_id: Known(fingerprint(one), removed) for one in listings}


TEN = [listing(str(number)) for number in range(10)]


def test_a_first_import_creates_all() -> None:
    plan = reconcile({}, TEN)

    assert list(plan.create) == TEN
    assert not plan.refusal


def test_the_same_feed_again_changes_nothing() -> None:
    plan = reconcile(known(*TEN), TEN)

    assert plan.changes_nothing
    assert plan.unchanged == 10


def test_one_that_changed_and_one_that_vanished() -> None:
    plan = reconcile(known(*TEN), [replace(TEN[0], name="New name"), *TEN[1:9]])

    assert [one.name for one in plan.change] == ["New name"]
    assert plan.vanish == ("9",)
    assert plan.unchanged == 8


def test_one_that_comes_back_is_a_change() -> None:
    plan = reconcile(known(TEN[0], removed=True), TEN[:1])

    assert list(plan.change) == TEN[:1]


def test_one_that_a_person_removed_does_not_come_back() -> None:
    was = {"0": Known(fingerprint(TEN[0]), removed=True, held=True)}

    assert reconcile(was, TEN[:1]).changes_nothing
    assert len(reconcile(was, [replace(TEN[0], name="New name")]).change) == 1


def test_one_that_stays_away_is_not_removed_twice() -> None:
    assert reconcile(known(TEN[0], removed=True) | known(TEN[1]), TEN[1:2]).changes_nothing


@pytest.mark.parametrize(("left", "refused"), [(8, False), (7, True), (0, True)])
def test_a_feed_that_shrank_by_more_than_a_fifth_is_refused(left: int, refused: bool) -> None:
    assert bool(reconcile(known(*TEN), TEN[:left]).refusal) is refused


def test_a_feed_of_strangers_is_refused_though_it_is_as_long() -> None:
    plan = reconcile(known(*TEN), [listing(f"new-{number}") for number in range(10)])

    assert "10 of the 10" in plan.refusal


def test_force_believes_it() -> None:
    plan = reconcile(known(*TEN), TEN[:1], force=True)

    assert not plan.refusal
    assert len(plan.vanish) == 9


def test_an_empty_feed_is_refused() -> None:
    assert reconcile({}, []).refusal


def test_a_row_that_could_not_be_read_keeps_its_meeting() -> None:
    rotten = Remark(10, "problem", "bad_time", "…", "9")

    plan = reconcile(known(*TEN), TEN[:9], [rotten])

    assert plan.vanish == ()
    assert plan.kept == ("9",)


def test_a_row_without_an_id_keeps_all_that_are_missing() -> None:
    rotten = Remark(9, "problem", "not_an_object", "…")

    plan = reconcile(known(*TEN), TEN[:8], [rotten])

    assert plan.kept == ("8", "9")


def test_a_guess_about_a_row_keeps_nothing() -> None:
    assert reconcile(known(*TEN), TEN[:9], [Remark(3, "guess", "zone", "…")]).vanish == ("9",)


def test_an_id_told_twice_counts_once_and_is_told() -> None:
    plan = reconcile({}, [TEN[0], replace(TEN[0], name="Again")])

    assert list(plan.create) == TEN[:1]
    assert [remark.code for remark in plan.remarks] == ["told_twice"]


keys = st.lists(st.sampled_from([str(number) for number in range(30)]), unique=True)


@given(keys, keys)
def test_every_meeting_is_accounted_for(before: list[str], after: list[str]) -> None:
    plan = reconcile(known(*map(listing, before)), [listing(key) for key in after], force=True)

    assert len(plan.create) + len(plan.change) + plan.unchanged == len(after)
    assert set(plan.vanish) == set(before) - set(after)
