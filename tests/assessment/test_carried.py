"""What a signed decision carries for the queue: from the record and the facts, never from the outcome."""

from __future__ import annotations

import pytest

from accounts.models import Role
from assessment.carried_codes import (
    DETAINED,
    DISPUTE,
    IMMINENT_REMOVAL,
    NOTICES,
    OUTSIDE_LISTS,
    RECORDS_MISSING,
    RETURNED_BEFORE,
)
from assessment.models import Decision
from cases import services as cases
from cases.dates import UncertainDate
from tests import factories
from tests.assessment import drafts, situations
from tests.assessment.situations import Situation, fill, sign
from tests.review.samples import send_back

pytestmark = pytest.mark.django_db


def test_nothing_special_carries_nothing(at: Situation) -> None:
    decision = situations.signed(at, "notice_to_appear")
    assert (decision.urgency, decision.notices) == ("", [])


@pytest.mark.parametrize(
    ("kind", "direction", "expected"),
    [
        ("removal_execution", "undo", IMMINENT_REMOVAL),
        ("detainer", "do", DETAINED),
        ("detainer", "undo", DETAINED),
        ("custody", "undo", DETAINED),
        ("notice_to_appear", "do", ""),
    ],
)
def test_urgency_comes_from_what_is_considered(
    at: Situation, kind: str, direction: str, expected: str
) -> None:
    assert situations.signed(at, kind, direction).urgency == expected


def test_a_person_met_in_custody_is_detained(at: Situation) -> None:
    cases.record_encounter(
        actor=at.officer.actor(),
        user=at.officer,
        case=at.case,
        on=UncertainDate.parse("2024-12-01"),
        custody="custodial",
    )
    assert situations.signed(at, "notice_to_appear").urgency == DETAINED


def test_gaps_and_notices_in_their_order(at: Situation) -> None:
    other = "factor_other_aggravating"
    decision = situations.signed(
        at,
        dispute="yes",
        dispute_kind=["labor"],
        dispute_pins=[drafts.CONDUCT.ref],
        record_criminal_record_state="unavailable",
        record_criminal_record_reason="no_answer",
        record_criminal_record_on=None,
        **drafts.present("other_aggravating", drafts.CONDUCT),
        **drafts.present("workplace_or_tenant_rights", drafts.CONDUCT),
        factor_workplace_or_tenant_rights_subtype=["wage_complaint"],
        **{f"{other}_why": "The boat was taken without leave."},
    )
    assert decision.notices == [RECORDS_MISSING, DISPUTE, OUTSIDE_LISTS]
    assert list(NOTICES).index(RECORDS_MISSING) < list(NOTICES).index(DISPUTE)


def test_both_outcomes_carry_the_same(at: Situation) -> None:
    acting = situations.signed(at)
    declining = situations.signed(
        situations.ready(), outcome="decline", rationale="The family needs the income."
    )
    assert (acting.urgency, acting.notices) == (declining.urgency, declining.notices)


def test_a_second_signature_says_that_it_was_returned(at: Situation) -> None:
    first = situations.signed(at)
    send_back(factories.user(Role.SUPERVISOR), first, "Say more.")
    situations.answer_points(Decision.objects.get(pk=first.pk), 1)
    sign(fill(at, Decision.objects.get(pk=first.pk)))
    assert RETURNED_BEFORE not in first.notices
    assert RETURNED_BEFORE in Decision.objects.get(pk=first.pk).notices
