"""Gives slugs: readable, never given twice, and a thing's own for ever."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from django.db import models
from django.utils.text import slugify

from rules.folding import fold

LONGEST = 60  # what readers of Meeting Guide feeds take, with room for a weekday


def wish(*words: str) -> str:
    """The slug these words would like: `wish("Kitchen Table", "Hamilton")` -> `kitchen-table-hamilton`."""
    return slugify(fold(" ".join(words)))[:LONGEST].strip("-")


def give(model: type[models.Model], wishes: Sequence[tuple[str, str]]) -> list[str]:
    """Slugs for new rows of `model`, in the order of `wishes`: (wished slug, what makes the row unique).

    A wish that is free is granted. Where it is taken, a short digest of what makes the row unique is
    added, so that the same feed gets the same slugs on every machine; only if that is taken too, a number.
    """
    digests = [_with_digest(wished, unique) for wished, unique in wishes]
    taken = _taken(
        model, (slug for pair in zip((w for w, _ in wishes), digests, strict=True) for slug in pair)
    )
    given = []
    for (wished, _unique), digest in zip(wishes, digests, strict=True):
        slug = wished if wished and wished not in taken else digest
        number = 2
        while slug in taken or (number > 2 and _taken(model, [slug])):
            slug = f"{digest}-{number}"
            number += 1
        taken.add(slug)
        given.append(slug)
    return given


def _with_digest(wished: str, unique: str) -> str:
    digest = hashlib.blake2b(unique.encode(), digest_size=4).hexdigest()
    return f"{wished}-{digest}" if wished else digest


def _taken(model: type[models.Model], slugs: Iterable[str]) -> set[str]:
    asked = [slug for slug in slugs if slug]
    return set(model._default_manager.filter(slug__in=asked).values_list("slug", flat=True))
