"""While a stop is open no route and no verb makes an adverse step; declining and a release stay possible."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.urls import NoReverseMatch, reverse

from accounts.models import Role, User
from assessment import services, workflow
from assessment.errors import NotAllowed, RulesUnmet
from assessment.models import Decision, DecisionVersion, Execution, Stop
from assessment.views import signing as signing_views
from config.routes import ROUTES
from ledger.models import Entry
from policy.editions import load
from review import services as review
from review.errors import Refused
from review.models import Review
from tests import factories
from tests.assessment import situations, stopping
from tests.assessment.situations import EDITION_KEY, Situation, fill, sign, signed, started, submit_url
from tests.assessment.stopping import KINDS, lift, stop
from tests.review.samples import PAGE, detail_url, send_back

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]
EACH = pytest.mark.parametrize("kind", KINDS)
ADVERSE = [
    (one.key, way) for one in load(EDITION_KEY).decision_types for way in ("do", "undo") if one.adverse(way)
]
KINDLY = [
    (one.key, way)
    for one in load(EDITION_KEY).decision_types
    for way in ("do", "undo")
    if not one.adverse(way)
]


def again(decision: Decision) -> Decision:
    return Decision.objects.get(pk=decision.pk)


def refused_by(decision: Decision) -> set[str]:
    with pytest.raises(RulesUnmet) as refused:
        sign(decision)
    return {one.rule for one in refused.value.unmet}


def placed(decision: Decision) -> Decision:
    asks = load(EDITION_KEY).decision_type(decision.type).asks_place and decision.direction == "do"
    return stopping.place(decision, "residence") if asks else decision


@EACH
def test_no_adverse_decision_of_any_type_is_signed(at: Situation, kind: str) -> None:
    stop(at, kind)
    for decision_type, way in ADVERSE:
        decision = placed(fill(at, started(at, decision_type, way)))
        assert "stops_halt_adverse_steps" in refused_by(decision), decision_type
        assert again(decision).state == workflow.DRAFT
    assert not DecisionVersion.objects.exists()


@EACH
def test_declining_and_release_are_signed_and_approved(at: Situation, kind: str) -> None:
    stop(at, kind)
    for decision_type, way in (*ADVERSE, *KINDLY):
        decision = placed(fill(at, started(at, decision_type, way), outcome="decline"))
        sign(decision)
        assert stopping.approve(again(decision)).state == workflow.APPROVED
    for decision_type, way in KINDLY:
        decision = fill(at, started(at, decision_type, way), outcome="act")
        sign(decision)
        assert stopping.approve(again(decision)).state == workflow.APPROVED


# What a forged request could say, on whatever route: everything that any form of the product has, and more.
FORGED: dict[str, Any] = {
    **PAGE,
    "password": factories.PASSWORD,
    "outcome": "act",
    "verdict": "approve",
    "number": 1,
    "version": 1,
    "state": "approved",
    "urgent": "yes",
    "override": "yes",
    "lane": "mandated",
    "stop": "",
    "settle": "lift",
    "evidence": "",
    "dispute_acknowledged": "yes",
    "training_cosigned": "yes",
    "carried_out": "yes",
    "on": "2024-12-10",
    "decision_type": "detainer:do",
    "q": "Quillworth",
    "why": "casework",
}


# What the approval of the API asks.
VERDICT: dict[str, Any] = {**PAGE, "number": 1, "dispute_acknowledged": "yes", "training_cosigned": "yes"}


def addresses(decision: Decision) -> list[str]:
    """Every route of the product, with what this decision's page could put into it."""
    assessment, case = decision.assessment_id, decision.case_id
    held = Stop.objects.filter(case=case).first()
    found = []
    for route in ROUTES:
        for arguments in (
            {},
            {"case_id": case},
            {"assessment_id": assessment},
            {"assessment_id": assessment, "step": "outcome"},
            {"decision_id": decision.pk},
            {"decision_id": decision.pk, "number": 1},
            {"stop_id": held.pk if held else case},
        ):
            try:
                found.append(f"{reverse(route, kwargs=arguments)}?decision={decision.pk}")
            except NoReverseMatch:
                continue
    return found


def send(who: User, url: str, sent: dict[str, Any]) -> None:
    """As a form, or as JSON where a program is answered."""
    web = situations.client(who)
    if url.startswith("/api/"):
        # An operation refuses a member that it does not know: what each of them asks goes alone, too.
        for body in (sent, {"password": factories.PASSWORD}, VERDICT):
            web.post(url, body, content_type="application/json")
    else:
        web.post(url, sent)


@EACH
def test_no_route_signs_it(at: Situation, full: Decision, kind: str) -> None:
    one = stop(at, kind)
    urls = addresses(full)
    for route in ("assessment:submit", "assessment:step", "assessment:decide", "assessment:stop"):
        assert any(reverse(route, kwargs=arguments_of(route, full, one)) in url for url in urls), route
    sent = FORGED | {"decision": str(full.pk)}
    for who in (at.officer, factories.user(Role.SUPERVISOR)):
        for url in urls:
            if any(word in url for word in ("logout", "abandon", "withdraw")):
                continue
            send(who, url, sent)
    assert again(full).state == workflow.DRAFT
    assert not DecisionVersion.objects.exists()
    assert not Entry.objects.filter(event="assessment.decision.signed").exists()
    assert Stop.objects.get(pk=one.pk).state == "open"
    # Nothing but the stop was in the way.
    lift(at, one)
    sign(again(full))


def arguments_of(route: str, decision: Decision, one: Stop) -> dict[str, Any]:
    if route == "assessment:stop":
        return {"stop_id": one.pk}
    step = {"step": "outcome"} if route == "assessment:step" else {}
    return {"assessment_id": decision.assessment_id, **step}


@EACH
def test_no_route_approves_what_was_signed_before_the_stop(at: Situation, kind: str) -> None:
    decision = signed(at)
    one = stop(at, kind)
    sent = FORGED | {"decision": str(decision.pk)}
    boss = factories.user(Role.SUPERVISOR)
    for who in (at.officer, boss):
        for url in addresses(decision):
            if "logout" not in url:
                send(who, url, sent)
    assert again(decision).state in workflow.IN_REVIEW
    assert not Review.objects.exists()
    assert not Execution.objects.exists()
    assert Stop.objects.get(pk=one.pk).state == "open"
    lift(at, one)
    situations.client(boss).post(detail_url(decision), sent)
    assert again(decision).state == workflow.APPROVED


@EACH
def test_a_stop_that_opened_after_the_draft_was_complete(at: Situation, full: Decision, kind: str) -> None:
    web = situations.client(at.officer)
    assert "A stop halts this step" not in situations.main_of(web.get(submit_url(full)))
    one = stop(at, kind)
    assert "A stop halts this step" in situations.main_of(web.get(submit_url(full)))
    assert refused_by(full) == {"stops_halt_adverse_steps"}
    assert again(full).answers == full.answers
    lift(at, one)
    sign(full)


@EACH
def test_a_stop_that_opened_between_the_preview_and_the_signature(
    at: Situation, full: Decision, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stop opens while the password of an already open page is being checked."""
    web = situations.client(at.officer)
    assert web.get(submit_url(full)).status_code == 200
    real = authenticate

    def meanwhile(*given: Any, **more: Any) -> Any:
        stop(at, kind)
        return real(*given, **more)

    monkeypatch.setattr(signing_views, "authenticate", meanwhile)
    answer = web.post(submit_url(full), {"password": factories.PASSWORD})
    assert answer.status_code == 422
    assert "A stop halts this step" in situations.main_of(answer)
    assert again(full).state == workflow.DRAFT
    assert not DecisionVersion.objects.exists()


# After the signature


@EACH
def test_a_stop_that_opened_after_the_signature_halts_the_approval_and_no_return(
    at: Situation, kind: str
) -> None:
    decision = signed(at)
    one = stop(at, kind)
    with pytest.raises(Refused) as refused:
        stopping.approve(decision)
    assert "A stop halts this step" in refused.value.errors[""]
    assert again(decision).state == workflow.SUBMITTED
    boss = factories.user(Role.SUPERVISOR)
    web = situations.client(boss)
    answer = web.post(detail_url(decision), PAGE | {"number": 1, "verdict": "approve"})
    assert answer.status_code == 422
    assert "A stop halts this step" in situations.main_of(answer)
    assert not Review.objects.exists()
    lift(at, one)
    assert stopping.approve(decision).state == workflow.APPROVED


@EACH
def test_a_return_stays_possible(at: Situation, kind: str) -> None:
    decision = signed(at)
    stop(at, kind)
    send_back(factories.user(Role.SUPERVISOR), decision, "A stop opened.")
    assert again(decision).state == workflow.RETURNED


@EACH
def test_the_second_supervisor_is_halted_as_the_first(at: Situation, kind: str) -> None:
    decision = signed(at, public_safety_finding="not_found", no_priority_ground="Three thefts in a month.")
    assert stopping.approve(decision).state == workflow.ESCALATED
    stop(at, kind)
    with pytest.raises(Refused):
        stopping.approve(again(decision))
    assert again(decision).state == workflow.ESCALATED


def test_a_fear_halts_the_approval_of_an_execution_after_its_stop_was_lifted(at: Situation) -> None:
    decision = stopping.place(fill(at, started(at, "removal_execution")), "office")
    sign(decision)
    lift(at, stop(at, "fear_of_return"))
    with pytest.raises(Refused) as refused:
        stopping.approve(again(decision))
    assert "fear of return" in refused.value.errors[""]


def test_a_confirmed_citizen_halts_what_was_in_review(at: Situation) -> None:
    decision = signed(at)
    piece = stopping.evidence(at, "counsel_opinion")
    stopping.settle(stop(at, "citizenship"), piece, confirm=True)
    with pytest.raises(Refused):
        stopping.approve(decision)
    assert again(decision).state == workflow.SUBMITTED


def test_what_was_done_is_never_recorded_for_what_was_not_approved(at: Situation) -> None:
    decision = signed(at)
    stop(at, "citizenship")
    with pytest.raises(NotAllowed):
        services.record_execution(
            actor=at.officer.actor(),
            user=at.officer,
            decision=decision,
            carried_out=True,
            on=situations.DAY,
            note="",
        )
    assert not Execution.objects.exists()


def test_claiming_and_putting_back_stay_possible(at: Situation) -> None:
    decision = signed(at)
    stop(at, "citizenship")
    boss = factories.user(Role.SUPERVISOR)
    review.claim(actor=boss.actor(), user=boss, decision=decision)
    review.release(actor=boss.actor(), user=boss, decision=decision)
    assert again(decision).state == workflow.SUBMITTED
