"""The plain map that ships: true positions on empty paper, with a scale, drawn without asking anybody.

Units of the drawing are those of its view box, whole numbers throughout. It is shown cropped to fill
narrow and wide frames alike, so everything that matters lies in the part that no frame crops.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import cos, floor, hypot, log10, radians
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.presenting import Row
from meetings.wording import KM_A_MILE, Asker, distance

WIDTH, HEIGHT = 640, 560
LEFT, RIGHT, TOP, BOTTOM = 105, 535, 90, 470
PIN = 26
LEAST_KM = 0.8
LONGEST_BAR = 150
KM_A_DEGREE = 111.32

Degrees = tuple[float, float]


@dataclass
class Pin:
    """A place, or places too near each other to be drawn apart. `label` is the first row's number."""

    at: Degrees
    x: int
    y: int
    rows: list[Row] = field(default_factory=list)

    @property
    def label(self) -> str:
        return f"{self.rows[0].number}+" if len(self.rows) > 1 else str(self.rows[0].number)

    @property
    def baseline(self) -> int:
        """Where the label stands."""
        return self.y + 8

    @property
    def on_now(self) -> bool:
        return any(row.on_now for row in self.rows)

    @property
    def goes_to(self) -> str:
        """The meeting's page, or the first of several in the list below."""
        return self.rows[0].url if len(self.rows) == 1 else f"#n{self.rows[0].number}"

    @property
    def is_one(self) -> bool:
        return len(self.rows) == 1

    @property
    def title(self) -> str:
        """What a screen reader says."""
        first = self.rows[0]
        said = f"{first.number}. {first.name}, {first.clock or _('By appointment')}"
        more = len(self.rows) - 1
        if not more:
            return said
        return said + " " + ngettext("and %(n)d more here", "and %(n)d more here", more) % {"n": more}


class Town(NamedTuple):
    """A name on the map."""

    name: str
    x: int
    y: int


class You(NamedTuple):
    """Where the asker is, and where the word for it stands."""

    x: int
    y: int
    baseline: int


class Spot(NamedTuple):
    """The one place of its own page."""

    x: int
    y: int
    name: str


class Drawing(NamedTuple):
    """All that is drawn. `bar` is the scale: its length and what that length is."""

    pins: list[Pin]
    you: You | None
    towns: list[Town]
    across: list[int]
    down: list[int]
    bar: int
    bar_label: str
    spot: Spot | None = None


class Frame(NamedTuple):
    """From degrees to the drawing: flat around the middle, good enough for a region."""

    middle: Degrees
    scale: float  # units a km

    def place(self, at: Degrees) -> tuple[int, int]:
        x, y = _km(at, self.middle)
        return round((LEFT + RIGHT) / 2 + x * self.scale), round((TOP + BOTTOM) / 2 - y * self.scale)


def _km(at: Degrees, middle: Degrees) -> tuple[float, float]:
    """East and north of the middle, the shorter way round."""
    east = (at[1] - middle[1] + 180) % 360 - 180
    return east * cos(radians(middle[0])) * KM_A_DEGREE, (at[0] - middle[0]) * KM_A_DEGREE


def draw(rows: Sequence[Row], you: Degrees | None, asker: Asker) -> Drawing | None:
    """The map of these rows; None when none of them has a place."""
    pinned = [row for row in rows if row.pin]
    if not pinned:
        return None
    frame = _frame([row.pin for row in pinned if row.pin] + ([you] if you else []))
    pins = _pins(pinned, frame)
    length, label = _bar(frame.scale, asker)
    x0, y0 = frame.place(you or pins[0].at)
    return Drawing(
        pins=pins,
        you=You(x0, y0, y0 + 40) if you else None,
        towns=_towns(pinned, pins, frame),
        across=_lines(y0, length, HEIGHT),
        down=_lines(x0, length, WIDTH),
        bar=round(length),
        bar_label=label,
    )


def draw_one(at: Degrees, name: str, asker: Asker) -> Drawing:
    """One place alone, with its surroundings empty but to scale. Its pin leads nowhere: one is there."""
    frame = _frame([at])
    length, label = _bar(frame.scale, asker)
    x, y = frame.place(at)
    spot = Spot(x, y, name)
    return Drawing(
        [], None, [], _lines(y, length, HEIGHT), _lines(x, length, WIDTH), round(length), label, spot
    )


def _frame(points: Sequence[Degrees]) -> Frame:
    first = points[0]
    offsets = [_km(point, first) for point in points]
    east, north = [x for x, _y in offsets], [y for _x, y in offsets]
    middle_east, middle_north = (min(east) + max(east)) / 2, (min(north) + max(north)) / 2
    middle = (
        first[0] + middle_north / KM_A_DEGREE,
        first[1] + middle_east / (KM_A_DEGREE * max(cos(radians(first[0])), 0.01)),
    )
    wide, high = max(max(east) - min(east), LEAST_KM), max(max(north) - min(north), LEAST_KM)
    return Frame(middle, min((RIGHT - LEFT) / wide, (BOTTOM - TOP) / high))


def _pins(rows: Iterable[Row], frame: Frame) -> list[Pin]:
    pins: list[Pin] = []
    for row in rows:
        if not row.pin:
            continue
        x, y = frame.place(row.pin)
        near = next((pin for pin in pins if hypot(pin.x - x, pin.y - y) < 1.7 * PIN), None)
        if near is None:
            pins.append(near := Pin(row.pin, x, y))
        near.rows.append(row)
    return pins


def _towns(rows: Sequence[Row], pins: Sequence[Pin], frame: Frame) -> list[Town]:
    """The towns of the listings, each named once, above where its meetings are."""
    by_name: dict[str, list[tuple[int, int]]] = {}
    for row in rows:
        if row.town and row.pin:
            by_name.setdefault(row.town, []).append(frame.place(row.pin))
    towns: list[Town] = []
    for name, spots in by_name.items():
        x = sum(spot[0] for spot in spots) / len(spots)
        y = min(spot[1] for spot in spots) - 1.8 * PIN
        apart = all(abs(town.x - x) > 130 or abs(town.y - y) > 30 for town in towns)
        free = all(hypot(pin.x - x, pin.y - y) > PIN + 8 for pin in pins)
        if apart and free and LEFT - 20 < x < RIGHT + 20 and TOP - 15 < y < BOTTOM:
            towns.append(Town(name, round(x), round(y)))
    return towns[:8]


def _bar(scale: float, asker: Asker) -> tuple[float, str]:
    unit = scale * (KM_A_MILE if asker.miles else 1)
    most = LONGEST_BAR / unit
    power = 10 ** floor(log10(most))
    size = max(step * power for step in (1, 2, 5) if step * power <= most)
    return size * unit, distance(size * (KM_A_MILE if asker.miles else 1), asker)


def _lines(through: float, step: float, end: float) -> list[int]:
    first = through % step
    return [round(first + i * step) for i in range(int((end - first) // step) + 1)]


def data(rows: Sequence[Row], you: Degrees | None) -> dict[str, Any]:
    """The same pins for the map that can be moved: grouped by place alone."""
    groups: dict[Degrees, list[Row]] = {}
    for row in rows:
        if row.pin:
            groups.setdefault(row.pin, []).append(row)
    return {
        "you": you,
        "pins": [
            {
                "at": at,
                "label": f"{here[0].number}+" if len(here) > 1 else str(here[0].number),
                "now": any(row.on_now for row in here),
                "place": here[0].place_name,
                "town": here[0].town,
                "meetings": [
                    {"name": row.name, "time": str(row.clock or ""), "when": row.when, "url": row.url}
                    for row in here
                ],
            }
            for at, here in groups.items()
        ],
    }
