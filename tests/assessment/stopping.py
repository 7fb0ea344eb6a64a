"""Stops and how they are lifted, made through the verbs of the product."""

from __future__ import annotations

import datetime
from typing import Any

from accounts.models import Role, User
from assessment.models import Decision, Stop
from assessment.stops.services import settle_stop
from cases import services as case_services
from cases.dates import UncertainDate
from cases.models import Evidence
from review import services as review
from tests import factories
from tests.assessment import situations
from tests.assessment.situations import Situation

# For each kind of stop: the answer of the status page that opens it, and the evidence that lifts it.
ANSWERS: dict[str, dict[str, Any]] = {
    "citizenship": {"citizenship_claim": "yes"},
    "minor": {"minor_check": "yes"},
    "section_1367": {"section_1367_check": "yes"},
    "fear_of_return": {"fear_of_return": "yes"},
}
LIFTS = {
    "citizenship": "counsel_opinion",
    "minor": "coordinator_confirmation",
    "section_1367": "court_record",
    "fear_of_return": "fear_referral",
}
KINDS = tuple(ANSWERS)


def stop(at: Situation, kind: str) -> Stop:
    """Say on the status page what opens a stop of this kind; the stop."""
    at.change_status(**ANSWERS[kind])
    return Stop.objects.get(case=at.case, kind=kind, state="open")


def evidence(at: Situation, kind: str, *, by: User | None = None, relation: str = "agency") -> Evidence:
    who = by or at.officer
    return case_services.record_evidence(
        actor=who.actor(),
        user=who,
        case=at.case,
        kind=kind,
        source=f"Source of the {kind}",
        source_relation=relation,
        obtained_on=datetime.date(2024, 12, 9),
        reviewed_on=datetime.date(2024, 12, 9),
    )


def settle(one: Stop, piece: Evidence | None, *, by: User | None = None, confirm: bool = False) -> Stop:
    boss = by or factories.user(Role.SUPERVISOR)
    return settle_stop(
        actor=boss.actor(),
        user=boss,
        stop=one,
        evidence_id=piece.pk if piece else None,
        confirm_citizen=confirm,
    )


def lift(at: Situation, one: Stop) -> Stop:
    return settle(one, evidence(at, LIFTS[one.kind]))


def approve(decision: Decision, boss: User | None = None) -> Decision:
    """Approved by a supervisor who has nothing to do with it."""
    who = boss or factories.user(Role.SUPERVISOR)
    review.approve(
        actor=who.actor(),
        user=who,
        decision=decision,
        number=decision.signed_number,
        answer="found",
        reason="The conduct is recent.",
        acknowledged=False,
    )
    return Decision.objects.get(pk=decision.pk)


def approved(at: Situation, kind: str = "detainer", direction: str = "do", **changes: Any) -> Decision:
    return approve(situations.signed(at, kind, direction, **changes))


def place(decision: Decision, where: str) -> Decision:
    """Name where the action is planned; a detainer, which the situations decide on, does not ask."""
    answers = {**decision.answers, "action_place": where}
    situations.save(decision, "outcome", answers, version=decision.version)
    return Decision.objects.get(pk=decision.pk)


def vacate(at: Situation) -> None:
    """The conviction is vacated after the decision."""
    row = at.rows["conviction"]
    row.refresh_from_db()
    case_services.change_fact(
        actor=at.officer.actor(),
        user=at.officer,
        fact=row,
        version=row.version,
        details=dict(row.details) | {"vacated_on": "2024-12-09", "vacated_basis": "legal_defect"},
        on=UncertainDate.parse("2024-05-30"),
        evidence=[at.evidence.pk],
    )
