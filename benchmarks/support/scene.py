"""A desk in use: an assessment with all answers and a long record, a signed decision, a queue of fifty."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import Role
from assessment.fields import DECISION_STEP, FACT_STEPS
from tests import factories
from tests.assessment import situations
from tests.review import samples

FACTS = 12
QUEUE = 50
STEP_LIMIT = "at most 3 times the floor"
DESK_LIMIT = "at most 2.5 times the floor"


@dataclass(frozen=True, slots=True)
class Desk:
    """Pages to measure: name, whose browser, address, the limit in words."""

    pages: list[tuple[str, Client, str, str]]


def desk() -> Desk:
    at = situations.ready()
    _lengthen(at)
    decision = situations.fill(at, situations.started(at))
    web = situations.client(at.officer)
    pages = [
        (f"step {step}", web, situations.step_url(decision, step), STEP_LIMIT)
        for step in (*FACT_STEPS, DECISION_STEP)
    ]
    pages += [
        ("task list", web, situations.tasks_url(decision), STEP_LIMIT),
        ("before signing", web, situations.submit_url(decision), STEP_LIMIT),
        ("case", web, reverse("cases:detail", args=[at.case.pk]), STEP_LIMIT),
    ]
    # Another officer's case, so that the first stays a draft.
    other = situations.ready(factories.user(Role.OFFICER))
    waiting = situations.signed(other)
    samples.many(other, [datetime.date(2024, 12, 12)] * (QUEUE - 1), waiting)
    boss = situations.client(factories.user(Role.SUPERVISOR))
    pages += [
        ("queue of fifty", boss, reverse("review:queue"), DESK_LIMIT),
        ("review", boss, samples.detail_url(waiting), DESK_LIMIT),
    ]
    return Desk(pages)


def _lengthen(at: situations.Situation) -> None:
    from cases import services
    from cases.dates import UncertainDate

    who: dict[str, Any] = {"actor": at.officer.actor(), "user": at.officer, "case": at.case}
    for index in range(FACTS):
        services.record_fact(
            **who,
            kind="conduct",
            details={"what": f"Conduct {index}"},
            on=UncertainDate.parse("2023"),
            evidence=[at.evidence.pk],
        )
