"""Decide first: on a share of the reviews the supervisor sees the facts, records a view, and reads the officer's then.

Who reads a conclusion first tends to agree with it. Until the view is recorded no page, list or API answer may tell
two outcomes, opposite cases or rationales apart; a test walks every route to see it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import BooleanField, Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from accounts.models import Role, User
from assessment import workflow
from assessment.carried_codes import APPROVED_ORALLY
from assessment.models import Decision
from review.regime.models import Moment, Selection, SupervisorView

# What is shown before the view, by name: a new member of the document is withheld until somebody adds it here.
SHOWN: Final = (
    "decision_type",
    "direction",
    "title",
    "day",
    "edition_title",
    "edition_words",
    "footing",
    "overriding_question",
    "subject",
    "statements",
    "records",
    "findings",
    "factors",
    "dispute",
    "consequences",
    "gaps",
    "place",
    "mandate",
    "training_lapsed",
    "copied_from",
)
# Fields of the officer's reasoning, as the document's own lists name them.
REASONS: Final = frozenset({"opposite_case", "rationale", "no_priority_ground"})
PLACES: Final = frozenset({"Opposite case", "Reasons"})


def withheld_decisions(user: User) -> QuerySet[Decision]:
    """Decisions in review of which this supervisor has yet to record a view."""
    if user.role != Role.SUPERVISOR:
        return Decision.objects.none()
    same = {"decision": OuterRef("pk"), "version_number": OuterRef("signed_number")}
    mine = SupervisorView.objects.filter(**same, reviewer=user)
    # What was approved orally is known to who said so; nobody is asked first then.
    return Decision.objects.exclude(notices__contains=[APPROVED_ORALLY]).filter(
        Exists(Selection.objects.filter(**same, decide_first=True)),
        ~Exists(mine),
        state__in=workflow.IN_REVIEW,
    )


# As `withheld_decisions` has it. Written out, because it is asked on every review and the ORM takes longer to compose
# it than the database to answer; a test holds the two together.
ASKS_FIRST = """(NOT assessment_decision.notices @> ARRAY[%s]::varchar(20)[] AND EXISTS (
    SELECT FROM review_selection s WHERE s.decision_id = assessment_decision.id
        AND s.version_number = assessment_decision.signed_number AND s.decide_first))"""
VIEWED = """(EXISTS (
    SELECT FROM review_supervisorview w WHERE w.decision_id = assessment_decision.id
        AND w.version_number = assessment_decision.signed_number AND w.reviewer_id = %s))"""


def asking(user: User, decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """The decisions with `asks_first` (a view is asked for) and `viewed` (this person recorded one)."""
    return decisions.annotate(
        asks_first=RawSQL(ASKS_FIRST, [APPROVED_ORALLY], output_field=BooleanField()),  # noqa: S611 - no input in it
        viewed=RawSQL(VIEWED, [user.pk], output_field=BooleanField()),  # noqa: S611 - no input in it
    )


def is_withheld(user: User, decision: Decision) -> bool:
    """Whether this supervisor reads the facts of this decision alone, for now. No query where `asking` was asked."""
    asked, viewed = getattr(decision, "asks_first", None), getattr(decision, "viewed", False)
    if asked is None:
        return withheld_decisions(user).filter(pk=decision.pk).exists()
    return bool(asked) and not viewed and decision.state in workflow.IN_REVIEW


def decides_first(decision: Decision) -> bool:
    """Whether the version under review asks for a view first, of anybody."""
    if APPROVED_ORALLY in decision.notices:
        return False
    return decision.selections.filter(version_number=decision.signed_number, decide_first=True).exists()


def view_of(user: User, decision: Decision, moment: str = Moment.BEFORE) -> SupervisorView | None:
    """What this supervisor recorded about the version under review."""
    return SupervisorView.objects.filter(
        decision=decision, version_number=decision.signed_number, reviewer=user, moment=moment
    ).first()


def facts_only(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document without outcome, opposite case and reasons, and without what follows from them."""
    shown = {name: document[name] for name in SHOWN if name in document}
    shown["facts_held"] = [
        {**fact, "used_in": [place for place in fact["used_in"] if place not in PLACES]}
        for fact in document.get("facts_held") or []
    ]
    for name in ("rewritten", "contested"):
        shown[name] = [one for one in document.get(name) or [] if one.get("field") not in REASONS]
    return shown | {"withheld": True}


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What a supervisor says after the comparison: the view now, and why it changed if it did."""

    view: str
    why: str


OUTCOMES: Final = ("act", "decline", "cannot_tell")


def view_options(decision: Decision, labels: Mapping[str, str], chosen: str) -> list[tuple[str, str, bool]]:
    """Value, words and whether it is chosen, in the order that was drawn for the assessment; then "cannot tell"."""
    order = [*decision.assessment.outcome_order, "cannot_tell"]
    return [(key, labels[key], key == chosen) for key in order]
