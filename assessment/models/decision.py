"""A decision on an assessment: type, direction, outcome, opposite case, rationale, signature, state.

Invariants, held by the database as well as by the services: the state moves only along `assessment.workflow`; nobody
who signed a decision claims it for review; a signed version is insert-only.
"""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.models import Office
from assessment import workflow
from assessment.carried_codes import APPROVED_ORALLY, NOTICES, URGENCIES
from assessment.models.assessment import Assessment
from cases.models import Case, Origin
from ledger.ids import new_id

IN_REVIEW = models.Q(state__in=["submitted", "claimed", "escalated"])


class Decision(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="decisions")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    # Offices and users have no index of their own: the queue's and `decision_by_officer` begin with those that rows
    # are looked up by, and each index costs every claim and every review.
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", db_index=False)
    type = models.CharField(max_length=30)
    direction = models.CharField(max_length=4)
    state = models.CharField(max_length=20, choices=workflow.CHOICES, default=workflow.DRAFT)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions", db_index=False
    )
    created_at = models.DateTimeField()
    # The draft's own answers (outcome, opposite case, rationale, pins), saved like a step.
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    saved_from = models.CharField(max_length=36, blank=True, default="")
    # What the guidance was for its author: the footing (`policy.footing`) when it was begun or last re-affirmed.
    footing = models.JSONField(default=dict)
    signed_number = models.PositiveIntegerField(default=0)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    # The first supervisor of a decision that needs two; never the second.
    escalated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    # What the queue shows and filters by, carried from the signed document (`assessment.carried`).
    urgency = models.CharField(max_length=20, blank=True, default="", choices=list(URGENCIES.items()))
    notices = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    # Whom a waiting decision was given to; "take the next one" passes it by for everybody else.
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    origin = models.CharField(max_length=4, choices=Origin, blank=True, default="", db_default="")
    # Of a demonstration row alone: which signed decision it is like, and its own subject (`assessment.demo_rows`).
    demo_document = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(demo_document__isnull=True) | models.Q(origin=Origin.DEMO),
                name="document_in_the_row_is_demo",
            ),
            models.CheckConstraint(
                condition=models.Q(claimed_by__isnull=True) | ~models.Q(claimed_by=models.F("signed_by")),
                name="four_eyes_claim",
            ),
            models.CheckConstraint(
                condition=models.Q(claimed_by__isnull=True)
                | models.Q(escalated_by__isnull=True)
                | ~models.Q(claimed_by=models.F("escalated_by")),
                name="second_supervisor_is_another",
            ),
            models.UniqueConstraint(
                fields=["assessment", "type", "direction"],
                condition=models.Q(state__in=[workflow.DRAFT, workflow.RETURNED]),
                name="one_draft_per_decision_type",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "due_on", "id"], name="decision_queue", condition=IN_REVIEW),
            # Each single filter of the queue keeps its order by an index of its own, so that none grows with the queue.
            models.Index(
                fields=["office", "due_on", "id"],
                name="decision_queue_waiting",
                condition=models.Q(state__in=["submitted", "escalated"]),
            ),
            models.Index(
                fields=["office", "type", "due_on", "id"], name="decision_queue_type", condition=IN_REVIEW
            ),
            models.Index(
                fields=["office", "created_by", "due_on", "id"],
                name="decision_queue_officer",
                condition=IN_REVIEW,
            ),
            models.Index(
                fields=["claimed_by", "due_on", "id"],
                name="decision_queue_taken",
                condition=models.Q(state="claimed"),
            ),
            # What a whole office has taken, and what waits for a second supervisor: few rows of a long queue.
            *(
                models.Index(
                    fields=["office", "due_on", "id"],
                    name=f"decision_queue_{state}",
                    condition=models.Q(state=state),
                )
                for state in (workflow.CLAIMED, workflow.ESCALATED)
            ),
            models.Index(
                fields=["assigned_to", "due_on", "id"],
                name="decision_queue_given",
                condition=IN_REVIEW & models.Q(assigned_to__isnull=False),
            ),
            models.Index(
                fields=["office", "urgency", "due_on", "id"],
                name="decision_queue_urgency",
                condition=IN_REVIEW & ~models.Q(urgency=""),
            ),
            # For those that waited long, which are few: whoever asks for many is served in the order of the page.
            models.Index(fields=["office", "signed_at"], name="decision_queue_signed", condition=IN_REVIEW),
            *(
                models.Index(
                    fields=["office", "due_on", "id"],
                    name=f"decision_{code}"[:30],
                    condition=IN_REVIEW & models.Q(notices__contains=[code]),
                )
                for code in NOTICES
            ),
            models.Index(fields=["created_by", "state"], name="decision_by_officer"),
        ]
        triggers = [
            pgtrigger.FSM(
                name="decision_workflow",
                field="state",
                transitions=sorted({(step.source, step.target) for step in workflow.TRANSITIONS}),
            ),
            # A real decision never becomes a demonstration row, whose document is not in the log.
            pgtrigger.ReadOnly(name="origin_stays", fields=["origin", "demo_document"]),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.direction} ({self.state})"

    @property
    def on_word_alone(self) -> bool:
        """Approved orally in its last version, and not confirmed: it waits for its review, or was returned."""
        return APPROVED_ORALLY in self.notices and self.state in workflow.IN_REVIEW | {workflow.RETURNED}

    @property
    def state_words(self) -> str:
        """The state as every page tells it, an oral approval that waits for its confirmation beside it."""
        words = workflow.LABELS[self.state]
        if APPROVED_ORALLY in self.notices and self.state in workflow.IN_REVIEW:
            return f"{words}. {NOTICES[APPROVED_ORALLY]}"
        return words


class DecisionVersion(models.Model):
    """What was signed: it names the log entry whose bytes and disclosures render the page as signed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    entry_id = models.UUIDField(unique=True)
    outcome = models.CharField(max_length=7)
    edition_key = models.CharField(max_length=10)
    rules_digest = models.CharField(max_length=64)
    content_digest = models.CharField(max_length=64)
    edition_status = models.CharField(max_length=20)
    # The orders that held over the edition for this decision type at signing.
    overlays = models.JSONField(default=list)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "number"], name="decision_version_once")]
        triggers = [
            pgtrigger.Protect(name="signed_is_insert_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} version {self.number}"
