"""Tables of the guidance: the calendar, the contents of editions, and the changes to both that two people made."""

from policy.models.calendar import CalendarChange, CalendarRow, ChangeState
from policy.models.content import EditionActivation, EditionContent, EditionProposal, ProposalState

__all__ = [
    "CalendarChange",
    "CalendarRow",
    "ChangeState",
    "EditionActivation",
    "EditionContent",
    "EditionProposal",
    "ProposalState",
]
