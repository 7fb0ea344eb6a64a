"""How many queries each page of assessment and review takes; the record's size does not matter.

Each budget is the measured number. A page that needs one more says so here first.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from assessment.fields import DECISION_STEP, FACT_STEPS
from assessment.models import Decision
from cases import services as case_services
from cases.dates import UncertainDate
from tests.assessment import situations
from tests.assessment.situations import Situation, fill, started, step_url, submit_url, tasks_url
from tests.review.samples import detail_url, many, send_back

pytestmark = pytest.mark.django_db
Budget = Callable[[int], AbstractContextManager[Any]]

TASKS = 11
STEP = 8
OUTCOME = 8
SUBMIT = 10
# One is for pauses of the clock.
SIGNED = 10
# Session, user, the decision with what stands beside it and the signed entry, the entry (three), the record.
REVIEW = 7
# Session, user, rows, people with kept filters, the entry (three), and the count of a queue longer than a page.
QUEUE = 8
# The last one keeps what the screen found in the texts.
AUTOSAVE = 13


def grow(at: Situation, number: int) -> None:
    """More facts, each with evidence of its own, and more encounters."""
    who: dict[str, Any] = {"actor": at.officer.actor(), "user": at.officer, "case": at.case}
    for index in range(number):
        piece = case_services.record_evidence(
            **who,
            kind="interview",
            source=f"Interview {index}",
            source_relation="self",
            obtained_on=datetime.date(2024, 12, 2),
        )
        case_services.record_fact(
            **who,
            kind="conduct",
            details={"what": f"Conduct {index}"},
            on=UncertainDate.parse("2023"),
            evidence=[piece.pk, at.evidence.pk],
        )
        case_services.record_encounter(**who, on=UncertainDate.parse("2023-02-03"), referral_source="jail")


@pytest.mark.parametrize("facts", [0, 40])
def test_the_officers_pages(at: Situation, query_budget: Budget, facts: int) -> None:
    grow(at, facts)
    decision = fill(at, started(at))
    web = situations.client(at.officer)
    web.get(tasks_url(decision))
    with query_budget(TASKS):
        assert web.get(tasks_url(decision)).status_code == 200
    for step in FACT_STEPS:
        with query_budget(STEP):
            assert web.get(step_url(decision, step)).status_code == 200
    with query_budget(OUTCOME):
        assert web.get(step_url(decision, DECISION_STEP)).status_code == 200
    with query_budget(SUBMIT):
        assert web.get(submit_url(decision)).status_code == 200
    with query_budget(AUTOSAVE):
        answer = web.post(
            step_url(decision, "consequences"),
            {"version": 2, "page": "a", "consequences": "Typing"},
            headers={"hx-request": "true"},
        )
        assert answer.content.startswith(b"Saved at")


@pytest.mark.parametrize("drafts", [1, 4])
def test_the_task_list_does_not_grow_with_its_decisions(
    at: Situation, query_budget: Budget, drafts: int
) -> None:
    kinds = ["detainer", "notice_to_appear", "arrest", "custody"][:drafts]
    decision = [started(at, kind) for kind in kinds][-1]
    web = situations.client(at.officer)
    web.get(tasks_url(decision))
    with query_budget(TASKS):
        web.get(tasks_url(decision))


@pytest.mark.parametrize("facts", [0, 40])
def test_the_supervisors_page_and_the_page_as_signed(
    at: Situation, boss: User, query_budget: Budget, facts: int
) -> None:
    grow(at, facts)
    decision = situations.signed(at)
    web = situations.client(boss)
    web.get(detail_url(decision))
    with query_budget(REVIEW):
        assert web.get(detail_url(decision)).status_code == 200
    # Whoever comes from the queue is told what stands beside it there.
    with query_budget(REVIEW + 1):
        assert web.get(detail_url(decision) + "?queue=1").status_code == 200
    with query_budget(SIGNED):
        assert web.get(reverse("assessment:signed", args=[decision.pk, 1])).status_code == 200


def test_a_returned_one_costs_no_more_for_its_points(
    at: Situation, waiting: Decision, boss: User, other_boss: User, query_budget: Budget
) -> None:
    send_back(boss, waiting, *(f"Point {index}" for index in range(5)))
    situations.answer_points(Decision.objects.get(pk=waiting.pk), 5)
    situations.sign(fill(at, Decision.objects.get(pk=waiting.pk)))
    web = situations.client(other_boss)
    web.get(detail_url(waiting))
    # Points, answers, and version, entry and disclosures of what was returned, to mark the difference.
    with query_budget(REVIEW + 5):
        web.get(detail_url(waiting))


@pytest.mark.parametrize("rows", [1, 50, 120])
def test_the_queue(at: Situation, waiting: Decision, boss: User, query_budget: Budget, rows: int) -> None:
    many(at, [datetime.date(2024, 12, 12)] * (rows - 1), waiting)
    web = situations.client(boss)
    web.get(reverse("review:queue"))
    with query_budget(QUEUE if rows > 50 else QUEUE - 1):
        assert web.get(reverse("review:queue")).status_code == 200
