"""The mandate lane on real cases: statute as it stood that day, predicate, counsel; only where the edition has it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.urls import reverse

from assessment import selectors, services
from assessment.errors import RulesUnmet
from assessment.models import Decision
from assessment.pages import field_views
from cases import services as case_services
from cases.dates import UncertainDate
from policy.editions import load
from tests.assessment import situations, stopping
from tests.assessment.situations import EDITION_KEY, Situation, fill, sign, started, step_url
from tests.assessment.stopping import vacate

pytestmark = [pytest.mark.django_db, pytest.mark.clause("V#21")]
EVERY = [(kind.key, way) for kind in load(EDITION_KEY).decision_types for way in ("do", "undo")]


def mandated(at: Situation, pin: str = "conviction", outcome: str = "act", **changes: Any) -> Decision:
    """A custody decision in which nothing is answered but what the lane asks."""
    decision = started(at, "custody")
    counsel = stopping.evidence(at, "counsel_opinion")
    answers: dict[str, Any] = {
        "lane": "mandated",
        "mandate_statute": "ina_236c",
        "mandate_predicate": [at.facts[pin]],
        "mandate_release_date": "2024-12-09",
        "mandate_counsel": str(counsel.pk),
        "outcome": outcome,
    }
    answers = {name: value for name, value in (answers | changes).items() if value is not None}
    situations.save(decision, "outcome", answers, version=decision.version)
    return Decision.objects.get(pk=decision.pk)


def charge(at: Situation) -> None:
    case_services.record_fact(
        actor=at.officer.actor(),
        user=at.officer,
        case=at.case,
        kind="arrest",
        details={"description": "Burglary", "known_end": "pending"},
        on=UncertainDate.parse("2024-11-20"),
        evidence=[at.evidence.pk],
    )


def unmet(decision: Decision) -> set[tuple[str, str]]:
    with pytest.raises(RulesUnmet) as refused:
        sign(decision)
    return {(one.rule, one.field) for one in refused.value.unmet}


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_nothing_else_is_asked(at: Situation, outcome: str) -> None:
    version = sign(mandated(at, outcome=outcome))
    page = selectors.signed_page(version).document
    assert page["mandate"]["statute"] == "INA 236(c), certain criminal grounds"
    assert page["mandate"]["pins"][0]["ref"] == at.facts["conviction"]
    assert page["mandate"]["release_date"] == "2024-12-09"
    assert "counsel" in page["mandate"]["counsel"]
    assert page["needs_second_review"] is False
    shown = situations.client(at.officer).get(reverse("assessment:signed", args=[version.decision_id, 1]))
    assert "INA 236(c), certain criminal grounds" in situations.main_of(shown)


@pytest.mark.parametrize(("day", "allowed"), [("2025-01-28", False), ("2025-01-29", True)])
def test_a_charge_is_no_conviction_before_the_statute_said_so(settings: Any, day: str, allowed: bool) -> None:
    settings.PRACTICE_DATE = datetime.date.fromisoformat(day)
    at = situations.ready()
    charge(at)
    decision = mandated(at, "arrest")
    if not allowed:
        assert unmet(decision) == {("mandate_lane", "mandate_predicate")}
        return
    words = selectors.signed_page(sign(decision)).document["mandate"]["statute"]
    assert "Pub. L. 119-1" in words


def test_a_vacated_conviction_carries_nothing(at: Situation) -> None:
    vacate(at)
    assert unmet(mandated(at)) == {("mandate_lane", "mandate_predicate")}


@pytest.mark.parametrize(
    "name", ["mandate_statute", "mandate_predicate", "mandate_release_date", "mandate_counsel"]
)
def test_each_part_is_needed(at: Situation, name: str) -> None:
    without: dict[str, Any] = {name: None}
    assert unmet(mandated(at, **without)) == {("mandate_lane", name)}


def test_another_paper_is_no_opinion_of_counsel(at: Situation) -> None:
    assert unmet(mandated(at, mandate_counsel=str(at.evidence.pk))) == {("mandate_lane", "mandate_counsel")}


@pytest.mark.parametrize("kind", stopping.KINDS)
def test_a_stop_halts_the_lane_too(at: Situation, kind: str) -> None:
    decision = mandated(at)
    stopping.stop(at, kind)
    assert {rule for rule, _ in unmet(decision)} == {"stops_halt_adverse_steps"}


@pytest.mark.parametrize(("kind", "way"), EVERY)
def test_the_lane_is_offered_for_setting_custody_alone(at: Situation, kind: str, way: str) -> None:
    decision = started(at, kind, way)
    page = situations.client(at.officer).get(step_url(decision, "outcome"))
    offered = 'name="lane"' in situations.main_of(page)
    assert offered == ((kind, way) == ("custody", "do"))
    views = field_views(selectors.working(decision.assessment, decision), "outcome", {}, {})
    assert any(view.name == "lane" for view in views) == offered


@pytest.mark.parametrize(("kind", "way"), [one for one in EVERY if one != ("custody", "do")])
def test_a_forged_lane_spares_nothing_elsewhere(at: Situation, kind: str, way: str) -> None:
    decision = started(at, kind, way)
    lane = mandated(at).answers
    services.save_decision(
        actor=at.officer.actor(),
        user=at.officer,
        decision=decision,
        answers=lane,
        version=decision.version,
        page="",
        by_button=True,
    )
    rules = {rule for rule, _ in unmet(Decision.objects.get(pk=decision.pk))}
    assert {"both_sides", "factors_answered", "records_complete_or_excused"} <= rules


def test_on_the_totality_custody_is_weighed_like_any_other(at: Situation) -> None:
    decision = started(at, "custody")
    assert {"both_sides", "factors_answered"} <= {rule for rule, _ in unmet(decision)}
    sign(fill(at, decision))
