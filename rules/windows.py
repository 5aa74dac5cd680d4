"""The spans of time a seeker thinks in: now, today, tonight, tomorrow. Source: the find parameters.

Days are civil days of the asker's zone, of 23 or 25 hours when clocks change. Decided here:

- Who is up to ten minutes late is still welcome: `today` and `tonight` reach back that far.
- A night belongs to the evening it began on. Before 04:00 `tonight` is the night that is running.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .recurrence import instant
from .search import When
from .zones import zone as zone_named

SOON = timedelta(minutes=60)
GRACE = timedelta(minutes=10)
EVENING = time(17)
SMALL_HOURS = time(4)
_MIDNIGHT = time(0)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """Starts that are asked for: `since` <= start < `until`, two instants.

    With `running`, also what began before `since` and has not ended by then.
    """

    since: datetime
    until: datetime
    running: bool = False

    def holds(self, start: datetime, end: datetime) -> bool:
        """Whether a meeting between two instants is asked for."""
        return start < self.until and (self.since <= start or (self.running and self.since < end))


def window(when: When, now: datetime, zone_name: str) -> Window:
    """What `when` means at `now` (whole minutes) to somebody in a zone. `KeyError`: no such zone."""
    zone = zone_named(zone_name)
    today = now.astimezone(zone).date()
    if when == When.NOW:
        # Within 60 minutes includes the sixtieth.
        return Window(now, now + SOON + datetime.resolution, running=True)
    if when == When.TODAY:
        return Window(now - GRACE, _midnight(today + _DAY, zone))
    if when == When.TONIGHT:
        return _tonight(now, today, zone)
    return Window(_midnight(today + _DAY, zone), _midnight(today + 2 * _DAY, zone))


def _tonight(now: datetime, today: date, zone: ZoneInfo) -> Window:
    evening = today if instant(today, SMALL_HOURS, zone) <= now else today - _DAY
    since = max(instant(evening, EVENING, zone), now - GRACE)
    return Window(since, instant(evening + _DAY, SMALL_HOURS, zone))


def _midnight(on: date, zone: ZoneInfo) -> datetime:
    """Where a civil day begins; where clocks skip midnight, at the change."""
    return instant(on, _MIDNIGHT, zone)
