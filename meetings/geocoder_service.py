"""The geopy service that GEOCODER names: made once, asked slowly, left alone for a while after a failure."""

import json
import logging
import threading
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from geopy.exc import GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import SERVICE_TO_GEOCODER, get_geocoder_for_service

log = logging.getLogger(__name__)
EMBEDDED = "gazetteer"
TIMEOUT_SECONDS = 5
# Public services ask for one question a second at most; an operator's own may take more.
DELAY_SECONDS = 1.0
# Askers who may wait for their turn; the next one is answered from the gazetteer at once.
WAITING = 3
REST = timedelta(seconds=60)
MOST = 6
# What geopy's readers raise when a service answers something else than it should.
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError)


class Found(NamedTuple):
    """One answer: coordinates and label, no more is kept."""

    label: str
    latitude: float
    longitude: float


class Unanswered(Exception):
    """The service failed, is busy, or rests after a failure."""


class Service:
    """A geocoder behind its rate limiter."""

    def __init__(self, geocoder: Any, delay: float) -> None:
        self.slowly = RateLimiter(
            geocoder.geocode, min_delay_seconds=delay, max_retries=0, error_wait_seconds=delay,
            swallow_exceptions=False,
        )  # fmt: skip
        self.turns = threading.BoundedSemaphore(WAITING)
        self.rests_until: datetime | None = None

    def ask(self, text: str, now: datetime) -> list[Found]:
        """All answers, best first. Raises `Unanswered`; what was asked is never logged."""
        if self.rests_until and now < self.rests_until:
            raise Unanswered("resting")
        if not self.turns.acquire(blocking=False):
            raise Unanswered("busy")
        try:
            found = self.slowly(text, exactly_one=False)
        except (GeopyError, OSError, *UNREADABLE) as error:
            self.rests_until = now + REST
            log.warning("The geocoder failed (%s); asked again in %s.", type(error).__name__, REST)
            raise Unanswered(type(error).__name__) from None
        finally:
            self.turns.release()
        # geopy sees to it that coordinates are numbers, and on earth.
        return [Found(str(one.address), one.latitude, one.longitude) for one in (found or ())[:MOST]]


def configured() -> Service | None:
    """The service that the settings name; None for the gazetteer. Raises `ImproperlyConfigured`."""
    if settings.GEOCODER == EMBEDDED:
        return None
    return _made(settings.GEOCODER, settings.GEOCODER_OPTIONS)


# What these say while debugging holds what people typed, so they never do.
for _talker in ("geopy", "urllib3"):
    logging.getLogger(_talker).setLevel(logging.INFO)


@lru_cache(maxsize=4)
def _made(name: str, options_text: str) -> Service:
    if name not in SERVICE_TO_GEOCODER:
        raise ImproperlyConfigured(
            f"GEOCODER={name!r} is unknown. Set it to gazetteer or one of: "
            + ", ".join(sorted(SERVICE_TO_GEOCODER))
        )
    options = _options(options_text)
    delay = options.pop("min_delay_seconds", DELAY_SECONDS)
    if not isinstance(delay, int | float) or not 0 <= delay <= 60:
        raise ImproperlyConfigured("min_delay_seconds in GEOCODER_OPTIONS must be between 0 and 60.")
    try:
        geocoder = get_geocoder_for_service(name)(**{"timeout": TIMEOUT_SECONDS, **options})
    except (TypeError, ValueError, GeopyError) as error:
        raise ImproperlyConfigured(
            f"GEOCODER={name} cannot be used with these GEOCODER_OPTIONS: {error}"
        ) from error
    return Service(geocoder, float(delay))


def _options(text: str) -> dict[str, Any]:
    try:
        options = json.loads(text or "{}")
    except ValueError as error:
        raise ImproperlyConfigured(
            'GEOCODER_OPTIONS is not JSON. Write it like {"user_agent": "meetings.example.org"}'
        ) from error
    if not isinstance(options, dict):
        raise ImproperlyConfigured(
            'GEOCODER_OPTIONS must be an object, like {"user_agent": "meetings.example.org"}'
        )
    return options
