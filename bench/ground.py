"""Loads the invented sample where it is missing, and prints spots to ask about. A process of its own.

`python -m bench.ground MEETINGS SPOTS`, with the environment that names the database.
"""

import json
import os
import random
import sys


def main_of(meetings: int, spots: int) -> list[tuple[float, float]]:
    """Spots a short way from meetings drawn at random, to 3 decimals, all different."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from meetings import timekeeping
    from meetings.models import Meeting

    call_command("migrate", verbosity=0, skip_checks=True)
    if Meeting.objects.count() < meetings:
        call_command("load_sample", meetings=meetings, verbosity=0, skip_checks=True)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    timekeeping.roll_forward(timezone.now())  # as a running site does each minute
    dice = random.Random(1)
    pins = Meeting.objects.filter(listed=True, latitude__isnull=False).order_by("pk")
    drawn = dice.sample(list(pins.values_list("latitude", "longitude")), min(spots * 2, meetings // 2))
    near = ((round(y + dice.gauss(0, 0.02), 3), round(x + dice.gauss(0, 0.02), 3)) for y, x in drawn)
    return list(dict.fromkeys(near))[:spots]


if __name__ == "__main__":
    json.dump(main_of(int(sys.argv[1]), int(sys.argv[2])), sys.stdout)
