"""A file kept with a piece of evidence. The row is never changed; the bytes lie outside of the web root.

Invariants: the name on disk is the row's id and nothing that a person typed; `sha256` is of the bytes as kept,
and what does not match it is not served.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from cases.models.evidence import Evidence
from ledger.ids import new_id


class Attachment(models.Model):
    """`file_name` is for people alone: cleaned of paths and controls, and never used to open anything."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="attachments")
    file_name = models.CharField(max_length=150)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="attachment_not_empty"),
        ]

    def __str__(self) -> str:
        return self.file_name
