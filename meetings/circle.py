"""A circle on the earth, as a condition that the index by place answers, strip by strip."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.functional import cached_property

from meetings.clauses import ANYTHING, Clause, both, either, one_of
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
        core = self._core
        params |= {"core_south": core.south, "core_north": core.north}
        params |= {"core_west": core.spans[0].west, "core_east": core.spans[0].east}
        return Clause(f"({IN_CORE} OR {self.d2} <= %(outer)s)", params)

    @cached_property
    def _core(self) -> geo.Box:
        """A box that lies within the circle, and so spares most rows the arithmetic."""
        # The box of a smaller circle is a little wider than its square; its corners have to be within.
        return geo.box(self.latitude, self.longitude, self.km * CORE)

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
        return f"({IN_CORE} OR {self.d2} <= %(inner)s)" if self.is_flat else ANYTHING.sql
