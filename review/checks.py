"""What a review must meet before it is written: one's own answer and reason, and nothing that halts an approval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assessment.models import Assessment, Decision
from assessment.rules import halted
from assessment.selectors import working
from policy.services import current
from review.errors import Refused
from review.models import Verdict


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a return: the section that it is about, or empty, and what to do."""

    about: str
    text: str


def not_halted(decision: Decision) -> None:
    """A stop that opened after the signature halts the approval too; a return always stays possible."""
    # The case of another supervisor's page may be older than the stop.
    assessment = Assessment.objects.select_related("case__person", "office").get(pk=decision.assessment_id)
    halts = halted(working(assessment, decision).draft)
    if halts:
        words = " ".join(one.what for one in halts)
        raise Refused(
            {"": f"Not approved. {words} Return it, or put it back until this is settled (clause V#21)."}
        )


def acknowledged(disputed: bool, acknowledged: bool, lapsed: bool, cosigned: bool) -> None:
    errors = {}
    if disputed and not acknowledged:
        errors["dispute_acknowledged"] = (
            "There is a labor or housing dispute. Say that you have weighed it before you decide (clause IV#20)."
        )
    if lapsed and not cosigned:
        errors["training_cosigned"] = (
            "The officer's training is not current. Co-sign to approve it, or return the decision (clause V.A#22)."
        )
    if errors:
        raise Refused(errors)


LONGEST_REASON = 20_000
LONGEST_POINT = 4_000


def complete(verdict: Verdict, answer: str, reason: str, points: Sequence[Point]) -> None:
    errors = {}
    edition, _ = current()
    if answer not in {term.key for term in edition.options("review_overriding_answer")}:
        errors["review_overriding_answer"] = "Give your own answer to the overriding question."
    if not reason.strip():
        errors["review_reason"] = "Write your own reason. Approving and returning both need one."
    elif len(reason) > LONGEST_REASON:
        errors["review_reason"] = (
            f"This text has {len(reason):,} characters; {LONGEST_REASON:,} fit. Shorten it."
        )
    if verdict == Verdict.RETURNED and not points:
        errors["point_1"] = "Write at least one point, so that the officer knows what to do."
    if verdict == Verdict.APPROVED and points:
        errors["point_1"] = "You wrote a point. Return the decision with it, or remove it to approve."
    for index, point in enumerate(points, 1):
        if len(point.text) > LONGEST_POINT:
            errors["point_1"] = (
                f"Point {index} has {len(point.text):,} characters; {LONGEST_POINT:,} fit. Shorten or split it."
            )
    if errors:
        raise Refused(errors)
