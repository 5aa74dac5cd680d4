"""The words in use, so that a mistyped one can be set right."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from rules.batches import batched
from rules.spelling import LONGEST_WORD, worth_knowing

BATCH = 500


class Word(models.Model):
    """A folded word that stands, or stood, in some listing."""

    text = models.CharField(_("text"), max_length=LONGEST_WORD, unique=True)

    class Meta:
        verbose_name = _("word")
        verbose_name_plural = _("words")

    def __str__(self) -> str:
        return self.text

    @staticmethod
    def learn(texts: Iterable[str]) -> None:
        """Keep the words of search texts; whoever stores the texts says so, in the same transaction."""
        for words in batched(sorted(worth_knowing(texts)), BATCH):
            known = set(Word.objects.filter(text__in=words).values_list("text", flat=True))
            new = [Word(text=word) for word in words if word not in known]
            Word.objects.bulk_create(new, ignore_conflicts=True)
