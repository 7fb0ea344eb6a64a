"""The facts and factors of one person at one time, answered in steps.

Invariants: a case has at most one open assessment; the order in which outcomes are shown is drawn once and stored; a
step's answers carry an integer version that every save compares, so that nothing typed is overwritten unseen.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.models import Office
from cases.models import Case, Origin
from ledger.ids import new_id


class AssessmentState(models.TextChoices):
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class Assessment(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assessments")
    # No index of its own where another one begins with the column, or nothing looks rows up by it.
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=6, choices=AssessmentState, default=AssessmentState.OPEN)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assessments", db_index=False
    )
    started_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    # The edition as it stood when the draft began; the one that binds is stored at signing.
    edition_key = models.CharField(max_length=10)
    rules_digest = models.CharField(max_length=64)
    content_digest = models.CharField(max_length=64)
    # The day of the assessment whose answers this one began with; empty when it began empty.
    copied_from = models.CharField(max_length=10, blank=True, default="")
    outcome_order = ArrayField(models.CharField(max_length=7), size=2)
    origin = models.CharField(max_length=4, choices=Origin, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(state="open"), name="one_open_assessment_per_case"
            ),
        ]
        indexes = [models.Index(fields=["started_by", "-id"], name="assessment_by_officer")]

    def __str__(self) -> str:
        return f"Assessment {self.id}"


class StepAnswers(models.Model):
    """The answers of one step as they were typed: a text or a list of texts by field name."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=30)
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # The open page that saved last: a page never conflicts with its own autosave.
    saved_from = models.CharField(max_length=36, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "step"], name="one_answer_row_per_step")]

    def __str__(self) -> str:
        return f"{self.step} of {self.assessment_id}"
