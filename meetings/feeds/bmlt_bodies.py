"""The tree of service bodies of a BMLT server."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from meetings.feeds.reading import Row, Rows, excerpt
from rules.listing import BodyFacts


def read_bodies(values: Iterable[tuple[int, Any]], rows: Rows) -> dict[str, BodyFacts]:
    """{key: body} in the order of the feed. One whose parents lead nowhere becomes a root."""
    bodies: dict[str, BodyFacts] = {}
    for row in rows.read(iter(values)):
        body = _body(row)
        if body.key and body.key not in bodies:
            bodies[body.key] = body
        else:
            row.guess("body_left_out", _("A service body without an id of its own was left out."))
    return {key: _on_the_ground(body, bodies, rows) for key, body in bodies.items()}


def _body(row: Row) -> BodyFacts:
    key = row.line("id", longest=128)
    parent = row.line("parent_id", longest=128)
    return BodyFacts(
        key=key,
        name=row.line("name") or key,
        parent_key="" if parent == "0" else parent,
        kind=row.line("type", longest=16),
        description=row.notes("description"),
        website=row.line("url", longest=512),
        phone=row.line("helpline"),
        world_id=row.line("world_id", longest=32),
    )


def _on_the_ground(body: BodyFacts, bodies: dict[str, BodyFacts], rows: Rows) -> BodyFacts:
    """The body as it is, or without a parent that does not lead to a root."""
    seen = {body.key}
    above = body.parent_key
    while above:
        if above in seen or above not in bodies:
            text = _("The service body “%(name)s” hangs on one that is not there. It stands by itself.")
            rows.say(0, "guess", "body_without_parent", text % {"name": excerpt(body.name)})
            return replace(body, parent_key="")
        seen.add(above)
        above = bodies[above].parent_key
    return body
