"""Acting outside the priorities: a stated ground, two supervisors, and never the same one twice."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Role, User
from assessment import selectors, workflow
from assessment.errors import RulesUnmet
from assessment.models import Decision
from ledger.clock import now
from ledger.ids import new_id
from review import services
from review.desk import queue as desk
from review.desk.filters import QueueFilter
from review.errors import Refused, Taken
from review.models import Review
from tests import factories
from tests.assessment import situations
from tests.assessment.situations import Situation, fill, sign, signed, started
from tests.review.samples import PAGE, approve, detail_url, send_back

pytestmark = [pytest.mark.django_db, pytest.mark.clause("I#4", "2014-11-20:A.1#5", "2021-02-18:B#7")]
GROUND = "Three thefts from one shop in a month, the last a week ago."
OUTSIDE: dict[str, Any] = {"public_safety_finding": "not_found", "no_priority_ground": GROUND}


def again(decision: Decision) -> Decision:
    return Decision.objects.get(pk=decision.pk)


@pytest.fixture
def outside(at: Situation) -> Decision:
    """A detainer without any priority, signed and waiting."""
    return signed(at, **OUTSIDE)


@pytest.fixture
def escalated(outside: Decision, boss: User) -> Decision:
    approve(boss, outside)
    return again(outside)


def test_the_ground_is_asked_and_shown(at: Situation) -> None:
    decision = fill(at, started(at), **OUTSIDE | {"no_priority_ground": None})
    with pytest.raises(RulesUnmet) as refused:
        sign(decision)
    assert {(one.rule, one.field) for one in refused.value.unmet} == {
        ("priority_for_acting", "no_priority_ground")
    }
    page = selectors.signed_page(sign(fill(at, decision, **OUTSIDE))).document
    assert page["needs_second_review"] is True
    assert page["no_priority_ground"] == GROUND


def test_the_first_approval_escalates_and_the_second_approves(
    at: Situation, outside: Decision, boss: User, other_boss: User
) -> None:
    first = approve(boss, outside)
    waiting = again(outside)
    assert (waiting.state, waiting.escalated_by, waiting.claimed_by, waiting.closed_at) == (
        workflow.ESCALATED,
        boss,
        None,
        None,
    )
    second = approve(other_boss, waiting)
    done = again(outside)
    assert (done.state, done.claimed_by, done.closed_at) == (workflow.APPROVED, other_boss, second.at)
    assert [(one.level, one.reviewer) for one in (first, second)] == [(1, boss), (2, other_boss)]
    assert situations.events(at.case, "review.") == [
        "review.decision.drawn",
        "review.decision.claimed",
        "review.decision.escalated",
        "review.decision.claimed",
        "review.decision.approved",
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"outcome": "decline", "public_safety_finding": "not_found"},
        {"no_priority_ground": GROUND},
    ],
    ids=["decline", "a priority is found"],
)
def test_one_is_enough_otherwise(at: Situation, boss: User, changes: dict[str, Any]) -> None:
    decision = signed(at, **changes)
    approve(boss, decision)
    assert again(decision).state == workflow.APPROVED


def test_a_release_needs_no_second(at: Situation, boss: User) -> None:
    decision = signed(at, "detainer", "undo", public_safety_finding="not_found")
    approve(boss, decision)
    assert again(decision).state == workflow.APPROVED


# Never the same one


def test_the_first_cannot_be_the_second_by_the_verbs(escalated: Decision, boss: User) -> None:
    shared: dict[str, Any] = {"actor": boss.actor(), "user": boss}
    with pytest.raises(Refused):
        services.claim(**shared, decision=escalated)
    assert services.claim_next(**shared) is None
    with pytest.raises(Refused):
        approve(boss, escalated)
    with pytest.raises(Refused):
        send_back(boss, escalated, "On second thoughts.")
    assert again(escalated).state == workflow.ESCALATED
    assert Review.objects.count() == 1


def test_nor_by_the_page(escalated: Decision, boss: User) -> None:
    web = situations.client(boss)
    page = situations.main_of(web.get(detail_url(escalated)))
    assert 'name="verdict"' not in page
    for verdict in ("approve", "return"):
        sent = PAGE | {"number": 1, "verdict": verdict}
        if verdict == "return":
            sent |= {"point_1": "On second thoughts."}
        assert web.post(detail_url(escalated), sent).status_code == 422
    web.post(reverse("review:claim", args=[escalated.pk]))
    web.post(reverse("review:next"))
    assert (again(escalated).state, again(escalated).claimed_by) == (workflow.ESCALATED, None)
    assert Review.objects.count() == 1


def raw(decision: Decision, who: User, level: int) -> Review:
    return Review.objects.create(
        decision=decision,
        version_number=1,
        level=level,
        reviewer=who,
        verdict="approved",
        overriding_answer="found",
        reason="Forged",
        entry_id=new_id(),
        at=now(),
    )


def test_nor_by_the_database(escalated: Decision, boss: User, other_boss: User) -> None:
    with pytest.raises(IntegrityError, match="the second supervisor is not the first"), transaction.atomic():
        raw(escalated, boss, 2)
    with pytest.raises(IntegrityError, match="second_supervisor_is_another"), transaction.atomic():
        Decision.objects.filter(pk=escalated.pk).update(state=workflow.CLAIMED, claimed_by=boss)
    with pytest.raises(IntegrityError, match="four eyes"), transaction.atomic():
        raw(escalated, escalated.created_by, 2)
    raw(escalated, other_boss, 2)


def test_nobody_of_another_office_is_the_second(escalated: Decision, far_boss: User) -> None:
    with pytest.raises(Decision.DoesNotExist):
        approve(far_boss, escalated)
    assert situations.client(far_boss).get(detail_url(escalated)).status_code == 404


# The queue


def listed(who: User) -> set[Any]:
    rows, _ = desk.queue(who, QueueFilter())
    return {row.id for row in rows}


def test_the_queue_shows_it_to_others_only(
    escalated: Decision, boss: User, other_boss: User, far_boss: User
) -> None:
    assert listed(boss) == set()
    assert listed(other_boss) == {escalated.pk}
    assert listed(far_boss) == set()
    assert (desk.waiting_count(boss), desk.waiting_count(other_boss)) == (0, 1)
    page = situations.main_of(situations.client(other_boss).get(reverse("review:queue")))
    assert "Waiting for a second supervisor" in page
    assert str(escalated.pk) not in situations.main_of(situations.client(boss).get(reverse("review:queue")))


def test_put_back_by_the_second_it_waits_for_a_second_again(
    escalated: Decision, boss: User, other_boss: User
) -> None:
    services.claim(actor=other_boss.actor(), user=other_boss, decision=escalated)
    assert again(escalated).state == workflow.CLAIMED
    services.release(actor=other_boss.actor(), user=other_boss, decision=escalated)
    assert again(escalated).state == workflow.ESCALATED
    assert listed(boss) == set()
    assert services.claim_next(actor=other_boss.actor(), user=other_boss) == escalated


# Returned


def test_the_second_returns_it_and_both_levels_begin_anew(
    at: Situation, escalated: Decision, boss: User, other_boss: User
) -> None:
    review = send_back(other_boss, escalated, "Say when the last theft was.")
    assert (review.level, again(escalated).state) == (2, workflow.RETURNED)
    web = situations.client(at.officer)
    assert "Say when the last theft was." in situations.main_of(web.get(situations.tasks_url(escalated)))
    situations.answer_points(again(escalated), 1)
    sign(fill(at, again(escalated), **OUTSIDE))
    assert again(escalated).escalated_by is None
    approve(boss, again(escalated))
    assert again(escalated).state == workflow.ESCALATED
    with pytest.raises(Refused):
        approve(boss, again(escalated))
    approve(other_boss, again(escalated))
    assert again(escalated).state == workflow.APPROVED
    reviews = Review.objects.filter(decision=escalated).order_by("at")
    assert [(one.version_number, one.level) for one in reviews] == [(1, 1), (1, 2), (2, 1), (2, 2)]


def test_the_first_may_return_it_at_once(outside: Decision, boss: User) -> None:
    send_back(boss, outside, "Removability is no ground.")
    assert again(outside).state == workflow.RETURNED


def test_the_second_reads_the_first_and_needs_an_own_reason(
    escalated: Decision, boss: User, other_boss: User
) -> None:
    page = situations.main_of(situations.client(other_boss).get(detail_url(escalated)))
    assert boss.full_name in page
    assert GROUND in page
    for missing in ({"reason": " "}, {"answer": ""}):
        with pytest.raises(Refused):
            approve(other_boss, escalated, **missing)
    assert again(escalated).state == workflow.ESCALATED


def test_a_second_who_was_too_slow_is_told(escalated: Decision, other_boss: User) -> None:
    approve(other_boss, escalated)
    with pytest.raises((Taken, workflow.NotPossible)):
        approve(factories.user(Role.SUPERVISOR), again(escalated))
    assert Review.objects.count() == 2
