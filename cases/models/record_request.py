"""A record that was asked for: of whom, when, what became of it, and who read it when. Absence is data.

A record that came is not yet one that was read; the day of reading is its own, and is never taken for another day.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from cases.models.case import Case
from cases.models.encounter import Encounter
from ledger.ids import new_id


class RequestState(models.TextChoices):
    OPEN = "open", "To be requested"
    REQUESTED = "requested", "Requested"
    OBTAINED = "obtained", "Obtained"
    UNAVAILABLE = "unavailable", "Could not be had"


class RecordRequest(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="record_requests")
    encounter = models.ForeignKey(
        Encounter, null=True, on_delete=models.PROTECT, related_name="record_requests"
    )
    record_kind = models.CharField(max_length=30)
    asked_of = models.CharField(max_length=200, blank=True, default="")
    state = models.CharField(max_length=12, choices=RequestState, default=RequestState.OPEN)
    requested_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    unavailable_reason = models.CharField(max_length=40, blank=True, default="")
    note = models.CharField(max_length=400, blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    # Who wrote the row as it stands; empty where an import did.
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=RequestState.values), name="record_request_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_kind} ({self.state})"
