"""What an officer answers to the points of a return, saved like a step while the decision is returned."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from assessment.models.decision import Decision
from ledger.ids import new_id


class ReturnAnswers(models.Model):
    """The answers to the return of one signed version. They stand still as soon as the next version is signed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="return_answers")
    number = models.PositiveIntegerField()
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    saved_from = models.CharField(max_length=36, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="one_answer_row_per_return")
        ]

    def __str__(self) -> str:
        return f"Answers to the return of version {self.number} of {self.decision_id}"
