"""The pages of an assessment work on days of every edition that an officer's form was asked by."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.urls import reverse

from assessment import selectors
from assessment.fields import DECISION_STEP, FACT_STEPS
from tests.assessment import situations
from tests.assessment.situations import Situation, client, step_url

pytestmark = pytest.mark.django_db
DAYS = {
    "2015-06-01": "2014-11-20",
    "2018-06-01": "2017-02-20",
    "2021-02-10": "2021-01-20",
    "2021-03-01": "2021-02-18",
    "2022-02-03": "2021-09-30",
}


@pytest.mark.parametrize(("day", "edition"), DAYS.items())
def test_every_page_opens_and_keeps_what_is_typed(
    at: Situation, settings: Any, day: str, edition: str
) -> None:
    settings.PRACTICE_DATE = datetime.date.fromisoformat(day)
    draft = situations.started(at)
    assert selectors.working(draft.assessment, draft).draft.edition.key == edition
    officer = client(at.officer)
    for step in (*FACT_STEPS, DECISION_STEP):
        page = officer.get(step_url(draft, step))
        assert page.status_code == 200, step
    for address in ("assessment:tasks", "assessment:submit"):
        assert officer.get(reverse(address, args=[draft.assessment_id])).status_code == 200
    grounds = selectors.working(draft.assessment, draft).draft.edition.priority("public_safety").grounds
    answer = officer.post(
        step_url(draft, "public-safety"),
        {
            "version": "1",
            "stay": "1",
            "public_safety_finding": "found",
            "public_safety_why_current": "It was said last week.",
            "public_safety_ground": [ground.key for ground in grounds],
        },
    )
    assert answer.status_code == 200
    draft = type(draft).objects.get(pk=draft.pk)
    work = selectors.working(draft.assessment, draft)
    assert work.draft.picked("public_safety_ground") == sorted(ground.key for ground in grounds)
    assert "It was said last week." in answer.content.decode()
