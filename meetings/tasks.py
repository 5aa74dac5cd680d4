"""What Celery runs for the listings. The tasks only read the clock and call a verb."""

from celery import shared_task
from django.utils import timezone

from meetings import geocode, timekeeping


@shared_task(ignore_result=True)
def roll_forward() -> None:
    """Bring the next dates of meetings that have just ended up to date."""
    timekeeping.roll_forward(timezone.now())


@shared_task(ignore_result=True)
def forget_geocoding() -> None:
    """Drop what geocoders answered longer ago than we keep it."""
    geocode.forget(now=timezone.now())
