"""Two records of one person made one. `moved` says row by row what went over, so that it can go back.

The absorbed person stays as a row without cases; its open case, where it had one, is closed and points to the
case that took its record.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from cases.models.case import Case
from cases.models.person import Person
from ledger.ids import new_id


class PersonMerge(models.Model):
    """`moved` maps a kind of row to ids. `status_reopened` is the version of a status page that must be
    confirmed again because the two pages differed, 0 where none was."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    survivor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges")
    absorbed = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absorbed_by")
    survivor_case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    absorbed_case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=400)
    moved = models.JSONField(default=dict)
    status_reopened = models.PositiveIntegerField(default=0)
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"], condition=models.Q(undone_at__isnull=True), name="absorbed_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(survivor=models.F("absorbed")), name="merge_of_two_persons"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} into {self.survivor_id}"
