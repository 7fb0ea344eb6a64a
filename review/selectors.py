"""Reads of review: what a supervisor may review, the queue, the returns of a decision."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from accounts.models import UNASSIGNED, Role, User
from assessment import workflow
from assessment.answers import text_of
from assessment.differences import changed_sections, marked
from assessment.models import Decision, DecisionVersion
from assessment.returning import LABELS, answer_name, why_name
from assessment.selectors import answers_to_returns, signed_page
from cases.models import Case, Evidence
from cases.selectors import FactView, facts_now
from ledger.clock import policy_date
from policy.services import current
from review.desk.beside import there_is, with_beside, with_signed_entry
from review.models import ReturnPoint, Review, Verdict
from review.regime.decide_first import asking
from review.sections import SECTIONS, label_of

POINTS = Prefetch("points", queryset=ReturnPoint.objects.order_by("ordinal"))


def reviewable_by(user: User, *, own: bool = False) -> QuerySet[Decision]:
    """Signed decisions of the supervisor's office, and those given to them, on visible cases.

    Without `own`, nothing they wrote or signed. `desk.queue.scopes` lists the same.
    """
    if user.role != Role.SUPERVISOR:
        return Decision.objects.none()
    # As `visible_cases` has it, asked of the case that is joined anyway.
    decisions = Decision.objects.filter(
        Q(office__in=[user.office_id, UNASSIGNED]) | Q(assigned_to=user),
        Q(case__restricted=False) | Q(case__office=user.office_id),
        signed_number__gt=0,
    )
    if own:
        return decisions
    return decisions.exclude(
        Q(signed_by=user) | Q(created_by=user) | Q(escalated_by=user, state__in=workflow.IN_REVIEW)
    )


def decision_for_review(user: User, decision_id: uuid.UUID, *, to_read: bool = False) -> Decision:
    """A decision that the supervisor may see, their own included (the page says that they may not decide it).

    `to_read` brings the signed entry along in the same query, for a page that shows it.
    """
    # Who else has it is asked for only where the page names them.
    seen = reviewable_by(user, own=True).select_related("case__person", "assessment", "signed_by")
    found = with_beside(asking(user, seen))
    return (with_signed_entry(found) if to_read else found).get(pk=decision_id)


def reviews_of(decision: Decision) -> list[Review]:
    return list(decision.reviews.select_related("reviewer").prefetch_related(POINTS).order_by("at"))


@dataclass(frozen=True, slots=True)
class PointLine:
    """A point of a return with what the officer did about it; `answer` is empty while the decision is returned."""

    about: str
    text: str
    answer: str
    why: str


@dataclass(frozen=True, slots=True)
class EarlierReview:
    review: Review
    points: list[PointLine]


def earlier_reviews(decision: Decision) -> list[EarlierReview]:
    """Every review of the decision, oldest first, each point with its answer."""
    if not there_is(decision, "reviews"):
        return []
    given = answers_to_returns(decision)
    return [
        EarlierReview(
            review,
            [
                PointLine(
                    label_of(point.about),
                    point.text,
                    *_answer(point.ordinal, given.get(review.version_number, {})),
                )
                for point in review.points.all()
            ],
        )
        for review in reviews_of(decision)
    ]


def _answer(ordinal: int, given: Mapping[str, Any]) -> tuple[str, str]:
    return LABELS.get(text_of(given, answer_name(ordinal)), ""), text_of(given, why_name(ordinal))


@dataclass(frozen=True, slots=True)
class Changed:
    """A document with what changed since the version that was returned; `sections` are keys and words, in order."""

    document: dict[str, Any]
    sections: list[tuple[str, str]]


def changed_since_return(version: DecisionVersion, document: dict[str, Any]) -> Changed | None:
    """None for the first version: nothing was returned before it."""
    if version.number == 1:
        return None
    before = version.decision.versions.get(number=version.number - 1)
    old = signed_page(before).document
    changed = changed_sections(old, document)
    return Changed(marked(old, document), [(key, label) for key, label in SECTIONS.items() if key in changed])


def record_now(decision: Decision) -> list[FactView]:
    """The facts of the case as they stand today."""
    return facts_now(decision.case, policy_date())


def returns_of(decision: Decision) -> list[Review]:
    return [one for one in reviews_of(decision) if one.verdict == Verdict.RETURNED]


PATTERN_DAYS = 60
PATTERN_TIMES = 3


def source_pattern(case: Case) -> list[str]:
    """Employers and landlords that gave information in several cases within 60 days, this one among them, in words.

    The same source again and again may use enforcement as an instrument (IV#20); the supervisor is told, nobody else.
    """
    edition, _ = current()
    relations = [relation.key for relation in edition.source_relations if relation.dispute_source]
    found = []
    names = {
        row.source.strip().lower(): row
        for row in Evidence.objects.filter(case=case, source_relation__in=relations).order_by("obtained_on")
    }
    for name, row in names.items():
        days = datetime.timedelta(days=PATTERN_DAYS)
        times = (
            Evidence.objects.filter(
                source__iexact=name,
                source_relation__in=relations,
                obtained_on__range=(row.obtained_on - days, row.obtained_on + days),
            )
            .values("case", "obtained_on")
            .distinct()
            .count()
        )
        if times >= PATTERN_TIMES:
            found.append(f"{row.source} gave information {times} times within {PATTERN_DAYS} days")
    return found
