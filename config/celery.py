"""Celery: a nudge and a worker. What is due is decided by the database, never by a message."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("homegroup")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# The whole timetable.
app.conf.beat_schedule = {
    "roll meetings forward": {"task": "meetings.tasks.roll_forward", "schedule": 60.0},
    "forget geocoding": {"task": "meetings.tasks.forget_geocoding", "schedule": crontab(hour=3, minute=20)},
}
