"""What a review must meet before it is written: one's own answer and reason, and nothing that halts an approval."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from assessment.models import Assessment, Decision
from assessment.rules import halted
from assessment.selectors import working
from cases import services as cases
from cases.errors import Refused as CaseRefused
from cases.models import TextContest
from cases.screening.words import ATTRIBUTES, Word, find
from cases.selectors import OpenContest, open_contests, refused_contests
from ledger.actors import Actor
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


def protected_words(reason: str, points: Sequence[Point]) -> list[tuple[str, str, Word]]:
    """What the screen finds in the supervisor's own texts: field, its name in words, and the words (III#18)."""
    texts = [("review_reason", "Your reason", reason)]
    # Every point is corrected at the first one's error, as all that is wrong with points is.
    texts += [("point_1", f"Point {index}", point.text) for index, point in enumerate(points, 1)]
    return [(field, where, word) for field, where, text in texts for word in find(text)]


def errors_of_words(found: Sequence[tuple[str, str, Word]]) -> dict[str, str]:
    """The same as errors by field: the words, why, and what to write instead."""
    errors: dict[str, list[str]] = {}
    for field, where, word in found:
        instead = f"Write “{word.rewrite}” instead." if word.rewrite else "Leave the words out."
        errors.setdefault(field, []).append(
            f"{where}: “{word.text}” is about {word.about} (clause III#18). {word.reason} {instead}"
        )
    return {field: " ".join(texts) for field, texts in errors.items()}


LONGEST_REASON = 20_000
LONGEST_POINT = 4_000


def rulings_on_contests(
    document: Mapping[str, Any], rulings: Mapping[uuid.UUID, bool], verdict: Verdict
) -> list[OpenContest]:
    """The contests of a decision that wait for a ruling; each is ruled on, whatever the verdict. Raises `Refused`.

    Words whose contest was refused cannot stand, so the decision goes back.
    """
    ids = [uuid.UUID(one["contest"]) for one in document.get("contested") or ()]
    waiting = open_contests(ids)
    if any(one.contest.pk not in rulings for one in waiting):
        raise Refused({"contests": "Rule on each contest: uphold it or refuse it (clause III#18)."})
    refuses = any(not rulings[one.contest.pk] for one in waiting)
    if verdict == Verdict.APPROVED and (refuses or refused_contests(ids)):
        raise Refused(
            {
                "contests": "A contest is refused, so its words cannot stand. Return the decision (clause III#18)."
            }
        )
    return waiting


def points_of_refusals(waiting: Sequence[OpenContest], rulings: Mapping[uuid.UUID, bool]) -> list[Point]:
    """What a return asks for because of refused contests, so that nobody has to write it."""
    return [
        Point("", f"{one.label}: the contest is refused. Take the words about {about(one.contest)} out.")
        for one in waiting
        if not rulings[one.contest.pk]
    ]


def rule_on_notes(actor: Actor, user: User, decision: Decision, notes: Mapping[uuid.UUID, bool]) -> None:
    """Sealed notes that the supervisor ruled on; none needs a ruling for a verdict. Raises `Refused`."""
    try:
        cases.rule_on_notes(actor=actor, user=user, case=decision.case, rulings=notes)
    except CaseRefused as refused:
        raise Refused({"notes": refused.text}) from refused


def about(contest: TextContest) -> str:
    return ATTRIBUTES.get(contest.attribute, contest.attribute)


def incomplete(
    verdict: Verdict, answer: str, reason: str, points: Sequence[Point], *, refuses: bool = False
) -> dict[str, str]:
    """What is missing or does not fit, by field. A refused contest (`refuses`) is a point by itself."""
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
    if verdict == Verdict.RETURNED and not points and not refuses:
        errors["point_1"] = "Write at least one point, so that the officer knows what to do."
    if verdict == Verdict.APPROVED and points:
        errors["point_1"] = "You wrote a point. Return the decision with it, or remove it to approve."
    for index, point in enumerate(points, 1):
        if len(point.text) > LONGEST_POINT:
            errors["point_1"] = (
                f"Point {index} has {len(point.text):,} characters; {LONGEST_POINT:,} fit. Shorten or split it."
            )
    return errors
