"""What people say about a clause, and what the policy manager answers. Both are insert-only."""

from __future__ import annotations

import pgtrigger
from django.db import models

from ledger.ids import new_id


class ClauseFeedback(models.Model):
    """One remark on one clause, in the content that the person had in view. People are kept as text."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    edition = models.CharField(max_length=10)
    content_digest = models.CharField(max_length=64)
    clause = models.CharField(max_length=20)
    text = models.CharField(max_length=2000)
    given_by = models.CharField(max_length=64)
    given_name = models.CharField(max_length=200)
    given_role = models.CharField(max_length=20)
    given_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["given_by", "-id"], name="feedback_by_person")]
        triggers = [
            pgtrigger.Protect(name="feedback_is_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.clause}: {self.text[:40]}"


class FeedbackAnswer(models.Model):
    """The policy manager's answer; a remark with one is closed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    feedback = models.OneToOneField(ClauseFeedback, on_delete=models.PROTECT, related_name="answer")
    text = models.CharField(max_length=2000)
    answered_by = models.CharField(max_length=64)
    answered_name = models.CharField(max_length=200)
    answered_at = models.DateTimeField()

    class Meta:
        triggers = [
            pgtrigger.Protect(name="feedback_answer_is_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Answer to {self.feedback_id}"
