"""What Celery runs for the listings. The tasks only read the clock and call a verb."""

from celery import shared_task
from django.utils import timezone

from meetings import timekeeping


@shared_task(ignore_result=True)
def roll_forward() -> None:
    """Bring the next dates of meetings that have just ended up to date."""
    timekeeping.roll_forward(timezone.now())
