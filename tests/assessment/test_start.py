"""Where an assessment begins, where it may not, and when it is closed."""

from __future__ import annotations

import html
import re

import pytest
from django.db import IntegrityError
from django.urls import reverse

from accounts.models import Role
from assessment import services, workflow
from assessment.errors import NotAllowed
from assessment.fields import FACT_STEPS
from assessment.models import Assessment, Decision
from cases.models import Case
from cases.services import StatusAnswers
from review import services as review
from tests import factories
from tests.assessment import situations
from tests.assessment.situations import Situation, started

pytestmark = pytest.mark.django_db


def test_a_start_makes_the_pages_one_draft_and_its_entries(at: Situation) -> None:
    decision = started(at)
    assert decision.state == workflow.DRAFT
    assert decision.answers == {}
    assert {row.step for row in decision.assessment.steps.all()} == set(FACT_STEPS)
    assert all(row.answers == {} for row in decision.assessment.steps.all())
    assert situations.events(at.case, "assessment.") == [
        "assessment.assessment.started",
        "assessment.decision.drafted",
    ]


def test_a_closed_case_is_refused(at: Situation) -> None:
    Case.objects.filter(pk=at.case.pk).update(state="closed", version=at.case.version + 1)
    with pytest.raises(NotAllowed, match="closed"):
        started(at)


def test_a_case_of_another_office_is_refused(at: Situation) -> None:
    stranger = factories.user(Role.OFFICER, at=situations.second_office())
    at.officer = stranger
    with pytest.raises(NotAllowed, match="Take it into your office"):
        started(at)


@pytest.mark.parametrize("status", [None, StatusAnswers(), StatusAnswers(charges=("237(a)(1)(B)",))])
def test_without_a_complete_status_page_nothing_begins(db: None, status: StatusAnswers | None) -> None:
    with pytest.raises(NotAllowed, match="Status and removability comes before"):
        started(situations.ready(status=status))
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(("kind", "direction"), [("banishment", "do"), ("detainer", "sideways"), ("", "")])
def test_an_unknown_decision_is_refused(at: Situation, kind: str, direction: str) -> None:
    with pytest.raises(NotAllowed, match="from the list"):
        started(at, kind, direction)


def test_another_officers_open_assessment_is_named(at: Situation) -> None:
    started(at)
    first, at.officer = at.officer, factories.user(Role.OFFICER)
    with pytest.raises(NotAllowed, match=first.full_name):
        started(at)


def test_the_same_officer_comes_back_to_the_same_one(at: Situation) -> None:
    first, again, other = started(at), started(at), started(at, "notice_to_appear")
    assert first == again
    assert other.assessment_id == first.assessment_id
    assert Decision.objects.count() == 2


def test_when_everything_is_decided_the_next_start_closes_the_first(at: Situation) -> None:
    first = started(at)
    services.withdraw_decision(actor=at.officer.actor(), user=at.officer, decision=first)
    at.officer = factories.user(Role.OFFICER)
    second = started(at)
    assert second.assessment_id != first.assessment_id
    assert Assessment.objects.get(pk=first.assessment_id).state == "closed"


def test_an_approved_one_is_closed_by_the_next_start_and_said_so(at: Situation) -> None:
    decision = situations.signed(at)
    boss = factories.user(Role.SUPERVISOR)
    review.approve(
        actor=boss.actor(),
        user=boss,
        decision=decision,
        number=1,
        answer="found",
        reason="Recent.",
        acknowledged=False,
    )
    assert Assessment.objects.get(pk=decision.assessment_id).state == "open"
    second = started(at)
    assert second.assessment_id != decision.assessment_id
    assert Assessment.objects.get(pk=decision.assessment_id).state == "closed"
    assert "assessment.assessment.closed" in situations.events(at.case)


def test_one_in_review_stays_open(at: Situation) -> None:
    decision = situations.signed(at)
    assert started(at, "notice_to_appear").assessment_id == decision.assessment_id


def test_the_database_holds_one_open_assessment_a_case(at: Situation) -> None:
    first = started(at).assessment
    with pytest.raises(IntegrityError):
        Assessment.objects.create(
            case=at.case,
            office=at.case.office,
            started_by=at.officer,
            started_at=first.started_at,
            edition_key=first.edition_key,
            rules_digest=first.rules_digest,
            content_digest=first.content_digest,
            outcome_order=["act", "decline"],
        )


def test_the_page_says_why_it_was_refused_and_preselects_nothing(at: Situation) -> None:
    web = situations.client(at.officer)
    url = reverse("assessment:start", args=[at.case.pk])
    assert situations.chosen(web.get(url)) == []
    answer = web.post(url, {"decision_type": ""})
    assert answer.status_code == 422
    assert "Choose the decision that is being considered" in answer.content.decode()
    assert situations.chosen(answer) == []
    answer = web.post(url, {"decision_type": "detainer:do"})
    assert answer.status_code == 302
    assert Decision.objects.get().type == "detainer"


def test_a_case_of_another_office_has_no_page(at: Situation) -> None:
    stranger = factories.user(Role.OFFICER, at=situations.second_office())
    decision = started(at)
    web = situations.client(stranger)
    for url in (
        situations.tasks_url(decision),
        situations.step_url(decision, "records"),
        situations.submit_url(decision),
    ):
        assert web.get(url).status_code == 404, url
        assert web.post(url).status_code in (404, 405), url


@pytest.mark.parametrize("step", FACT_STEPS)
def test_only_the_officer_who_began_it_writes_in_it(at: Situation, draft: Decision, step: str) -> None:
    colleague = factories.user(Role.OFFICER)
    with pytest.raises(NotAllowed, match="Nothing was saved"):
        services.save_step(
            actor=colleague.actor(),
            user=colleague,
            assessment=draft.assessment,
            step=step,
            answers={},
            version=1,
            page="",
            by_button=True,
        )
    web = situations.client(colleague)
    assert web.post(situations.step_url(draft, step), {"version": 1}).status_code == 403
    assert web.get(situations.step_url(draft, step)).status_code == 302


def test_a_start_without_a_choice_leads_to_the_choices(at: Situation) -> None:
    web = situations.client(at.officer)
    answer = web.post(reverse("assessment:start", args=[at.case.pk]))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#kind-1">Choose the decision' in page
    assert 'aria-describedby="kind-error"' in page
    assert 'id="kind-error"' in page
    assert not Assessment.objects.exists()


def test_the_task_list_leads_to_the_first_page_that_is_not_complete(at: Situation) -> None:
    decision = started(at)
    web = situations.client(at.officer)
    query = f"?decision={decision.pk}"
    tasks = reverse("assessment:tasks", args=[decision.assessment_id]) + query
    shown = web.get(tasks).content.decode()
    found = re.search(r'<a class="usa-button" href="([^"]+)">Go on: ([^<]+)</a>', shown)
    assert found
    # It is the first of the list of pages, which say their place.
    pages = re.findall(r'<span><a href="([^"]+)">([^<]+)</a></span>', shown)
    assert found.groups() == pages[0]
    for number, (address, _) in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in web.get(html.unescape(address)).content.decode()
