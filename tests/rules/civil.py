"""A second, slow and plain reckoning of civil time, for the rules to be compared with.

It knows zones only by what their clocks show at an instant, never by asking what instant a clock means.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from rules.zones import zone

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 12, 31, tzinfo=UTC)

# Every way of changing clocks that is in use, and some zones without any.
ZONES = [
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/El_Aaiun",
    "Africa/Lagos",
    "America/Asuncion",
    "America/Edmonton",
    "America/Havana",
    "America/Los_Angeles",
    "America/Mexico_City",
    "America/New_York",
    "America/Nuuk",
    "America/Phoenix",
    "America/Port-au-Prince",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/St_Johns",
    "America/Vancouver",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Jerusalem",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Tehran",
    "Asia/Tokyo",
    "Atlantic/Azores",
    "Australia/Adelaide",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Europe/Berlin",
    "Europe/Chisinau",
    "Europe/Dublin",
    "Europe/London",
    "Pacific/Apia",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Easter",
    "Pacific/Kiritimati",
    "UTC",
]


def reading(at: datetime, where: ZoneInfo) -> datetime:
    """What a clock on the wall shows, to the minute."""
    return at.astimezone(where).replace(tzinfo=None)


@cache
def changes_of_clocks(name: str) -> list[datetime]:
    """The first minute after each change of clocks between `FIRST` and `LAST`."""
    where = zone(name)
    found = []
    day = FIRST
    while day < LAST:
        low, high = day, day + DAY
        if low.astimezone(where).utcoffset() != high.astimezone(where).utcoffset():
            while high - low > MINUTE:
                middle = low + (high - low) // 2 // MINUTE * MINUTE
                same = middle.astimezone(where).utcoffset() == low.astimezone(where).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            found.append(high)
        day += DAY
    return found


def first_showing(on: date, at: time, where: ZoneInfo) -> datetime:
    """The first instant whose clock shows a wall time; for a skipped one, as long after the change as
    the wall time is after the last one shown."""
    wall = datetime.combine(on, at)
    about = wall.replace(tzinfo=UTC)
    offsets = {(about + hours * DAY / 24).astimezone(where).utcoffset() for hours in (-26, 0, 26)}
    shown = [about - offset for offset in offsets if offset is not None]
    showing = [moment for moment in shown if reading(moment, where) == wall]
    if showing:
        return min(showing)
    moment = min(shown) - 2 * DAY / 24
    while reading(moment, where) < wall:
        moment += MINUTE
    before = reading(moment - MINUTE, where) + MINUTE
    return moment + (wall - before)


@st.composite
def zones_and_moments(draw: st.DrawFn) -> tuple[str, datetime]:
    """A zone and a minute of 2026 to 2028; every other one close to a change of clocks."""
    name = draw(st.sampled_from(ZONES))
    changes = changes_of_clocks(name)
    if changes and draw(st.booleans()):
        return name, draw(st.sampled_from(changes)) + draw(st.integers(-3000, 3000)) * MINUTE
    return name, FIRST + draw(st.integers(0, (LAST - FIRST) // MINUTE)) * MINUTE
