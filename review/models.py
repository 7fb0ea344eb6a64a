"""The review of a signed decision. It names the version that was read.

Invariants, held by the database too: nobody reviews a decision that they wrote or signed; a review is insert-only; one
review a version.
"""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models

from assessment.models import Decision
from ledger.ids import new_id
from review.asking.models import Answer, Question
from review.clocks.models import Notification, Pause, PauseEnd, PauseReason, Reminder, ReminderKind
from review.desk.models import Absence, SavedView
from review.oral.models import CouldNotWait, Means, OralApproval
from review.regime.models import FullReview, FullReviewReason, Moment, Seed, Selection, SupervisorView


class Verdict(models.TextChoices):
    APPROVED = "approved", "Approved"
    RETURNED = "returned", "Returned"


FOUR_EYES = """
IF EXISTS (
    SELECT FROM assessment_decision d
    WHERE d.id = NEW.decision_id AND NEW.reviewer_id IN (d.signed_by_id, d.created_by_id)
) THEN
    RAISE EXCEPTION 'four eyes: nobody reviews their own decision' USING ERRCODE = 'check_violation';
END IF;
IF NEW.level > 1 AND EXISTS (
    SELECT FROM review_review r
    WHERE r.decision_id = NEW.decision_id AND r.version_number = NEW.version_number
        AND r.reviewer_id = NEW.reviewer_id
) THEN
    RAISE EXCEPTION 'the second supervisor is not the first' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


class Review(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="reviews")
    version_number = models.PositiveIntegerField()
    # 2 for the second supervisor of a decision that needs two.
    level = models.PositiveSmallIntegerField(default=1)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews")
    verdict = models.CharField(max_length=8, choices=Verdict)
    overriding_answer = models.CharField(max_length=20)
    reason = models.TextField()
    dispute_acknowledged = models.BooleanField(default=False)
    training_cosigned = models.BooleanField(default=False)
    entry_id = models.UUIDField(unique=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "version_number", "level"], name="one_review_per_level"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="four_eyes_review",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=FOUR_EYES,
            ),
            pgtrigger.Protect(name="review_is_insert_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} {self.decision_id} version {self.version_number}"


class ReturnPoint(models.Model):
    """One point of a return: what it is about (a section of the document, or empty) and what to do."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="points")
    ordinal = models.PositiveSmallIntegerField()
    about = models.CharField(max_length=40, blank=True, default="")
    text = models.TextField()

    class Meta:
        triggers = [
            pgtrigger.Protect(name="point_is_insert_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.text


__all__ = [
    "Absence",
    "Answer",
    "CouldNotWait",
    "FullReview",
    "FullReviewReason",
    "Means",
    "Moment",
    "Notification",
    "OralApproval",
    "Pause",
    "PauseEnd",
    "PauseReason",
    "Question",
    "Reminder",
    "ReminderKind",
    "ReturnPoint",
    "Review",
    "SavedView",
    "Seed",
    "Selection",
    "SupervisorView",
    "Verdict",
]
