"""Absences of supervisors, with dates and whoever covers."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from ledger.ids import new_id


class Absence(models.Model):
    """Both days are included. A change of plans ends it early (`ended_at`); the row stays."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences")
    # Whoever takes what was given to the person; without one, anybody of the office may.
    cover = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="covers"
    )
    starts = models.DateField()
    ends = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "review"
        indexes = [models.Index(fields=["person", "ends"], name="absence_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("starts")), name="absence_ends_later"
            ),
            models.CheckConstraint(
                condition=models.Q(cover__isnull=True) | ~models.Q(cover=models.F("person")),
                name="absence_covered_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} from {self.starts} to {self.ends}"
