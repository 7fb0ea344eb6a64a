"""Tables of the guidance: the calendar, the contents of editions, and the changes to both that two people made."""

from policy.models.calendar import CalendarChange, CalendarRow, ChangeState
from policy.models.content import EditionActivation, EditionContent, EditionProposal, ProposalState
from policy.models.feedback import ClauseFeedback, FeedbackAnswer

__all__ = [
    "CalendarChange",
    "CalendarRow",
    "ChangeState",
    "ClauseFeedback",
    "EditionActivation",
    "EditionContent",
    "EditionProposal",
    "FeedbackAnswer",
    "ProposalState",
]
