"""Verbs of the pause: a reviewing supervisor pauses the clock and resumes it. Neither decides anything."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from assessment.models import Decision
from ledger.actors import Actor
from ledger.clock import policy_date
from ledger.events import Committed
from ledger.services import NewEntry, append
from review.asking.services import text_errors
from review.clocks.models import Pause, PauseEnd, PauseReason
from review.clocks.pauses import end_pause, open_pause
from review.errors import Refused
from review.events import ClockPaused
from review.services import take_for_deciding


def pause_clock(
    *, actor: Actor, user: User, decision: Decision, number: int, reason: str, note: str
) -> Pause:
    """Let the clock of version `number` stand still; it is taken for review with it and stays with who pauses.

    Raises `Refused` with texts by field, `Taken` when somebody else has it or a newer version was signed.
    """
    errors = {} if reason in PauseReason.values else {"pause_reason": "Choose why the clock is paused."}
    errors |= text_errors("pause_note", note, "Write what is waited for, and until when as far as you know.")
    if errors:
        raise Refused(errors)
    with transaction.atomic():
        locked = take_for_deciding(actor=actor, user=user, decision=decision, number=number)
        if open_pause(locked) is not None:
            raise Refused({"": "The clock is paused already. Resume it before you pause it anew."})
        pause = Pause(
            decision=locked,
            version_number=number,
            reason=reason,
            note=note,
            paused_by=user,
            paused_on=policy_date(),
        )
        entry = append(
            NewEntry(
                payload=ClockPaused(
                    number=number,
                    pause=str(pause.pk),
                    reason=reason,
                    note=Committed(note),
                    due_on=locked.due_on.isoformat() if locked.due_on else "",
                ),
                actor=actor,
                subject={"case": locked.case_id, "assessment": locked.assessment_id, "decision": locked.pk},
            )
        )[0]
        pause.entry_id, pause.at = entry.pk, entry.at
        pause.save(force_insert=True)
    return pause


def resume_clock(*, actor: Actor, user: User, decision: Decision, number: int) -> Pause:
    """Let the clock run again; the due date moves by the working days of the pause. Raises as `pause_clock` does."""
    with transaction.atomic():
        locked = take_for_deciding(actor=actor, user=user, decision=decision, number=number)
        pause = end_pause(actor=actor, user=user, decision=locked, ended=PauseEnd.RESUMED)
        if pause is None:
            raise Refused({"": "The clock runs already."})
    return pause
