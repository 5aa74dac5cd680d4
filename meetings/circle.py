"""A circle on the earth, as a condition that the index by place answers, strip by strip."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from meetings.clauses import ANYTHING, Clause, both, either, one_of
from rules import geo

MOST_BANDS = 100


@dataclass(frozen=True)
class Circle:
    """All within `km` of a point."""

    latitude: float
    longitude: float
    km: float

    @cached_property
    def is_flat(self) -> bool:
        """Whether the database may measure in it; if not, rows are measured one by one."""
        return geo.is_exact_enough(self.latitude, self.km)

    @cached_property
    def error(self) -> float:
        """How far the database may be off at the edge, in km."""
        return geo.doubt(self.latitude, self.km)

    @cached_property
    def box(self) -> geo.Box:
        """What covers it."""
        return geo.box(self.latitude, self.longitude, self.km)

    @cached_property
    def clause(self) -> Clause:
        """What lies within, and (rows on the very edge, or a wide circle) what may."""
        return both([self._strips(), self._spans(), self._disc()])

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

    def _disc(self) -> Clause:
        if not self.is_flat:
            return ANYTHING
        outer, inner = self.km + self.error, max(self.km - self.error, 0.0)
        params = geo.metric(self.latitude)._asdict()
        params |= {f"lon{n}": span.lon0 for n, span in enumerate(self.box.spans)}
        params |= {"lat": self.latitude, "outer": outer * outer, "inner": inner * inner}
        return Clause(f"{self.d2} <= %(outer)s", params)

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

    @cached_property
    def surely(self) -> str:
        """What lies within beyond doubt, in SQL, of what satisfies the clause."""
        return f"{self.d2} <= %(inner)s" if self.is_flat else ANYTHING.sql
