"""What an import would do: new, changed, vanished, and when not to trust the feed at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rules.changes import fingerprint
from rules.listing import Listing, Remark

# A feed that loses more than this share of its meetings at once is more likely broken than right.
SHRINK_LIMIT = 0.20


@dataclass(frozen=True, slots=True)
class Known:
    """What we remember of a meeting of this source. `held`: a person removed it, and so it stays."""

    fingerprint: str
    removed: bool = False
    held: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done. With a `refusal`, nothing is.

    `change` holds the listings whose source now tells them differently (or tells them again after
    they had vanished), `vanish` the source ids it no longer tells, `kept` those it no longer tells but
    which stay because rows of the feed could not be read.
    """

    create: tuple[Listing, ...] = ()
    change: tuple[Listing, ...] = ()
    vanish: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    unchanged: int = 0
    remarks: tuple[Remark, ...] = ()
    refusal: str = ""

    @property
    def changes_nothing(self) -> bool:
        """Whether applying it would leave all as it is."""
        return not (self.create or self.change or self.vanish)


def reconcile(
    known: Mapping[str, Known],
    incoming: Sequence[Listing],
    remarks: Iterable[Remark] = (),
    *,
    force: bool = False,
) -> Plan:
    """Compare what a source told before with what it tells now.

    Rows are matched by the source's own id alone. A row that could not be read keeps its meeting; where
    such a row does not even tell its id, no meeting vanishes in this run. `force` lets vanish whatever
    the feed no longer tells.
    """
    remarks = list(remarks)
    told: dict[str, Listing] = {}
    for listing in incoming:
        if listing.source_id in told:
            remarks.append(_twice(listing))
        else:
            told[listing.source_id] = listing

    missing = [key for key, was in known.items() if key not in told and not was.removed]
    kept = set() if force else _kept(missing, told, remarks)
    vanish = tuple(key for key in missing if key not in kept)
    standing = sum(not was.removed for was in known.values())
    create = tuple(listing for key, listing in told.items() if key not in known)
    change = tuple(listing for key, listing in told.items() if key in known and _is_news(listing, known[key]))
    return Plan(
        create=create,
        change=change,
        vanish=vanish,
        kept=tuple(key for key in missing if key in kept),
        unchanged=len(told) - len(create) - len(change),
        remarks=tuple(remarks),
        refusal="" if force else _refusal(len(vanish), standing, len(told)),
    )


def _is_news(listing: Listing, was: Known) -> bool:
    return (was.removed and not was.held) or fingerprint(listing) != was.fingerprint


def _kept(missing: list[str], told: Mapping[str, Listing], remarks: Iterable[Remark]) -> set[str]:
    """Of the missing, those that may only be missing because a row could not be read."""
    unread = {
        remark.source_id
        for remark in remarks
        if remark.kind == "problem" and remark.row and remark.source_id not in told
    }
    return set(missing) if "" in unread else unread.intersection(missing)


def _twice(listing: Listing) -> Remark:
    text = f"“{listing.source_id}” stands in the feed more than once. The first one counts."
    return Remark(0, "problem", "told_twice", text, listing.source_id)


def _refusal(vanishing: int, standing: int, told: int) -> str:
    if not told:
        return "The feed holds no meeting that could be read. Nothing was changed."
    if standing and vanishing / standing > SHRINK_LIMIT:
        return (
            f"The feed no longer names {vanishing} of the {standing} meetings it had "
            f"({vanishing / standing:.0%}; at most {SHRINK_LIMIT:.0%} is believed). Nothing was changed. "
            "If it is right, import again with --force."
        )
    return ""
