"""What was frozen of closed months: written once, told of in the log, reused by every later export of the same.

A row is never changed. A later revision of the same key stands beside the earlier one, whose digests stay known.
"""

from __future__ import annotations

from django.db import models

from ledger.ids import new_id


class Reason(models.TextChoices):
    """Why this revision was written."""

    FIRST = "first", "The months were frozen for the first time"
    ERASED = "erased", "A value of these months was erased by order"
    MASKED = "masked", "Other cases of these months are masked now"
    LATE = "late", "An entry of these months was sealed only after they were frozen"
    LOST = "lost", "The frozen files were lost or damaged and were made anew from the log"


class FrozenMonths(models.Model):
    """The data files of one filter over complete months."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # SHA-256 of filter, values and formats.
    key = models.CharField(max_length=64)
    revision = models.PositiveIntegerField()
    reason = models.CharField(max_length=6, choices=Reason)
    filter = models.JSONField(default=dict)
    values = models.CharField(max_length=4)
    formats = models.JSONField(default=list)
    first = models.BigIntegerField()
    end = models.BigIntegerField()
    rows = models.BigIntegerField()
    # How many decisions a filter or a sample chose; null where all are in.
    decisions = models.BigIntegerField(null=True)
    # What was erased and masked before the first byte was read; another answer later makes another revision.
    erasures = models.BigIntegerField()
    masked = models.CharField(max_length=64)
    # [{"name", "bytes", "sha256"}] in the order of the bundle.
    files = models.JSONField(default=list)
    frozen_at = models.DateTimeField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "ledger_frozen_months"
        constraints = [models.UniqueConstraint(fields=("key", "revision"), name="frozen_months_once")]

    def __str__(self) -> str:
        return f"{self.filter} revision {self.revision}"

    def digest(self, name: str) -> str:
        """SHA-256 of one file; empty where it is none of these."""
        return next((str(one["sha256"]) for one in self.files if one["name"] == name), "")
