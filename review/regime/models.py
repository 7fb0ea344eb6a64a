"""What the draws rest on and what they gave: seeds, times of full review, and one selection for each signed version."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models

from accounts.models import Office
from assessment.models import Decision
from ledger.ids import new_id


class Seed(models.Model):
    """The secret that draws come from. Its digest is in the log before the first draw; it is published when retired."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    secret = models.BinaryField()
    digest = models.CharField(max_length=64, unique=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["closed_at"], name="one_open_seed", nulls_distinct=False),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="seed_stays", fields=["secret", "digest", "opened_at"]),
            pgtrigger.Protect(name="seed_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.digest[:12]


class FullReviewReason(models.TextChoices):
    NEW_OFFICE = "new_office", "A new office begins"
    NEW_EDITION = "new_edition", "A new edition takes effect"
    ORDERED = "ordered", "Ordered by the department"


class FullReview(models.Model):
    """A time in which every decision of an office is reviewed before action, beside the edition's own first days."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="full_reviews")
    reason = models.CharField(max_length=12, choices=FullReviewReason)
    starts = models.DateField()
    # Exclusive; without an end it lasts until a later row of the office says otherwise.
    ends = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gt=models.F("starts")),
                name="full_review_ends_later",
            ),
        ]
        indexes = [models.Index(fields=["office", "starts"], name="full_review_of_office")]
        triggers = [
            pgtrigger.Protect(
                name="full_review_is_insert_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.office_id} from {self.starts}"


class Selection(models.Model):
    """The draw of one signed version: with which probability, by which reasons, from which seed, and what it gave."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="selections")
    version_number = models.PositiveIntegerField()
    edition_key = models.CharField(max_length=10)
    full = models.BooleanField()
    # Of a thousand: what the stage asks for, and what it was for this decision once triggers are counted in.
    stage_per_thousand = models.PositiveSmallIntegerField()
    probability = models.PositiveSmallIntegerField()
    triggers = models.JSONField(default=list)
    seed = models.ForeignKey(Seed, on_delete=models.PROTECT, related_name="selections")
    draw = models.PositiveSmallIntegerField()
    selected = models.BooleanField()
    decide_first = models.BooleanField()
    # Read masked first; with which probability, of a thousand, zero where it could not be.
    masked = models.BooleanField(default=False)
    masked_per_thousand = models.PositiveSmallIntegerField(default=0)
    # The office whose supervisors review it; another than the decision's own for a share.
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    # A sampled or triggered review falls to a supervisor by lot; empty where everything is reviewed.
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    entry_id = models.UUIDField(unique=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "version_number"], name="one_draw_per_version"),
            models.CheckConstraint(
                condition=models.Q(probability__lte=1000, stage_per_thousand__lte=1000, draw__lt=1000),
                name="draws_are_of_a_thousand",
            ),
            models.CheckConstraint(
                condition=models.Q(masked=False) | models.Q(decide_first=True, masked_per_thousand__gt=0),
                name="masked_reads_decide_first",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="selection_is_insert_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return (
            f"{self.decision_id} version {self.version_number}: {'drawn' if self.selected else 'not drawn'}"
        )


class Moment(models.TextChoices):
    BEFORE = "before", "Before reading the officer's outcome and reasons"
    AFTER = "after", "After reading them"


OTHER_EYES = """
IF EXISTS (
    SELECT FROM assessment_decision d
    WHERE d.id = NEW.decision_id AND NEW.reviewer_id IN (d.signed_by_id, d.created_by_id)
) THEN
    RAISE EXCEPTION 'four eyes: nobody reviews their own decision' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


class SupervisorView(models.Model):
    """A supervisor's own view of a version: before the officer's outcome was shown, and after. Both are kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="views")
    version_number = models.PositiveIntegerField()
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    moment = models.CharField(max_length=6, choices=Moment)
    view = models.CharField(max_length=11)
    # Before: why. After: why the view changed, and empty where it did not.
    reason = models.TextField(blank=True, default="")
    entry_id = models.UUIDField(unique=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "version_number", "reviewer", "moment"], name="one_view_a_moment"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="four_eyes_view", operation=pgtrigger.Insert, when=pgtrigger.Before, func=OTHER_EYES
            ),
            pgtrigger.Protect(name="view_is_insert_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.view} ({self.moment})"
