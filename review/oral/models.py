"""One oral approval of one signed version, as the officer who received it recorded it."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models

from assessment.models import Decision
from ledger.ids import new_id


class Means(models.TextChoices):
    IN_PERSON = "in_person", "In person"
    PHONE = "phone", "By telephone"
    RADIO = "radio", "By radio"
    VIDEO = "video", "By video call"


class CouldNotWait(models.TextChoices):
    RELEASE_NEAR = "release_near", "A release was near"
    REMOVAL_NEAR = "removal_near", "A removal, or its stay, was near"
    IN_THE_FIELD = "in_the_field", "The officer was in the field"
    SYSTEM_DOWN = "system_down", "The system could not be reached"


NOT_THE_AUTHOR = """
IF EXISTS (
    SELECT FROM assessment_decision d
    WHERE d.id = NEW.decision_id AND NEW.approver_id IN (d.signed_by_id, d.created_by_id)
) THEN
    RAISE EXCEPTION 'four eyes: nobody approves their own decision' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


class OralApproval(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="oral_approvals")
    version_number = models.PositiveIntegerField()
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Whoever heard it is who records it.
    given_to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    means = models.CharField(max_length=9, choices=Means)
    why = models.CharField(max_length=12, choices=CouldNotWait)
    given_at = models.DateTimeField()
    # In which zone the time was written, as an IANA name; told again in it.
    zone = models.CharField(max_length=40, default="UTC")
    # On the day by which policy is judged, as `given_at` is, so that the lag between the two is true.
    recorded_at = models.DateTimeField()
    confirm_by = models.DateField()
    entry_id = models.UUIDField(unique=True)
    at = models.DateTimeField()

    class Meta:
        app_label = "review"
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "version_number"], name="one_oral_approval_a_version"
            ),
            models.CheckConstraint(
                condition=models.Q(given_at__lte=models.F("recorded_at")), name="approved_before_recorded"
            ),
            models.CheckConstraint(
                condition=~models.Q(approver=models.F("given_to")), name="approved_by_another"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="four_eyes_oral",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=NOT_THE_AUTHOR,
            ),
            pgtrigger.Protect(name="oral_is_insert_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} version {self.version_number}: {self.means}"
