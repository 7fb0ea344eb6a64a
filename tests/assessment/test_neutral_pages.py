"""No page leans: nothing is chosen beforehand, the order of outcomes is drawn once, nothing is counted or scored."""

from __future__ import annotations

import re
import secrets
from typing import Any

import pytest
from django.urls import reverse

from assessment import services
from assessment.fields import DECISION_STEP, FACT_STEPS, PRIORITY_STEPS, all_fields
from assessment.models import Assessment, Decision
from ledger.models import Entry
from tests.assessment import situations
from tests.assessment.situations import Situation, fill, started, step_url, tasks_url

pytestmark = [pytest.mark.django_db, pytest.mark.clause("V#21", "II.B#7")]
EVERY = [*FACT_STEPS, DECISION_STEP]


@pytest.mark.parametrize("step", EVERY)
def test_nothing_is_chosen_before_a_person_chooses(at: Situation, draft: Decision, step: str) -> None:
    answer = situations.client(at.officer).get(step_url(draft, step))
    assert answer.status_code == 200
    left = [one for one in situations.chosen(answer) if 'value=""' not in one]
    assert left == []
    for text in re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", answer.content.decode(), re.DOTALL):
        assert text == ""


@pytest.mark.parametrize("step", EVERY)
@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_what_was_chosen_comes_back_and_nothing_else(
    at: Situation, draft: Decision, step: str, outcome: str
) -> None:
    decision = fill(at, draft, outcome=outcome)
    page = situations.chosen(situations.client(at.officer).get(step_url(decision, step)))
    given = situations.step_answers(at, outcome=outcome)
    found = {
        (name.group(1), value.group(1))
        for one in page
        if (name := re.search(r'name="([^"]+)"', one)) and (value := re.search(r'value="([^"]+)"', one))
    }
    assert found == {
        (name, one)
        for name, value in given.items()
        for one in (value if isinstance(value, list) else [value])
        if name in all_fields(situations.EDITION_KEY, step)
        and all_fields(situations.EDITION_KEY, step)[name].kind in ("one", "several", "pins")
    }


@pytest.mark.parametrize("order", [["act", "decline"], ["decline", "act"]])
def test_outcomes_are_shown_in_the_order_that_was_drawn(
    at: Situation, draft: Decision, order: list[str]
) -> None:
    Assessment.objects.filter(pk=draft.assessment_id).update(outcome_order=order)
    for _ in range(2):
        body = situations.client(at.officer).get(step_url(draft, "outcome")).content.decode()
        shown = [
            value.group(1)
            for one in re.findall(r"<input[^>]+>", body)
            if 'name="outcome"' in one and (value := re.search(r'value="([^"]+)"', one))
        ]
        assert shown == order


def test_the_order_is_drawn_by_lot_stored_and_told_to_the_log(
    at: Situation, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = []
    for lot in (0, 1):
        monkeypatch.setattr(secrets, "randbelow", lambda most, lot=lot: lot)
        decision = started(at)
        drawn.append(decision.assessment.outcome_order)
        entry = Entry.objects.filter(event="assessment.assessment.started").order_by("id").last()
        assert entry is not None
        assert situations.told(entry)["outcome_order"] == decision.assessment.outcome_order
        services.withdraw_decision(actor=at.officer.actor(), user=at.officer, decision=decision)
    assert drawn == [["act", "decline"], ["decline", "act"]]


LEANING = re.compile(
    r"\b(score|recommend\w*|suggest\w*|likely|risk level)\b"
    r"|\b(aggravating|mitigating): \d|\b\d+ (aggravating|mitigating)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_no_page_counts_scores_or_recommends(at: Situation, draft: Decision, outcome: str) -> None:
    decision = fill(at, draft, outcome=outcome)
    web = situations.client(at.officer)
    urls = [tasks_url(decision), situations.submit_url(decision)]
    for url in [*urls, *(step_url(decision, step) for step in EVERY)]:
        assert not LEANING.search(situations.main_of(web.get(url))), url


def test_the_pages_before_the_outcome_do_not_depend_on_it(at: Situation, draft: Decision) -> None:
    """Whoever reads the fact pages cannot tell what was decided first."""

    def pages(outcome: str) -> list[str]:
        decision = fill(at, draft, outcome=outcome)
        web = situations.client(at.officer)
        found = [situations.main_of(web.get(step_url(decision, step))) for step in FACT_STEPS]
        return [re.sub(r'name="version"[^>]*>', "", one) for one in found]

    assert pages("act") == pages("decline")


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_the_task_list_is_complete_with_either_outcome(at: Situation, draft: Decision, outcome: str) -> None:
    web = situations.client(at.officer)
    assert "0 of 8" in " ".join(situations.main_of(web.get(tasks_url(draft))).split())
    decision = fill(at, draft, outcome=outcome)
    assert "8 of 8" in " ".join(situations.main_of(web.get(tasks_url(decision))).split())


def test_a_day_without_priorities_leaves_the_rest(at: Situation, draft: Decision, settings: Any) -> None:
    import datetime

    settings.PRACTICE_DATE = datetime.date(2025, 2, 1)
    web = situations.client(at.officer)
    body = situations.main_of(web.get(tasks_url(draft)))
    for step in EVERY:
        linked = reverse("assessment:step", args=[draft.assessment_id, step]) in body
        assert linked == (step not in PRIORITY_STEPS), step
        assert (web.get(step_url(draft, step)).status_code == 302) == (step in PRIORITY_STEPS), step
    assert "Public safety" not in situations.main_of(web.get(situations.submit_url(draft)))


def test_each_page_shows_its_clauses_in_the_editions_words(at: Situation, draft: Decision) -> None:
    from django.utils.html import escape

    from policy.editions import load

    edition = load(situations.EDITION_KEY)
    web = situations.client(at.officer)
    for step in EVERY:
        body = " ".join(situations.main_of(web.get(step_url(draft, step))).split())
        for clause in edition.step(step).clauses:
            assert escape(edition.clause(clause).text) in body, clause


@pytest.mark.parametrize("which", [*EVERY, "tasks", "submit"])
def test_looking_at_a_page_is_one_entry(at: Situation, draft: Decision, which: str) -> None:
    url = {"tasks": tasks_url(draft), "submit": situations.submit_url(draft)}.get(which) or step_url(
        draft, which
    )
    before = Entry.objects.count()
    situations.client(at.officer).get(url)
    assert Entry.objects.count() == before + 1
    entry = Entry.objects.order_by("id").last()
    assert entry is not None
    assert entry.event == "assessment.assessment.opened"
    assert entry.case_id == at.case.pk
