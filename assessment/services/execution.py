"""What was really done after a decision to act: written once, by the decision's office.

It waits for the approval; where a supervisor approved orally, it may be written before the confirmation, and says so.
"""

from __future__ import annotations

import datetime

from django.db import transaction

from accounts.models import User
from assessment import workflow
from assessment.errors import NotAllowed
from assessment.events import ExecutionRecorded
from assessment.models import Decision, Execution
from cases.screening.store import keep
from ledger.actors import Actor
from ledger.clock import now, policy_date
from ledger.events import Committed
from ledger.services import NewEntry, append


def record_execution(
    *, actor: Actor, user: User, decision: Decision, carried_out: bool, on: datetime.date | None, note: str
) -> Execution:
    """Write down, once, what was really done after an approved decision to act."""
    with transaction.atomic():
        locked = Decision.objects.select_for_update().get(pk=decision.pk)
        if locked.office_id != user.office_id:
            raise NotAllowed("Only the decision's office records what was done.")
        acted = locked.versions.filter(number=locked.signed_number, outcome="act").exists()
        stands = locked.state in workflow.STANDING
        if not (stands or locked.on_word_alone) or not acted:
            raise NotAllowed("What was done is recorded for a decision to act that stands, and for no other.")
        if Execution.objects.filter(decision=locked).exists():
            raise NotAllowed("What was done is recorded already.")
        if carried_out and on is None:
            raise NotAllowed("Write the day on which it was done.")
        if on is not None and on > policy_date():
            raise NotAllowed("That day lies ahead. Write the day on which it was done.")
        done_on = on if carried_out else None
        execution = Execution.objects.create(
            decision=locked,
            carried_out=carried_out,
            before_review=not stands,
            on=done_on,
            note=note[:400],
            recorded_by=user,
            recorded_at=now(),
        )
        keep(case_id=locked.case_id, kind="execution", row_id=execution.pk, texts={"note": execution.note})
        append(
            NewEntry(
                payload=ExecutionRecorded(
                    carried_out=carried_out,
                    on=str(done_on or ""),
                    before_review=not stands,
                    note=Committed(note[:400]),
                ),
                actor=actor,
                subject={
                    "case": locked.case_id,
                    "assessment": locked.assessment_id,
                    "decision": locked.pk,
                },
            )
        )
    return execution
