"""A circle on the earth, as a condition that the index by place answers, strip by strip."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.functional import cached_property

from meetings.clauses import ANYTHING, Clause, Params, both, either, one_of
from rules import geo
from rules.ranking import flat_error

MOST_BANDS = 100

CORE = 0.65
"""The share of the radius whose box has its corners well within the circle (a square's is 0.707)."""

IN_CORE = (
    "(latitude BETWEEN %(core_south)s AND %(core_north)s"
    " AND longitude BETWEEN %(core_west)s AND %(core_east)s)"
)


@dataclass(frozen=True)
class Circle:
    """All within `km` of a point."""

    latitude: float
    longitude: float
    km: float

    def narrowed(self, share: float) -> Circle:
        """A circle round the same point of a share of the radius."""
        return replace(self, km=self.km * share)

    @cached_property
    def is_flat(self) -> bool:
        """Whether the database may measure in it; if not, rows are measured one by one."""
        return geo.is_exact_enough(self.latitude, self.km)

    @cached_property
    def error(self) -> float:
        """How far the database may be off at the edge, in km."""
        return flat_error(self.latitude, self.km)

    @cached_property
    def box(self) -> geo.Box:
        """What covers it."""
        return geo.box(self.latitude, self.longitude, self.km)

    @cached_property
    def clause(self) -> Clause:
        """What lies within, and (rows on the very edge, or around a wide circle) what may."""
        return self._within("outer")

    @cached_property
    def surely(self) -> Clause:
        """What lies within beyond doubt; around a wide circle that is left open."""
        return self._within("inner")

    def _within(self, edge: str) -> Clause:
        if not self.is_flat:
            return self._box
        return both([self._box, Clause(f"({IN_CORE} OR {self.d2} <= %({edge})s)", self._ruler)])

    @property
    def is_sure(self) -> str:
        """Which rows of the clause lie within beyond doubt."""
        return f"({IN_CORE} OR {self.d2} <= %(inner)s)" if self.is_flat else ANYTHING.sql

    @cached_property
    def _box(self) -> Clause:
        return both([self._strips(), self._spans()])

    def _strips(self) -> Clause:
        bands = geo.bands(self.box.south, self.box.north)
        if len(bands) <= MOST_BANDS:
            return one_of("band", "band", bands)
        ends = {"south": self.box.south, "north": self.box.north}
        return Clause("latitude BETWEEN %(south)s AND %(north)s", ends)

    def _spans(self) -> Clause:
        spans = [
            Clause(
                f"longitude BETWEEN %(west{n})s AND %(east{n})s",
                {f"west{n}": span.west, f"east{n}": span.east},
            )
            for n, span in enumerate(self.box.spans)
        ]
        return spans[0] if len(spans) == 1 else either(spans)

    @cached_property
    def _ruler(self) -> Params:
        """All that measuring takes."""
        outer, inner = self.km + self.error, max(self.km - self.error, 0.0)
        core = geo.box(self.latitude, self.longitude, self.km * CORE)
        west, east, _lon0 = core.spans[0]
        return {
            **geo.metric(self.latitude)._asdict(),
            **{f"lon{n}": span.lon0 for n, span in enumerate(self.box.spans)},
            "lat": self.latitude,
            "outer": outer * outer,
            "inner": inner * inner,
            "core_south": core.south,
            "core_north": core.north,
            "core_west": west,
            "core_east": east,
        }

    @cached_property
    def d2(self) -> str:
        """The squared distance in SQL (see `rules.geo`), or NULL where the database cannot measure."""
        if not self.is_flat:
            return "NULL"
        dy, dx = "(latitude - %(lat)s)", "(longitude - %(lon0)s)"
        if len(self.box.spans) > 1:  # across 180 degrees
            dx = "(longitude - CASE WHEN longitude < 0 THEN %(lon1)s ELSE %(lon0)s END)"
        along = f"%(a0)s + %(a1)s * {dy}"
        across = f"%(b0)s + {dy} * (%(b1)s + %(b2)s * {dy}) + %(c0)s * {dx} * {dx}"
        return f"({dy} * {dy} * ({along}) + {dx} * {dx} * ({across}))"
