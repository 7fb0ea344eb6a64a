"""What halts is shown where the officer works: at the start, on the task list, on every page, before signing."""

from __future__ import annotations

import pytest
from django.urls import reverse

from assessment.fields import DECISION_STEP, FACT_STEPS
from assessment.models import Decision, Stop
from assessment.stops.ways_out import WAYS_OUT
from tests.assessment import situations, stopping
from tests.assessment.situations import Situation, main_of, step_url, submit_url, tasks_url


def addresses(at: Situation, decision: Decision) -> list[str]:
    steps = [step_url(decision, step) for step in (*FACT_STEPS, DECISION_STEP)]
    start = reverse("assessment:start", args=[at.case.pk])
    return [start, tasks_url(decision), submit_url(decision), *steps]


@pytest.mark.parametrize("kind", stopping.KINDS)
def test_words_owner_clock_and_way_out_stand_on_every_page(at: Situation, full: Decision, kind: str) -> None:
    web = situations.client(at.officer)
    for address in addresses(at, full):
        assert "What halts acting now" not in main_of(web.get(address)), address
    stop = stopping.stop(at, kind)
    for address in addresses(at, full):
        page = main_of(web.get(address))
        assert stop.words in page, address
        assert f"Owner: {WAYS_OUT[kind].owner.lower()}." in page, address
        assert f"Due {stop.due_on}" in page, address
        assert WAYS_OUT[kind].words in page.replace("&#x27;", "'"), address
        assert reverse("assessment:stop", args=[stop.pk]) in page, address
        assert "Overdue" not in page, address
    stopping.settle(stop, stopping.evidence(at, stopping.LIFTS[kind]))
    assert "What halts acting now" not in main_of(web.get(tasks_url(full)))


def test_a_clock_that_ran_out_is_told(at: Situation, full: Decision) -> None:
    stop = stopping.stop(at, "citizenship")
    Stop.objects.filter(pk=stop.pk).update(due_on="2024-12-09")
    page = main_of(situations.client(at.officer).get(step_url(full, "dispute")))
    assert "Due 2024-12-09" in page
    assert "Overdue" in page


def test_a_check_that_nobody_made_names_the_officer(at: Situation, full: Decision) -> None:
    at.change_status(section_1367_check="unknown")
    page = main_of(situations.client(at.officer).get(tasks_url(full)))
    assert "Owner: officer." in page
    assert reverse("cases:status", args=[at.case.pk]) in page
