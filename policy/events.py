"""Events of the guidance: contents of editions and rows of the calendar put forward, activated and set aside, and
feedback on clauses.
"""

from __future__ import annotations

from ledger.events import Committed, EventKind, Payload, event
from policy.calendar_changes.rows import ProposedRow


class _Content(Payload):
    """A content of an edition by both digests, and the one that it takes the place of."""

    edition: str
    rules_digest: str
    content_digest: str
    replaces_content: str
    proposal: str


@event("policy.edition.proposed", kind=EventKind.CHANGE, words="Put a content of an edition forward")
class EditionProposed(_Content):
    """One person asks that a content come into force. Nothing changes yet."""

    reason: str


@event(
    "policy.edition.activated",
    kind=EventKind.CHANGE,
    words="Activated a content of an edition, as the second person",
)
class EditionActivated(_Content):
    """The content is in force from here on. Who put it forward stands beside who activated it: the actor."""

    proposed_by: str
    proposed_name: str
    rules_differ: bool


@event("policy.edition.set_aside", kind=EventKind.CHANGE, words="Set a proposed content of an edition aside")
class EditionSetAside(_Content):
    """What was put forward does not come into force."""


class _CalendarChange(Payload):
    """Rows of the calendar that one person put forward, and why."""

    change: str
    rows: list[ProposedRow]
    reason: str


@event("policy.calendar.proposed", kind=EventKind.CHANGE, words="Put a change of the calendar forward")
class CalendarProposed(_CalendarChange):
    """One person asks that the calendar say this. Nothing changes yet."""


@event(
    "policy.calendar.activated",
    kind=EventKind.CHANGE,
    words="Activated a change of the calendar, as the second person",
)
class CalendarActivated(_CalendarChange):
    """The rows count from here on. Who put them forward stands beside who activated them: the actor."""

    recorded: str
    proposed_by: str
    proposed_name: str


@event("policy.calendar.set_aside", kind=EventKind.CHANGE, words="Set a change of the calendar aside")
class CalendarSetAside(_CalendarChange):
    """The calendar stays as it is; `reason` says why."""


@event("policy.feedback.given", kind=EventKind.CHANGE, words="Said something about a clause")
class FeedbackGiven(Payload):
    """A remark on a clause of an edition."""

    feedback: str
    edition: str
    clause: str
    text: Committed[str]


@event("policy.feedback.answered", kind=EventKind.CHANGE, words="Answered a remark on a clause")
class FeedbackAnswered(Payload):
    """The policy manager's answer, which closes the remark."""

    feedback: str
    text: Committed[str]
