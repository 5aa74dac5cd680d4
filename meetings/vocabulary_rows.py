"""Brings the vocabulary's fellowships and types into their tables; running it again changes nothing.

A type keeps the bit it was once given. A new one takes the vocabulary's wish where that is free (a
site's feeds may have brought types of their own), else the next free bit.
"""

from collections import defaultdict
from typing import Any

from rules.vocabulary import FELLOWSHIPS, SeedType, seed_types


def bring_in(fellowship_model: Any, type_model: Any) -> None:
    """Make what is missing, bring names up to date, remove nothing."""
    for one in FELLOWSHIPS:
        fellowship_model.objects.update_or_create(
            slug=one.slug,
            defaults={"name": one.name, "short_name": one.short_name, "for_families": one.for_families},
        )
    ids = dict(fellowship_model.objects.values_list("slug", "pk"))
    standing = {(row.fellowship_id, row.code): row for row in type_model.objects.all()}
    taken: dict[tuple[int, str], set[int]] = defaultdict(set)
    for row in standing.values():
        taken[row.fellowship_id, row.group].add(row.bit)
    fresh = []
    for seed in seed_types():
        owner = ids[seed.fellowship]
        row = standing.get((owner, seed.code))
        if row is None:
            bits = taken[owner, seed.group]
            bit = seed.bit if seed.bit not in bits else next(bit for bit in range(64) if bit not in bits)
            bits.add(bit)
            fresh.append(_row(type_model, owner, seed, bit))
        elif (row.names, row.descriptions) != (seed.names, seed.descriptions):
            row.names, row.descriptions = seed.names, seed.descriptions
            row.save(update_fields=["names", "descriptions"])
    type_model.objects.bulk_create(fresh)


def _row(type_model: Any, owner: int, seed: SeedType, bit: int) -> Any:
    return type_model(
        fellowship_id=owner,
        code=seed.code,
        group=seed.group,
        bit=bit,
        language=seed.language,
        names=seed.names,
        descriptions=seed.descriptions,
    )
