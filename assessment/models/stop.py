"""Stops and tasks of a case, what a signed decision pins, and what was carried out.

Invariants: a case has at most one open stop of a kind; a stop is lifted only with its named evidence, by a
supervisor, or ends because the answer that opened it was corrected, with a reason; a carried-out row is insert-only.
"""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models

from accounts.models import Office
from assessment.models.decision import Decision, DecisionVersion
from cases.models import Case, Evidence
from ledger.ids import new_id


class StopState(models.TextChoices):
    OPEN = "open", "Open"
    LIFTED = "lifted", "Lifted"
    CONFIRMED = "confirmed", "Confirmed, case closed"
    # The answer that opened it was a mistake, was corrected, and it is said why.
    CORRECTED = "corrected", "Ended: answer corrected"


class Stop(models.Model):
    """Something that halts every adverse step. `basis` is what it rests on; a lifted stop covers that and no more."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="stops")
    kind = models.CharField(max_length=20)
    basis = models.CharField(max_length=400)
    words = models.CharField(max_length=400)
    state = models.CharField(max_length=10, choices=StopState, default=StopState.OPEN)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="+")
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    # Why the answer was a mistake; only where one was corrected.
    reason = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="corrected") | ~models.Q(reason=""),
                name="a_corrected_answer_says_why",
            ),
            models.UniqueConstraint(
                fields=["case", "kind"], condition=models.Q(state="open"), name="one_open_stop_of_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"


class TaskKind(models.TextChoices):
    LIFT_DETAINER = "lift_detainer", "Lift the detainer, or say why not"
    FACTS_MOVED = "facts_moved", "Facts have moved under a decision"
    ANSWER_CORRECTED = "answer_corrected", "An answer that halted was corrected"


class Task(models.Model):
    """Work that opened by itself. It closes when what it asks for is done, or when a person says that it is seen."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=TaskKind)
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="tasks")
    words = models.CharField(max_length=400)
    opened_at = models.DateTimeField()
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "kind"],
                condition=models.Q(done_at__isnull=True),
                name="one_open_task_of_a_kind",
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "due_on"], name="task_open", condition=models.Q(done_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class PinnedFact(models.Model):
    """A fact that a signed version pins, for the question which decisions a changed fact stands under."""

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(DecisionVersion, on_delete=models.PROTECT, related_name="pins")
    fact_id = models.UUIDField()
    fact_version = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "fact_id"], name="pinned_once")]
        indexes = [models.Index(fields=["fact_id"], name="pinned_fact")]

    def __str__(self) -> str:
        return f"{self.fact_id} version {self.fact_version}"


class Execution(models.Model):
    """What was really done after an approved decision to act."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="execution")
    carried_out = models.BooleanField()
    # Done on an oral approval that nobody had confirmed yet.
    before_review = models.BooleanField(default=False, db_default=False)
    on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=400, blank=True, default="")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        triggers = [
            pgtrigger.Protect(name="done_is_insert_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return "Carried out" if self.carried_out else "Not carried out"
