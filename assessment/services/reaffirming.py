"""Re-affirming: the author of a draft has seen that the guidance changed, and says that the answers hold."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from assessment import selectors, workflow
from assessment.events import DecisionReaffirmed
from assessment.models import Decision
from assessment.services.common import lock_for_writing, subject_of
from assessment.straddling import change_between
from ledger.actors import Actor
from ledger.events import Committed
from ledger.services import NewEntry, append
from policy.footing import kept


def reaffirm(*, actor: Actor, user: User, decision: Decision, mark: str) -> Decision:
    """Set a draft on the guidance of today. `mark` names the footing that was shown; answers are not touched.

    Without a change nothing happens and no entry is left. Raises `NotAllowed` for another person, and
    `workflow.NotPossible` when the decision cannot be edited or the guidance changed again meanwhile.
    """
    with transaction.atomic():
        assessment = lock_for_writing(user, decision.assessment_id)
        locked = Decision.objects.select_for_update().get(pk=decision.pk)
        if locked.state not in workflow.EDITABLE:
            raise workflow.NotPossible(
                f"This decision is {workflow.LABELS[locked.state].lower()}. It keeps its guidance."
            )
        today = selectors.footing_today(assessment, locked.type)
        if mark != today.mark:
            raise workflow.NotPossible(
                "The guidance changed again while you read, so nothing was re-affirmed. Read it, then re-affirm."
            )
        before = kept(locked.footing)
        if before is not None and before.same_ground(today):
            return locked
        affected = []
        if before is not None:
            answers = selectors.all_answers(assessment, locked)
            affected = [one.field for one in change_between(before, today, answers).affected]
        append(
            NewEntry(
                payload=DecisionReaffirmed(before=before or today, after=today, affected=Committed(affected)),
                actor=actor,
                subject=subject_of(locked),
            )
        )
        locked.footing = today.model_dump()
        locked.save(update_fields=["footing"])
    return locked
