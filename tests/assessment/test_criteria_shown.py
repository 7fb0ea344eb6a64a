"""The criterion card: the facts of the record with their sources, the same look for every answer, never an outcome."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest

from assessment import selectors
from assessment.criteria import answers_for, facts_of
from assessment.models import Decision
from cases import services as case_services
from cases.dates import UncertainDate
from policy.editions import load
from tests.assessment import situations
from tests.assessment.situations import Situation, client, step_url

pytestmark = [pytest.mark.django_db, pytest.mark.clause("II.C#16", "II.C#17")]
AFTER = "criterion-unlawful_entry_after_date"


def _enter(at: Situation, on: str, manner: str = "without_inspection") -> None:
    case_services.record_fact(
        actor=at.officer.actor(),
        user=at.officer,
        case=at.case,
        kind="entry",
        details={"manner": manner},
        on=UncertainDate.parse(on),
        evidence=[at.evidence.pk],
    )


def _card(at: Situation, draft: Decision) -> str:
    page = client(at.officer).get(step_url(draft, "border-security")).content.decode()
    [card] = re.findall(rf'<section [^>]*aria-labelledby="{AFTER}".*?</section>', page, re.DOTALL)
    return str(card)


def _plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    ("on", "manner", "answer"),
    [
        ("2020-11-01", "without_inspection", "Not met"),
        ("2020-11-02", "without_inspection", "Met"),
        ("about November 2020", "without_inspection", "Cannot tell"),
        ("2021-03-01", "admitted_visa", "Not met"),
        ("2021-03-01", "paroled", "Not met"),
        ("2021-03-01", "attempted", "Not met"),
        ("2021-03-01", "not_known", "Cannot tell"),
    ],
)
def test_the_card_answers_from_the_record(
    at: Situation, draft: Decision, on: str, manner: str, answer: str
) -> None:
    _enter(at, on, manner)
    words = _plain(_card(at, draft))
    assert f"Criterion: {answer}." in words
    assert "Sources: Court record, Millbrook Superior Court." in words
    assert "II.C#16" in words
    assert ("What would settle it" in words) is (answer == "Cannot tell")


def test_all_three_answers_look_alike(at: Situation, draft: Decision) -> None:
    shapes = set()
    for on in ("2020-11-01", "2020-11-02"):
        situation = situations.ready()
        decision = situations.started(situation)
        _enter(situation, on)
        card = re.sub(r">[^<]+<", "><", _card(situation, decision))
        shapes.add(card)
    assert len(shapes) == 1


def test_a_met_criterion_fills_in_nothing(at: Situation, draft: Decision) -> None:
    _enter(at, "2021-05-05")
    page: Any = client(at.officer).get(step_url(draft, "border-security"))
    assert [one for one in situations.chosen(page) if 'value=""' not in one] == []


def test_the_document_keeps_the_answer_as_it_stood(at: Situation, full: Decision) -> None:
    _enter(at, "about November 2020")
    work = selectors.working(full.assessment, full)
    document = selectors.plain_document(selectors.document_of(work))
    border = next(one for one in document["findings"] if one["priority"] == "border_security")
    answers = {one["key"]: one["answer"] for one in border["detail"]["criteria"]}
    assert answers == {"attempted_unlawful_entry": "Not met", "unlawful_entry_after_date": "Cannot tell"}


def test_a_fact_after_the_day_is_not_looked_at(at: Situation, draft: Decision, settings: Any) -> None:
    _enter(at, "2022-08-01")
    work = selectors.working(draft.assessment, draft)
    assert len(facts_of(work.draft).entries) == 1
    settings.PRACTICE_DATE = UncertainDate.parse("2022-07-01").earliest
    work = selectors.working(draft.assessment, draft)
    assert facts_of(work.draft).entries == ()
    assert answers_for(work.draft, "border_security") == []


def test_the_interim_ground_needs_no_unlawful_entry(at: Situation, draft: Decision) -> None:
    """One person under two editions: a lawful arrival in 2021 is late enough for one, and no unlawful entry."""
    _enter(at, "2021-03-01", "admitted_visa")
    work = selectors.working(draft.assessment, draft)
    earlier = {ref: fact for ref, fact in work.draft.facts.items() if fact.kind != "presence"}
    interim = dataclasses.replace(work.draft, edition=load("2021-02-18"), facts=earlier)
    found = {one.criterion.key: one.words for one in answers_for(interim, "border_security")}
    assert found == {"attempted_entry_since_date": "Not met", "not_present_before_date": "Met"}
    found = {one.criterion.key: one.words for one in answers_for(work.draft, "border_security")}
    assert found["unlawful_entry_after_date"] == "Not met"
