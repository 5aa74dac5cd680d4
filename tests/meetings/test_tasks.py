"""The timetable: each task stands where it is called, and does its deed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from config.celery import app
from meetings import tasks
from meetings.models import GeocodeAnswer, Meeting
from tests import builders


def test_every_entry_of_the_timetable_is_a_task() -> None:
    app.loader.import_default_modules()

    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)


@pytest.mark.django_db
def test_meetings_that_have_ended_are_rolled_forward() -> None:
    long_ago = timezone.now() - timedelta(days=30)
    meeting = builders.meeting(now=long_ago)
    assert Meeting.objects.stale(timezone.now()).exists()

    tasks.roll_forward()

    meeting.refresh_from_db()
    assert meeting.next_end is not None
    assert meeting.next_end > timezone.now()
    assert not Meeting.objects.stale(timezone.now()).exists()


@pytest.mark.django_db
def test_old_answers_of_geocoders_are_forgotten() -> None:
    now = timezone.now()
    for days in (1, 200):
        GeocodeAnswer.objects.create(
            service="nominatim", text=str(days), answer=[], asked_at=now - timedelta(days=days)
        )

    tasks.forget_geocoding()

    assert [one.text for one in GeocodeAnswer.objects.all()] == ["1"]
