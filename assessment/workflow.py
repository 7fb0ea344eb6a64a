"""The life of a decision as a table. Services, pages, the database's trigger and the diagram are made from it.

Every state that is not final has a way out, and a test walks the table to see it. `stopped` belongs to the contract's
codes, is reached by no transition and is refused by the trigger: a stop halts a case, and the draft is kept.
"""

from __future__ import annotations

from dataclasses import dataclass

DRAFT = "draft"
SUBMITTED = "submitted"
CLAIMED = "claimed"
RETURNED = "returned"
APPROVED = "approved"
ESCALATED = "escalated"
STOPPED = "stopped"
SIGNED_NOT_SELECTED = "signed_not_selected"
WITHDRAWN = "withdrawn"

CHOICES = [
    (DRAFT, "Draft"),
    (SUBMITTED, "Waiting for review"),
    (CLAIMED, "In review"),
    (RETURNED, "Returned"),
    (APPROVED, "Approved"),
    (ESCALATED, "Waiting for a second supervisor"),
    (STOPPED, "Stopped"),
    (SIGNED_NOT_SELECTED, "Signed, not selected for review"),
    (WITHDRAWN, "Withdrawn"),
]
LABELS = dict(CHOICES)
FINAL = frozenset({APPROVED, SIGNED_NOT_SELECTED, WITHDRAWN})
# A decision that holds: a reviewer approved it, or the draw of the review regime did not select it.
STANDING = frozenset({APPROVED, SIGNED_NOT_SELECTED})
EDITABLE = frozenset({DRAFT, RETURNED})
WAITING = frozenset({SUBMITTED, ESCALATED})
IN_REVIEW = WAITING | {CLAIMED}


@dataclass(frozen=True, slots=True)
class Transition:
    """One arrow: who takes it (`author`; `reviewer`, who is never the author; `regime`), and the event it leaves."""

    verb: str
    source: str
    target: str
    role: str
    event: str


TRANSITIONS: tuple[Transition, ...] = (
    Transition("sign", DRAFT, SUBMITTED, "author", "assessment.decision.signed"),
    Transition("sign", RETURNED, SUBMITTED, "author", "assessment.decision.signed"),
    # The draw of the review regime, in the transaction of the signature.
    Transition("not_select", SUBMITTED, SIGNED_NOT_SELECTED, "regime", "review.decision.drawn"),
    Transition("withdraw", DRAFT, WITHDRAWN, "author", "assessment.decision.withdrawn"),
    Transition("withdraw", RETURNED, WITHDRAWN, "author", "assessment.decision.withdrawn"),
    Transition("claim", SUBMITTED, CLAIMED, "reviewer", "review.decision.claimed"),
    Transition("release", CLAIMED, SUBMITTED, "reviewer", "review.decision.released"),
    Transition("approve", CLAIMED, APPROVED, "reviewer", "review.decision.approved"),
    Transition("return", CLAIMED, RETURNED, "reviewer", "review.decision.returned"),
    # Acting while no priority is found: the first supervisor's approval sends it to a second one.
    Transition("escalate", CLAIMED, ESCALATED, "reviewer", "review.decision.escalated"),
    Transition("claim", ESCALATED, CLAIMED, "reviewer", "review.decision.claimed"),
)


class NotPossible(Exception):
    """The decision is not in a state that allows the verb. The text is for the person."""


def target_of(verb: str, state: str) -> str:
    """The state that `verb` leads to. Raises `NotPossible` with the state in words."""
    for step in TRANSITIONS:
        if step.verb == verb and step.source == state:
            return step.target
    raise NotPossible(f"This decision is {LABELS[state].lower()} now, so it cannot be changed this way.")


def diagram() -> str:
    """The table as a Mermaid state diagram, for the documentation."""
    lines = ["stateDiagram-v2", "    [*] --> draft"]
    lines += [f"    {step.source} --> {step.target}: {step.verb} ({step.role})" for step in TRANSITIONS]
    reached = {step.target for step in TRANSITIONS}
    lines += [f"    {state} --> [*]" for state, _ in CHOICES if state in FINAL and state in reached]
    return "\n".join(lines) + "\n"
