"""Who covers an office after hours, and which decisions were taken so."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models

from accounts.models import Office
from assessment.models import Decision
from ledger.ids import new_id


class Cover(models.Model):
    """The end is not included. A change of plans ends it early (`ended_at`); the row stays."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="covers")
    # A supervisor of another office.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="office_covers"
    )
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "review"
        indexes = [
            models.Index(fields=["person", "ends"], name="cover_of_person"),
            models.Index(fields=["office", "ends"], name="cover_of_office"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("starts")), name="cover_ends_later"),
            # A form that was sent twice sets one cover.
            models.UniqueConstraint(
                fields=["office", "person", "starts", "ends"],
                condition=models.Q(ended_at__isnull=True),
                name="cover_is_set_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} by {self.person_id} from {self.starts}"


class CoverTaken(models.Model):
    """A version that was taken for review under a cover."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cover = models.ForeignKey(Cover, on_delete=models.PROTECT, related_name="taken")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="covers_taken")
    version_number = models.PositiveIntegerField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entry_id = models.UUIDField(unique=True)
    at = models.DateTimeField()

    class Meta:
        app_label = "review"
        triggers = [
            pgtrigger.Protect(
                name="cover_taken_is_insert_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} version {self.version_number} by {self.taken_by_id}"
