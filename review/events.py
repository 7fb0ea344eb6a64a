"""Events of review. Reasons and points are free text and committed."""

from __future__ import annotations

import pydantic

from ledger.events import Committed, EventKind, Payload, event


@event("review.queue.listed", kind=EventKind.ACCESS, words="Looked at the review queue")
class QueueListed(Payload):
    filter: str
    shown: list[str]


@event("review.decision.opened", kind=EventKind.ACCESS, words="Opened a decision for review")
class ReviewOpened(Payload):
    number: int


@event("review.decision.claimed", kind=EventKind.CHANGE, words="Took a decision for review")
class DecisionClaimed(Payload):
    number: int


@event("review.decision.released", kind=EventKind.CHANGE, words="Put a decision back into the queue")
class DecisionReleased(Payload):
    number: int


class RefusedWord(pydantic.BaseModel):
    """Words that were refused, without the words: the rule that found them, the field, how often, a keyed hash."""

    model_config = pydantic.ConfigDict(frozen=True, strict=True, extra="forbid")

    rule: str
    attribute: str
    field: str
    count: int
    words_hash: str


@event("review.text.refused", kind=EventKind.ACCESS, words="A review was refused because of protected words")
class TextRefused(Payload):
    """`verb` is `approve` or `return`; the words themselves are in no entry."""

    verb: str
    number: int
    words: list[RefusedWord]


class ContestRuled(pydantic.BaseModel):
    """What the supervisor ruled on one contest of words."""

    model_config = pydantic.ConfigDict(frozen=True, strict=True, extra="forbid")

    contest: str
    attribute: str
    category: str
    upheld: bool


@event("review.seed.committed", kind=EventKind.CHANGE, words="Committed to the seed of the coming draws")
class SeedCommitted(Payload):
    """`digest` is the SHA-256 of a secret that nobody has drawn from yet."""

    seed: str
    digest: str


@event("review.seed.published", kind=EventKind.CHANGE, words="Published the seed of past draws")
class SeedPublished(Payload):
    """`secret` in hex; with it every draw since the commitment can be repeated."""

    seed: str
    digest: str
    secret: str


@event("review.regime.restarted", kind=EventKind.CHANGE, words="Ordered full review for an office")
class FullReviewOrdered(Payload):
    office: str
    reason: str
    starts: str
    ends: str


@event("review.decision.drawn", kind=EventKind.CHANGE, words="Drew whether a signed decision is reviewed")
class DecisionDrawn(Payload):
    """Numbers are of a thousand. `triggers` can tell of the person, so they are committed. `masked_per_thousand` is
    zero where no masked read could be drawn, and in entries from before there were any."""

    number: int
    edition: str
    full: bool
    stage_per_thousand: int
    probability: int
    seed: str
    draw: int
    selected: bool
    decide_first: bool
    masked: bool = False
    masked_per_thousand: int = 0
    office: str
    assigned_to: str
    triggers: Committed[list[str]]


@event("review.view.recorded", kind=EventKind.CHANGE, words="Recorded a view of a decision")
class ViewRecorded(Payload):
    """`moment` is `before` or `after` the officer's outcome was shown. `changed` compares a later view with the first;
    the reason says why of the first view, and why it changed of the later one."""

    number: int
    moment: str
    view: str
    changed: bool
    reason: Committed[str]


@event("review.reminder.sent", kind=EventKind.CHANGE, words="Reminded supervisors of a review")
class ReminderSent(Payload):
    """`reminder` is `due`, `overdue` or `escalated`; `people` is how many were told. A clock decides nothing."""

    number: int
    reminder: str
    people: int


@event("review.clock.paused", kind=EventKind.CHANGE, words="Paused the clock of a review")
class ClockPaused(Payload):
    """`reason` is a code; `due_on` is the day that stands until the clock runs again."""

    number: int
    pause: str
    reason: str
    note: Committed[str]
    due_on: str


@event("review.clock.resumed", kind=EventKind.CHANGE, words="The clock of a review runs again")
class ClockResumed(Payload):
    """`ended` is `resumed`, or `decided` or `returned` where the review ended it. The due date moved by the days."""

    number: int
    pause: str
    ended: str
    working_days: int
    was_due_on: str
    due_on: str


@event("review.oral.recorded", kind=EventKind.CHANGE, words="Recorded an oral approval")
class OralApprovalRecorded(Payload):
    """Ids of who gave it and who heard it, when, and how long after it was written down. Times are ISO, in UTC, on the
    day by which policy is judged; `zone` is the one in which the time was written. It is no review: the approver still
    confirms or returns the version."""

    number: int
    approver: str
    given_to: str
    given_at: str
    zone: str = "UTC"
    recorded_at: str
    lag_minutes: int
    means: str
    why: str
    confirm_by: str


@event("review.question.asked", kind=EventKind.CHANGE, words="Asked another supervisor about a decision")
class QuestionAsked(Payload):
    """`asked` is the id of the supervisor. The decision stays with who asks."""

    number: int
    question: str
    asked: str
    reason: Committed[str]


@event("review.question.answered", kind=EventKind.CHANGE, words="Answered a question about a decision")
class QuestionAnswered(Payload):
    """`question` is the id in the entry of the question. An answer decides nothing."""

    number: int
    question: str
    answer: Committed[str]


class Reviewed(Payload):
    number: int
    overriding_answer: str
    reason: Committed[str]
    dispute_acknowledged: bool
    training_cosigned: bool = False
    level: int = 1
    contests: list[ContestRuled] = []
    # Of a version that was approved orally: `confirmed` or `not_confirmed` by who said so, else `by_another`.
    oral: str = ""


@event(
    "review.decision.escalated", kind=EventKind.CHANGE, words="Approved a decision, for a second supervisor"
)
class DecisionEscalated(Reviewed):
    """The first of two supervisors approved an action that lies outside the priorities."""


@event("review.decision.approved", kind=EventKind.CHANGE, words="Approved a decision")
class DecisionApproved(Reviewed):
    """The supervisor's own answer and own reason, with the version that was read."""


@event("review.decision.returned", kind=EventKind.CHANGE, words="Returned a decision with points")
class DecisionReturned(Reviewed):
    points: list[Committed[str]]


@event(
    "review.decision.given",
    kind=EventKind.CHANGE,
    words="Gave a decision to a supervisor, or back to the queue",
)
class DecisionGiven(Payload):
    """`to` and `was` are ids of supervisors, empty for the queue; `taken_from` had begun to review it."""

    number: int
    to: str
    was: str
    taken_from: str
    reason: str


@event("review.absence.recorded", kind=EventKind.CHANGE, words="Recorded a supervisor's absence")
class AbsenceRecorded(Payload):
    absence: str
    person: str
    cover: str
    starts: str
    ends: str


@event("review.absence.ended", kind=EventKind.CHANGE, words="Ended a supervisor's absence early")
class AbsenceEnded(Payload):
    absence: str


@event("review.cover.recorded", kind=EventKind.CHANGE, words="Set who covers an office after hours")
class CoverRecorded(Payload):
    """A supervisor of another office covers `office` between two moments, ISO in UTC."""

    cover: str
    office: str
    person: str
    starts: str
    ends: str


@event("review.cover.ended", kind=EventKind.CHANGE, words="Ended a cover after hours early")
class CoverEnded(Payload):
    cover: str


@event("review.cover.taken", kind=EventKind.CHANGE, words="Took an urgent decision as cover")
class DecisionCovered(Payload):
    """Who covers `office` took it; `given_before` is the id of the supervisor who had been given it, or empty."""

    number: int
    cover: str
    office: str
    given_before: str


@event("review.cover.listed", kind=EventKind.ACCESS, words="Looked at cover after hours")
class CoverListed(Payload):
    """`shown` are the decisions that waited for whoever covers."""

    shown: list[str]


@event("review.team.opened", kind=EventKind.ACCESS, words="Looked at the team's workload")
class TeamOpened(Payload):
    """Counts by supervisor of one office; no person of a case is named."""

    office: str


@event("review.figures.opened", kind=EventKind.ACCESS, words="Looked at figures of reviews")
class FiguresOpened(Payload):
    """`whose` is `own` or `offices`; no person of a case is in them."""

    whose: str


@event("review.saved_view.kept", kind=EventKind.CHANGE, words="Kept a filter of the queue under a name")
class SavedViewKept(Payload):
    """The name is the person's own and stays in its row. `replaced` tells that the name stood for another filter."""

    view: str
    filter: str
    replaced: bool


@event("review.saved_view.removed", kind=EventKind.CHANGE, words="Removed a kept filter of the queue")
class SavedViewRemoved(Payload):
    view: str


@event("review.digest.set", kind=EventKind.CHANGE, words="Turned the daily mail of a kept filter on or off")
class DigestSet(Payload):
    view: str
    daily: bool


@event("review.digest.sent", kind=EventKind.CHANGE, words="Mailed how many decisions a kept filter lists")
class DigestSent(Payload):
    """`listed` is counted up to a limit; `more` tells that it was reached. No decision is named."""

    view: str
    listed: int
    more: bool
