"""An action that a system of record says was taken on a case: a detainer, a removal, a release, ...

It comes in by the layout `totality` alone and is never changed. It is history: no decision can pin it, no rule reads
it, and it is no fact of the record. Oversight finds it together with the decision to take it. An arrest is an
encounter, so it has no kind here.
"""

from __future__ import annotations

from django.db import models

from cases.models.case import Case
from ledger.ids import new_id


class ActionKind(models.TextChoices):
    DETAINER_PLACED = "detainer_placed", "Detainer placed"
    DETAINER_LIFTED = "detainer_lifted", "Detainer lifted"
    NOTICE_TO_APPEAR_SERVED = "notice_to_appear_served", "Notice to appear served"
    NOTICE_TO_APPEAR_CANCELED = "notice_to_appear_canceled", "Notice to appear canceled"
    TRANSFERRED_TO_CUSTODY = "transferred_to_custody", "Transferred to custody"
    CONDITIONS_SET = "conditions_set", "Conditions set"
    RELEASED = "released", "Released"
    CONDITIONS_EASED = "conditions_eased", "Conditions eased or ended"
    ORDER_REINSTATED = "order_reinstated", "Prior order reinstated"
    REINSTATEMENT_WITHDRAWN = "reinstatement_withdrawn", "Reinstatement withdrawn"
    ADMINISTRATIVE_REMOVAL_STARTED = "administrative_removal_started", "Administrative removal started"
    ADMINISTRATIVE_REMOVAL_WITHDRAWN = "administrative_removal_withdrawn", "Administrative removal withdrawn"
    EXPEDITED_REMOVAL_STARTED = "expedited_removal_started", "Expedited removal started"
    EXPEDITED_REMOVAL_WITHDRAWN = "expedited_removal_withdrawn", "Expedited removal withdrawn"
    REMOVED = "removed", "Removed"
    REMOVAL_STAYED = "removal_stayed", "Removal stayed"
    DEFERRED_ACTION_GRANTED = "deferred_action_granted", "Deferred action granted"
    DEFERRED_ACTION_ENDED = "deferred_action_ended", "Deferred action ended"
    PAROLED = "paroled", "Paroled"
    PAROLE_ENDED = "parole_ended", "Parole ended"


class ImportedAction(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="imported_actions", db_index=False)
    kind = models.CharField(max_length=40, choices=ActionKind.choices)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "happened_on"], name="action_once_a_day"),
            models.CheckConstraint(condition=models.Q(kind__in=ActionKind.values), name="action_kind"),
        ]
        # Oversight pages through actions by their day.
        indexes = [models.Index(fields=["happened_on", "id"], name="action_by_day")]

    def __str__(self) -> str:
        return f"{self.kind} on {self.happened_on}"
