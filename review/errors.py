"""What can go wrong in a review, with texts for the person."""

from __future__ import annotations

from assessment import workflow
from assessment.models import Decision


class Refused(Exception):
    """The review is not complete or not open to this person; texts by field, `""` for the whole."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = errors


class Taken(Exception):
    """Somebody else has the decision, decided it, or the officer signed a newer version."""

    def __init__(self, decision: Decision) -> None:
        who = decision.claimed_by.full_name if decision.claimed_by else "Somebody else"
        state = workflow.LABELS[decision.state].lower()
        super().__init__(f"{who} was faster: this decision is {state} now. Your text is still here.")
        self.decision = decision
