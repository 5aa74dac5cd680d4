"""The verbs: each on a real database, each leaving its trace."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from meetings import editing, importing
from meetings.lexicon import lexicon
from meetings.models import Group, ListingsVersion, Meeting, Place, Revision, ServiceBody, Type
from meetings.storing import listing_of
from rules.listing import Attendance, BodyFacts, DatedChange, Deviation, Recurrence, Status, TypeFacts
from rules.reconcile import Known, Plan, reconcile
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db


def test_publish_stores_all_facts_and_what_follows_from_them() -> None:
    meeting = builders.meeting(group=builders.group())

    assert listing_of(meeting) == replace(
        builders.listing(group=builders.group()),
        source_id=meeting.slug,
        slug=meeting.slug,
        updated_at=NOW,
    )
    assert meeting.slug == "kitchen-table-brooklyn-tue-1930"
    # Tuesday 24 November, 19:30 EST
    assert meeting.next_start == datetime(2026, 11, 25, 0, 30, tzinfo=UTC)
    assert meeting.next_end == datetime(2026, 11, 25, 1, 30, tzinfo=UTC)
    assert meeting.band == 406
    assert meeting.search_text.startswith("kitchen table group mill lane")


def test_every_write_leaves_a_revision_and_moves_the_version() -> None:
    alex = builders.member()
    before = ListingsVersion.current()
    meeting = builders.meeting()

    editing.change(meeting, by=alex, now=NOW, reason="called them", notes="Side door.")

    created, changed = Revision.objects.filter(subject="meeting", subject_id=meeting.pk).order_by("pk")
    assert created.deed == "created"
    assert created.after["name"] == "Kitchen Table"
    assert (changed.deed, changed.by, changed.reason) == ("changed", alex, "called them")
    assert (changed.before, changed.after) == ({"notes": ""}, {"notes": "Side door."})
    assert ListingsVersion.current() >= before + 2


def test_an_edit_that_changes_nothing_leaves_no_trace() -> None:
    meeting = builders.meeting()
    version = ListingsVersion.current()

    editing.change(meeting, by=None, now=NOW, name=meeting.name)

    assert Revision.objects.filter(subject="meeting").count() == 1
    assert ListingsVersion.current() == version


def test_a_slug_is_never_given_twice_nor_changed() -> None:
    first, second = builders.meeting(), builders.meeting(source_id="other")
    editing.remove([first], by=None, now=NOW)
    third = builders.meeting(source_id="third")
    renamed = editing.change(third, by=None, now=NOW, name="Another name")

    assert len({first.slug, second.slug, third.slug}) == 3
    assert renamed.slug == third.slug


@pytest.mark.parametrize("name", ["東京の集い", "!!!", "🙂", "نور"])
def test_any_name_gets_a_slug(name: str) -> None:
    assert builders.meeting(name=name, place=None, slot=None).slug


def test_meetings_with_the_same_facts_share_place_and_group() -> None:
    group = builders.group()
    one, other = builders.stored(
        builders.listing(group=group),
        builders.listing(source_id="friday", slot=builders.slot(weekday=5), group=group),
    )

    assert one.place == other.place
    assert one.group == other.group
    assert Place.objects.count() == Group.objects.count() == 1


def test_pause_takes_it_off_the_list_until_it_is_back() -> None:
    meeting = editing.pause(
        builders.meeting(), by=None, now=NOW, since=date(2026, 11, 20), until=date(2026, 12, 10)
    )

    assert not Meeting.objects.listed(NOW).exists()
    # Midnight of 10 December in New York
    assert Meeting.objects.listed(datetime(2026, 12, 10, 5, 0, tzinfo=UTC)).get() == meeting
    assert meeting.next_start == datetime(2026, 12, 16, 0, 30, tzinfo=UTC)


def test_resume_ends_a_pause() -> None:
    meeting = editing.pause(builders.meeting(), by=None, now=NOW)
    assert meeting.next_start is None

    meeting = editing.resume(meeting, by=None, now=NOW)

    assert Meeting.objects.listed(NOW).get() == meeting
    assert meeting.next_start == datetime(2026, 11, 25, 0, 30, tzinfo=UTC)


def test_close_keeps_the_page_and_leaves_the_list() -> None:
    meeting = editing.close(builders.meeting(), by=None, now=NOW)

    assert not Meeting.objects.listed(NOW).exists()
    assert Meeting.objects.kept().get() == meeting


def test_a_closed_date_moves_the_next_one() -> None:
    meeting = editing.except_dates(
        builders.meeting(),
        [DatedChange(date(2026, 11, 24), Deviation.CLOSED, note="Holiday")],
        by=None,
        now=NOW,
    )

    assert meeting.next_start == datetime(2026, 12, 2, 0, 30, tzinfo=UTC)
    assert meeting.dated_changes.get().note == "Holiday"


def test_remove_is_soft_and_once() -> None:
    meeting = builders.meeting()

    assert editing.remove([meeting], by=None, now=NOW) == 1
    assert editing.remove([meeting], by=None, now=NOW) == 0
    assert not Meeting.objects.kept().exists()
    assert Meeting.objects.get().slug == meeting.slug


def test_confirm_notes_the_moment() -> None:
    meeting = builders.meeting()

    editing.confirm([meeting], by=None, now=NOW)

    meeting.refresh_from_db()
    assert meeting.confirmed_at == NOW
    assert Revision.objects.get(deed="confirmed").subject_id == meeting.pk


def test_by_appointment_has_no_next_date() -> None:
    assert builders.meeting(slot=None).next_start is None


def test_every_recurrence_comes_back_as_it_went_in() -> None:
    kinds = [
        Recurrence(),
        Recurrence(every=2, anchor=date(2026, 11, 3)),
        Recurrence(nth=(1, 3)),
        Recurrence(nth=(-1,)),
    ]
    listings = [
        builders.listing(source_id=str(number), slot=builders.slot(recurrence=kind))
        for number, kind in enumerate(kinds)
    ]

    for meeting, kind in zip(builders.stored(*listings), kinds, strict=True):
        slot = listing_of(meeting).slot
        assert slot is not None
        assert slot.recurrence == kind


# --- Imports ---------------------------------------------------------------------------------------


def test_bodies_become_a_tree_and_types_get_bits() -> None:
    source = builders.source(kind="bmlt", fellowship="na")
    bodies = [BodyFacts("2", "Area", parent_key="1"), BodyFacts("1", "Region"), BodyFacts("3", "Other")]
    types = [TypeFacts("Zz", "format", {"en": "Silence"})]

    editing.apply(
        Plan(create=(builders.listing(fellowship="na", body_key="2", types=("Zz",)),)),
        source=source,
        now=NOW,
        bodies=bodies,
        types=types,
    )

    area = ServiceBody.objects.get(source_key="2")
    assert area.parent == ServiceBody.objects.get(source_key="1")
    assert set(lexicon(ListingsVersion.current()).below("region")) == {area.pk, area.parent_id}
    meeting = Meeting.objects.get()
    assert meeting.body == area
    assert meeting.format_bits == 1 << Type.objects.get(code="Zz").bit


def test_a_body_of_one_source_is_never_taken_for_another_s() -> None:
    """A body without a name is called by its number, which is another body's key elsewhere."""
    first, second = (builders.source(name=name, kind="bmlt", fellowship="na") for name in "ab")
    editing.apply(Plan(), source=first, now=NOW, bodies=[BodyFacts("7", "7")])
    listing = builders.listing(fellowship="na", body_key="7", types=())

    editing.apply(Plan(create=(listing,)), source=second, now=NOW, bodies=[BodyFacts("7", "Our area")])
    meeting = editing.change(Meeting.objects.get(), by=None, now=NOW, notes="Side door.")

    assert [body.name for body in first.bodies.all()] == ["7"]
    assert [body.name for body in second.bodies.all()] == ["Our area"]
    assert meeting.body == second.bodies.get()


def test_a_hand_edit_is_not_overwritten_by_the_feed() -> None:
    source = builders.source()
    [meeting] = builders.stored(builders.listing(), into=source)
    editing.change(meeting, by=None, now=NOW, notes="Side door.")
    news = builders.listing(notes="Ring twice.", name="Kitchen Table II")

    outcome = editing.apply(Plan(change=(news,)), source=source, now=NOW + timedelta(days=1))

    meeting.refresh_from_db()
    assert (meeting.notes, meeting.name) == ("Side door.", "Kitchen Table II")
    assert [(slug, one.field) for slug, one in outcome.conflicts] == [(meeting.slug, "notes")]


def test_a_groups_facts_set_by_hand_outlast_its_new_meetings() -> None:
    source, told = builders.source(), builders.group(notes="Ring twice.")
    [meeting] = builders.stored(builders.listing(group=told), into=source)
    editing.change(meeting, by=None, now=NOW, group=builders.group(notes="Side door."))

    feed = [builders.listing(source_id=key, group=told) for key in ("kitchen-table", "friday")]
    editing.apply(reconcile(importing.known(source), feed), source=source, now=NOW)
    assert Group.objects.get().notes == "Side door."

    editing.change(meeting, by=None, now=NOW, group=builders.group(notes="Lift."))
    assert Group.objects.get().notes == "Lift."


def test_what_vanishes_is_removed_and_may_come_back() -> None:
    source = builders.source()
    [meeting] = builders.stored(builders.listing(), into=source)
    gone = editing.apply(Plan(vanish=("kitchen-table",)), source=source, now=NOW)
    assert (gone.removed, Meeting.objects.kept().count()) == (1, 0)

    editing.apply(Plan(change=(builders.listing(),)), source=source, now=NOW)

    meeting.refresh_from_db()
    assert meeting.removed_at is None
    assert meeting.listed
    assert meeting.next_start is not None
    assert Revision.objects.filter(deed="restored", subject_id=meeting.pk).exists()


def test_what_a_person_removed_stays_off_the_list_whatever_its_source_tells() -> None:
    source = builders.source()
    [meeting] = builders.stored(builders.listing(), into=source)
    editing.remove([meeting], by=builders.member(), now=NOW)

    assert reconcile(importing.known(source), [builders.listing()]).changes_nothing
    news = [builders.listing(notes="New room.")]
    editing.apply(reconcile(importing.known(source), news), source=source, now=NOW)
    editing.change(meeting, by=None, now=NOW, name="Another name")

    meeting.refresh_from_db()
    assert (meeting.removed_at, meeting.listed, meeting.next_start) == (NOW, False, None)
    assert meeting.notes == "New room."
    assert reconcile(importing.known(source), news).changes_nothing
    assert reconcile(importing.known(source), [builders.listing(source_id="other")]).vanish == ()


def test_a_change_to_a_removed_meeting_does_not_list_it_again() -> None:
    meeting = builders.meeting()
    editing.remove([meeting], by=None, now=NOW)

    editing.resume(meeting, by=None, now=NOW)
    editing.change(meeting, by=None, now=NOW, notes="Side door.")

    assert not Meeting.objects.filter(listed=True).exists()


def test_exceptions_are_added_to_those_there_are_now() -> None:
    meeting = builders.meeting()
    seen_before = Meeting.objects.prefetch_related("dated_changes").get()
    first, second = (DatedChange(date(2026, 12, day), Deviation.CLOSED) for day in (1, 8))

    editing.except_dates(meeting, [first], by=None, now=NOW)
    editing.except_dates(seen_before, [second], by=None, now=NOW)

    assert [one.on for one in meeting.dated_changes.order_by("on")] == [first.on, second.on]


def test_a_refused_plan_is_never_applied() -> None:
    with pytest.raises(ValueError, match="shrank"):
        editing.apply(Plan(refusal="It shrank."), source=builders.source(), now=NOW)


def test_a_plan_is_applied_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    source = builders.source()
    builders.stored(builders.listing(), into=source)
    monkeypatch.setattr(editing, "_remove", _break)

    with pytest.raises(RuntimeError):
        editing.apply(
            Plan(create=(builders.listing(source_id="new"),), vanish=("kitchen-table",)),
            source=source,
            now=NOW,
        )

    assert Meeting.objects.count() == 1


def _break(*_: object) -> int:
    raise RuntimeError


def test_equal_news_from_two_sources_stay_two_meetings() -> None:
    builders.stored(builders.listing(), into=builders.source(name="a"))
    builders.stored(builders.listing(), into=builders.source(name="b"))

    assert Meeting.objects.count() == 2
    assert Place.objects.count() == 1


def test_texts_longer_than_the_table_are_cut_not_refused() -> None:
    assert len(builders.meeting(name="n" * 400, slug="s" * 90).name) == 255


def test_statuses_and_attendance_are_facts_apart() -> None:
    meeting = builders.meeting(attendance=Attendance.HYBRID, status=Status.CLOSED)

    assert (meeting.attendance, meeting.status, meeting.listed) == ("hybrid", "closed", False)


def test_the_source_history_can_be_replayed() -> None:
    """A created revision and the changes after it give the listing as it stands."""
    meeting = builders.meeting()
    editing.change(meeting, by=None, now=NOW, slot=builders.slot(start="20:00"))
    editing.change(meeting, by=None, now=NOW, notes="Lift at the back.")

    facts: dict[str, object] = {}
    for revision in Revision.objects.filter(subject="meeting").order_by("pk"):
        facts |= revision.after

    assert facts["notes"] == "Lift at the back."
    assert facts["slot"]["start"] == time(20).isoformat()  # type: ignore[index]


def test_known_and_plan_meet() -> None:
    """What apply remembers is what reconcile asks for."""
    source = builders.source()
    builders.stored(builders.listing(), into=source)
    known = {row.key: Known(row.fingerprint) for row in source.origins.all()}

    assert reconcile(known, [builders.listing()]).changes_nothing
