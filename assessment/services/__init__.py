"""Every write of this room: one verb, one function, one transaction with its entry."""

from assessment.services.access import (
    note_decision_opened,
    note_moved_shown,
    note_opened,
    note_wrong_password,
)
from assessment.services.common import new_page_token
from assessment.services.drafting import (
    add_decision,
    save_decision,
    save_return_answers,
    save_step,
    start_assessment,
    withdraw_decision,
)
from assessment.services.execution import record_execution
from assessment.services.reaffirming import reaffirm
from assessment.services.signing import due_if_signed_now, sign_decision, training_lapsed

__all__ = [
    "add_decision",
    "due_if_signed_now",
    "new_page_token",
    "note_decision_opened",
    "note_moved_shown",
    "note_opened",
    "note_wrong_password",
    "reaffirm",
    "record_execution",
    "save_decision",
    "save_return_answers",
    "save_step",
    "sign_decision",
    "start_assessment",
    "training_lapsed",
    "withdraw_decision",
]
