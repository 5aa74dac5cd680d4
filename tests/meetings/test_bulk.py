"""Rows inserted in bulk are the rows that Django would have saved."""

import pytest
from django.db import transaction
from django.forms.models import model_to_dict

from meetings.bulk import insert
from meetings.models import Meeting, Place, Revision
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db


def test_a_row_is_as_django_would_have_saved_it() -> None:
    meeting = builders.meeting()
    twin = Meeting.objects.get(pk=meeting.pk)
    twin.slug = "twin"

    insert([twin])

    saved, inserted = Meeting.objects.get(pk=meeting.pk), Meeting.objects.get(slug="twin")
    assert inserted.pk == twin.pk != saved.pk
    assert model_to_dict(inserted) == model_to_dict(saved) | {"id": twin.pk, "slug": "twin"}
    assert inserted.next_start == saved.next_start


def test_json_and_hard_texts_come_back() -> None:
    hard = {"name": 'quote " \\ \n tab \t 🙂 نور', "none": None, "list": [1, 2.5, True]}

    insert([Revision(at=NOW, deed="created", subject="meeting", subject_id=1, after=hard)])

    assert Revision.objects.get().after == hard


def test_ids_go_on_where_either_way_left_off() -> None:
    Place.objects.create(slug="a", key="a")
    insert([Place(slug="b", key="b"), Place(slug="c", key="c")])
    Place.objects.create(slug="d", key="d")

    assert len(set(Place.objects.values_list("pk", flat=True))) == 4


def test_nothing_to_insert_is_nothing() -> None:
    with transaction.atomic():
        insert([])

    assert not Place.objects.exists()
