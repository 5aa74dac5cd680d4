"""The BMLT address at 250,000 meetings: the whole list in one stream, and the nearest twenty.

The meetings are the invented sample of all fellowships, served as if they were one. BENCH_DATA_DIR names a
folder that keeps the loaded database between runs; BENCH_MEETINGS asks for fewer.
"""

import io
import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

MEETINGS = int(os.environ.get("BENCH_MEETINGS", "250000"))
WHOLE_SECONDS, WHOLE_MEGABYTES, NEAREST_A_SECOND = 30, 200, 400
REQUESTS = 600
# What a BMLT root server did on the machine where both were measured.
ROOT_SERVER_NEAREST = 7.8
ADDRESS = "/main_server/client_interface/json/"


def main() -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="homegroup-bench-") as folder:
        database = _load(os.environ.get("BENCH_DATA_DIR") or folder)
        seconds, megabytes, count = whole_list()
        return [
            _row("BMLT: the whole list streams", database, count, seconds, "s", WHOLE_SECONDS),
            _row("BMLT: memory beside, meanwhile", database, count, megabytes, "MB", WHOLE_MEGABYTES),
            _row(
                "BMLT: 20 nearest within 10 km, on one core",
                database,
                count,
                nearest(),
                "requests/s",
                NEAREST_A_SECOND,
                reference=ROOT_SERVER_NEAREST,
            ),
        ]


def _row(
    claim: str,
    database: str,
    count: int,
    value: float,
    unit: str,
    bar: float,
    reference: float | None = None,
) -> dict[str, Any]:
    return {
        "claim": claim,
        "database": database,
        "meetings": count,
        "value": value,
        "unit": unit,
        "reference": reference,
        "ratio": value / reference if reference else None,
        "bar": bar if reference is None else bar / reference,
        "met": value >= bar if unit == "requests/s" else value <= bar,
    }


def _load(folder: str) -> str:
    """The sample in a database of its own; which kind of database it is."""
    os.environ["DATA_DIR"] = folder
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    Path(folder).mkdir(parents=True, exist_ok=True)
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from meetings.models import Fellowship, Meeting

    call_command("migrate", verbosity=0, skip_checks=True)
    if Meeting.objects.count() < MEETINGS:
        call_command("load_sample", meetings=MEETINGS, verbosity=0, skip_checks=True)
    settings.BMLT_FELLOWSHIPS = list(Fellowship.objects.values_list("slug", flat=True))
    settings.ALLOWED_HOSTS = ["*"]
    return connection.vendor


def whole_list() -> tuple[float, float, int]:
    """Seconds, extra megabytes at the peak, and the number of meetings."""
    _get("switcher=GetServerInfo")
    before, began, count = _memory(), time.perf_counter(), 0
    for piece in _get("switcher=GetSearchResults"):
        count += piece.count(b'"id_bigint"')
    return time.perf_counter() - began, _memory() - before, count


def nearest() -> float:
    """Requests a second, each around another meeting's place, none from memory."""
    from meetings.models import Meeting

    dice = random.Random(1)
    pins = Meeting.objects.filter(latitude__isnull=False).order_by("pk").values_list("latitude", "longitude")
    spots = dice.sample(list(pins), REQUESTS)
    queries = [
        f"switcher=GetSearchResults&lat_val={latitude + dice.uniform(-0.01, 0.01):.5f}"
        f"&long_val={longitude + dice.uniform(-0.01, 0.01):.5f}"
        "&geo_width_km=10&sort_results_by_distance=1&page_size=20"
        for latitude, longitude in spots
    ]
    for query in queries[:50]:
        _get(query)
    began = time.process_time()
    for query in queries[50:]:
        _get(query)
    return (REQUESTS - 50) / (time.process_time() - began)


def _get(query: str) -> Any:
    """The pieces of an answer, by the whole of the site's machinery but the socket."""
    from django.core.handlers.wsgi import WSGIRequest

    request = WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": ADDRESS,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "HTTP_HOST": "localhost",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.input": io.BytesIO(),
            "wsgi.url_scheme": "http",
        }
    )
    answer = _handler().get_response(request)
    if answer.status_code != 200:
        raise RuntimeError(f"{query}: {answer.status_code}")
    return answer.streaming_content if answer.streaming else [answer.content]


_handlers: list[Any] = []


def _handler() -> Any:
    if not _handlers:
        from django.core.handlers.wsgi import WSGIHandler

        _handlers.append(WSGIHandler())
    return _handlers[0]


def _memory() -> float:
    """The most memory this process ever had, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 if sys.platform != "darwin" else 1024 * 1024)
