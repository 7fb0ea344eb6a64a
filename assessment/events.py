"""Events of assessments. Free text, findings on factors and everything about the person are committed values."""

from __future__ import annotations

from typing import Any

import pydantic

from assessment.document import Document
from ledger.events import Committed, EventKind, Payload, event
from policy.footing import Footing


@event("assessment.assessment.started", kind=EventKind.CHANGE, words="Started an assessment")
class AssessmentStarted(Payload):
    """The order in which outcomes will be shown was drawn here, once."""

    outcome_order: list[str]
    copied_from: str = ""


@event("assessment.assessment.closed", kind=EventKind.CHANGE, words="Closed an assessment")
class AssessmentClosed(Payload):
    """No decision of it is open any more."""


@event("assessment.decision.drafted", kind=EventKind.CHANGE, words="Began the draft of a decision")
class DecisionDrafted(Payload):
    decision_type: str
    direction: str


@event("assessment.step.saved", kind=EventKind.CHANGE, words="Saved a page of the assessment")
class StepSaved(Payload):
    """A page was saved by its button (autosave leaves no entry). The answers are committed as typed."""

    step: str
    version: int
    answers: Committed[dict[str, Any]]


@event(
    "assessment.decision.signed",
    kind=EventKind.CHANGE,
    words="Signed a decision",
    page="assessment:signed-entry",
)
class DecisionSigned(Payload):
    """The whole decision as it was signed; the page as signed is rendered from this."""

    number: int
    due_on: str
    document: Document


@event(
    "assessment.decision.reaffirmed",
    kind=EventKind.CHANGE,
    words="Re-affirmed a draft after the guidance changed",
)
class DecisionReaffirmed(Payload):
    """The author saw the change. `affected` names the questions that it reaches; the answers stay as they are."""

    before: Footing
    after: Footing
    affected: Committed[list[str]]


@event("assessment.decision.withdrawn", kind=EventKind.CHANGE, words="Withdrew a decision")
class DecisionWithdrawn(Payload):
    decision_type: str
    direction: str
    outcome: Committed[str]


@event("assessment.signing.refused", kind=EventKind.ACCESS, words="Signing was refused by the rules")
class SigningRefused(Payload):
    """Which rules were not met; no text of the draft."""

    rules: list[str]


class RefusedWord(pydantic.BaseModel):
    """Words that were refused, without the words: which rule found them, where, how often, and a keyed hash."""

    model_config = pydantic.ConfigDict(frozen=True, strict=True, extra="forbid")

    rule: str
    attribute: str
    field: str
    count: int
    words_hash: str


@event(
    "assessment.text.refused", kind=EventKind.ACCESS, words="Signing was refused because of protected words"
)
class TextRefused(Payload):
    """`rules` are all that were not met, `words` what the screen refused. The words themselves are sealed elsewhere."""

    rules: list[str]
    words: list[RefusedWord]


@event("assessment.signing.failed", kind=EventKind.ACCESS, words="A wrong password at signing")
class SigningFailed(Payload):
    """Somebody who was signed in tried to sign with a password that is not right. Nothing that was typed is kept."""


@event("assessment.assessment.opened", kind=EventKind.ACCESS, words="Opened a page of an assessment")
class AssessmentOpened(Payload):
    page: str


@event(
    "assessment.moved.shown",
    kind=EventKind.ACCESS,
    words="Looked at the drafts under which the guidance changed",
)
class MovedDraftsShown(Payload):
    """The drafts that the list named, by their ids."""

    shown: list[str]


@event("assessment.decision.opened", kind=EventKind.ACCESS, words="Opened a decision as signed")
class DecisionOpened(Payload):
    number: int


@event("assessment.stop.opened", kind=EventKind.CHANGE, words="A stop opened")
class StopOpened(Payload):
    """What halts may tell of a protected fact, so its kind is committed."""

    stop_kind: Committed[str]
    due_on: str


@event("assessment.stop.settled", kind=EventKind.CHANGE, words="Settled a stop")
class StopLifted(Payload):
    """`confirmed` says that the sign was right and the case was closed; otherwise the stop was lifted."""

    stop_kind: Committed[str]
    confirmed: Committed[bool]


@event(
    "assessment.stop.corrected",
    kind=EventKind.CHANGE,
    words="Ended a stop: the answer that opened it was corrected",
)
class StopCorrected(Payload):
    """The sign was a mistake and is gone from the record. The reason is the person's own words."""

    stop_kind: Committed[str]
    reason: Committed[str]


@event("assessment.task.opened", kind=EventKind.CHANGE, words="A task opened by itself")
class TaskOpened(Payload):
    task_kind: Committed[str]
    due_on: str


@event("assessment.task.closed", kind=EventKind.CHANGE, words="Closed a task")
class TaskClosed(Payload):
    task_kind: Committed[str]


@event(
    "assessment.execution.recorded", kind=EventKind.CHANGE, words="Recorded what was done after a decision"
)
class ExecutionRecorded(Payload):
    carried_out: bool
    on: str
    before_review: bool = False
    note: Committed[str]


@event("assessment.refusals.listed", kind=EventKind.ACCESS, words="Looked at the list of refused words")
class RefusalsListed(Payload):
    """The refusals that were shown, by the ids of their entries."""

    shown: list[str]


@event("assessment.opening.asked", kind=EventKind.ACCESS, words="Asked to open refused words")
class OpeningAsked(Payload):
    """The first of two: `refusal` is the entry of the refusal."""

    refusal: str
    purpose: Committed[str]


@event("assessment.words.opened", kind=EventKind.ACCESS, words="Opened refused words, as the second of two")
class WordsOpened(Payload):
    """`asked` is the entry of the first. The words were shown to this person, once."""

    refusal: str
    asked: str
