"""The id of a row at its source: its own, else one made of its facts; never the same twice."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from django.utils.text import slugify
from django.utils.translation import gettext as _

from meetings.feeds.reading import Row, excerpt, plain

LONGEST_ID = 200  # leaves room for a suffix in the 255 that are kept
# What tells one meeting from the next, in both kinds of feed.
_TELLING = (
    "name",
    "meeting_name",
    "day",
    "weekday_tinyint",
    "time",
    "start_time",
    "location",
    "location_text",
    "formatted_address",
    "address",
    "location_street",
    "conference_url",
)


@dataclass(slots=True)
class SourceIds:
    """Remembers the ids given in one feed."""

    given: dict[str, str] = field(default_factory=dict)

    def of(self, row: Row, *keys: str) -> str:
        """The row's own id. One without any gets one from its facts, which changes when these do."""
        written = " ".join(plain(row.value(*keys)).split())
        if written:
            return written if len(written) <= LONGEST_ID else f"{written[:180]}-{_digest(written)}"
        made = f"{slugify(plain(row.value('name', 'meeting_name')))[:40]}-{_digest(_facts(row))}".strip("-")
        row.source_id = made
        row.guess("no_id", _("It has no id of its own. A change may look like a new meeting."))
        return made

    def free(self, row: Row, wanted: str) -> str:
        """`wanted`, or if an earlier row has it, one with a digest of the facts; "" for the same facts."""
        facts = _facts(row)
        if wanted not in self.given:
            self.given[wanted] = facts
            return wanted
        source_id = f"{wanted}-{_digest(facts)}"
        quoted = {"id": excerpt(wanted)}
        if facts == self.given[wanted] or source_id in self.given:
            row.guess("same_row", _("“%(id)s” stands in the feed twice. The first one counts.") % quoted)
            return ""
        row.problem("same_id", _("Another meeting has the id “%(id)s” too. Both are listed.") % quoted)
        self.given[source_id] = facts
        return source_id


def _facts(row: Row) -> str:
    return "\n".join(plain(row.raw.get(key)) or str(row.raw.get(key)) for key in _TELLING)


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=4).hexdigest()
