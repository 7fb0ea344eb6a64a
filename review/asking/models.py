"""One question about one version under review, and its answer. Both stay as they were written."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models

from assessment.models import Decision
from ledger.ids import new_id

NOT_OF_THE_AUTHOR = """
IF EXISTS (
    SELECT FROM assessment_decision d
    WHERE d.id = NEW.decision_id AND (
        NEW.asked_id IN (d.signed_by_id, d.created_by_id) OR NEW.asked_by_id IN (d.signed_by_id, d.created_by_id)
    )
) THEN
    RAISE EXCEPTION 'four eyes: nobody is asked about their own decision' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


class Question(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="questions")
    version_number = models.PositiveIntegerField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="questions")
    reason = models.TextField()
    entry_id = models.UUIDField(unique=True)
    at = models.DateTimeField()

    class Meta:
        app_label = "review"
        indexes = [models.Index(fields=["asked", "-id"], name="question_to_person")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(asked=models.F("asked_by")), name="another_supervisor_is_asked"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="four_eyes_question",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=NOT_OF_THE_AUTHOR,
            ),
            pgtrigger.Protect(name="question_is_insert_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Question about {self.decision_id}"


class Answer(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    question = models.OneToOneField(Question, on_delete=models.PROTECT, related_name="answer")
    text = models.TextField()
    entry_id = models.UUIDField(unique=True)
    at = models.DateTimeField()

    class Meta:
        app_label = "review"
        triggers = [
            pgtrigger.Protect(name="answer_is_insert_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"Answer to {self.question_id}"
