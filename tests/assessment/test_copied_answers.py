"""A new assessment may begin with the last answers: marked, dated, and never with an outcome or its reasons."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from assessment import selectors, services
from assessment.errors import RulesUnmet
from assessment.fields import DECISION_STEP, FACT_STEPS, all_fields
from assessment.models import Decision
from ledger.models import Entry
from tests.assessment import situations
from tests.assessment.situations import EDITION_KEY, Situation, fill, sign, signed, started
from tests.assessment.stopping import approved

pytestmark = pytest.mark.django_db


def copied(at: Situation, kind: str = "detainer", direction: str = "do") -> Decision:
    _, decision = services.start_assessment(
        actor=at.officer.actor(),
        user=at.officer,
        case=at.case,
        decision_type=kind,
        direction=direction,
        copy_answers=True,
    )
    return decision


def unmet(decision: Decision) -> set[tuple[str, str]]:
    with pytest.raises(RulesUnmet) as refused:
        sign(decision)
    return {(one.rule, one.field) for one in refused.value.unmet}


def test_the_answers_are_copied_dated_and_marked(at: Situation) -> None:
    first = approved(at)
    second = copied(at)
    assert second.assessment_id != first.assessment_id
    for step in FACT_STEPS:
        row, old = (one.assessment.steps.get(step=step) for one in (second, first))
        assert row.answers == old.answers
        assert row.version == 1
    day = first.assessment.started_at.date().isoformat()
    assert second.assessment.copied_from == day
    last = Entry.objects.filter(event="assessment.assessment.started").order_by("id").last()
    assert last is not None
    assert situations.told(last)["copied_from"] == day
    web = situations.client(at.officer)
    assert day in situations.main_of(web.get(situations.submit_url(second)))
    version = sign(fill(at, second))
    assert selectors.signed_page(version).document["copied_from"] == day


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_outcome_opposite_case_and_reasons_are_never_copied(at: Situation, outcome: str) -> None:
    approved(at, outcome=outcome)
    second = copied(at)
    assert second.answers == {}
    kept = {name for row in second.assessment.steps.all() for name in row.answers}
    assert not kept & set(all_fields(EDITION_KEY, DECISION_STEP))
    page = situations.client(at.officer).get(situations.step_url(second, DECISION_STEP))
    assert situations.chosen(page) == []
    assert "Drove drunk and hit a car" not in situations.main_of(page)
    assert {step for _, step in unmet(second)} == {
        "outcome",
        "opposite_case",
        "opposite_pins",
        "rationale",
        "rationale_pins",
    }


def test_a_pin_to_a_fact_that_changed_must_be_looked_at(at: Situation) -> None:
    approved(at)
    at.change_conduct("Drove slowly, and stopped by himself")
    second = copied(at)
    own = {
        name: value
        for name, value in situations.step_answers(at).items()
        if name in all_fields(EDITION_KEY, DECISION_STEP)
    }
    situations.save(second, DECISION_STEP, own, version=second.version)
    second = Decision.objects.get(pk=second.pk)
    assert unmet(second) == {("pins_hold", "public_safety_last_conduct")}
    page = situations.client(at.officer).get(situations.step_url(second, "public-safety"))
    assert "Changed since you pinned it" in situations.main_of(page)
    sign(fill(at, second))


def test_a_copy_is_asked_for_and_never_made_otherwise(at: Situation) -> None:
    approved(at)
    second = started(at)
    assert second.assessment.copied_from == ""
    assert all(row.answers == {} for row in second.assessment.steps.all())
    assert selectors.signed_page(sign(fill(at, second))).document["copied_from"] == ""


def test_the_first_assessment_has_nothing_to_copy(at: Situation) -> None:
    decision = copied(at)
    assert decision.assessment.copied_from == ""
    assert all(row.answers == {} for row in decision.assessment.steps.all())


def test_answers_of_another_person_are_not_copied(at: Situation) -> None:
    signed(at)
    elsewhere = situations.ready(at.officer)
    assert all(row.answers == {} for row in copied(elsewhere).assessment.steps.all())


def test_the_page_offers_it_unticked_when_there_is_one(at: Situation) -> None:
    web = situations.client(at.officer)
    url = reverse("assessment:start", args=[at.case.pk])
    assert 'name="copy"' not in situations.main_of(web.get(url))
    approved(at)
    page: Any = web.get(url)
    assert 'name="copy"' in situations.main_of(page)
    assert situations.chosen(page) == []
    web.post(url, {"decision_type": "detainer:do", "copy": "yes"})
    latest = Decision.objects.order_by("-id")[0]
    assert latest.assessment.copied_from
