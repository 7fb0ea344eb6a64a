"""Words that were refused when signing was tried: where and about what, without the words. Insert-only.

Taking a word out does not keep the conclusion, so the supervisor sees what was refused and then rewritten.
"""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models

from assessment.models.decision import Decision
from ledger.ids import new_id


class RefusedText(models.Model):
    """One refused finding. `key` is the keyed hash of the words, so that trying twice counts once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="refused_texts")
    entry_id = models.UUIDField()
    field = models.CharField(max_length=80)
    attribute = models.CharField(max_length=30)
    key = models.CharField(max_length=64)
    refused_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "field", "key"], name="words_refused_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="refused_is_insert_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.attribute} in {self.field}"
