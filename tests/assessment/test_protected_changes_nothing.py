"""Changing any protected fact of a person changes no byte of what a decision is made of.

Two worlds that differ in one protected value alone: every page of the assessment and of its review, the queue, the API
and the document that would be signed are the same to the byte. Only tokens of the page itself are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.models import User
from assessment.fields import DECISION_STEP, FACT_STEPS
from assessment.models import Decision
from assessment.selectors import document_of, plain_document, working
from cases.protected.gate import KINDS, put_attributes
from tests import factories
from tests.assessment import situations
from tests.assessment.situations import Situation

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]

# What tells of a person and may never matter, said here by name.
PROTECTED = {"country_of_birth", "citizenship_country", "departure_country", "language", "sex", "gender"}
VALUES = st.sampled_from(
    [
        "Guatemala",
        "Norway",
        "Eritrea",
        "Viet Nam",
        "Spanish",
        "Amharic",
        "Male",
        "Female",
        "X",
        "Côte d'Ivoire",
    ]
)
TOKENS = re.compile(rb'name="(csrfmiddlewaretoken|page)"\s+value="[^"]*"')


class BackOut(Exception):
    """Ends a world."""


@contextmanager
def world(at: Situation, kind: str, value: str) -> Iterator[None]:
    """Inside, the person has this protected value; afterwards nothing of it was ever written."""
    try:
        with transaction.atomic():
            put_attributes(person_id=at.case.person_id, attributes={kind: value}, source="a file")
            yield
            raise BackOut
    except BackOut:
        pass


def seen(officer: Client, boss: Client, draft: Decision, waiting: Decision) -> dict[str, Any]:
    """Every page and answer about the decision, and the document that would be signed."""
    pages = {
        "start": (officer, reverse("assessment:start", args=[draft.case_id])),
        "tasks": (officer, situations.tasks_url(draft)),
        "submit": (officer, situations.submit_url(draft)),
        "queue": (boss, reverse("review:queue")),
        "review": (boss, reverse("review:detail", args=[waiting.pk])),
        "signed": (boss, reverse("assessment:signed", args=[waiting.pk, 1])),
        "words": (officer, reverse("cases:words", args=[draft.case_id])),
        "api assessment": (officer, reverse("api:assessment", args=[draft.assessment_id])),
        "api queue": (boss, reverse("api:queue")),
        "api review": (boss, reverse("api:review", args=[waiting.pk])),
    }
    for step in (*FACT_STEPS, DECISION_STEP):
        pages[step] = (officer, situations.step_url(draft, step))
    answers: dict[str, Any] = {}
    for name, (client, address) in pages.items():
        response = client.get(address)
        assert response.status_code == 200, (name, response.status_code)
        answers[name] = TOKENS.sub(b"", response.content)
    fresh = Decision.objects.select_related("assessment__case__person", "assessment__office").get(pk=draft.pk)
    answers["document"] = plain_document(document_of(working(fresh.assessment, fresh)))
    return answers


@pytest.fixture
def people(at: Situation) -> tuple[Client, Client, Decision, Decision]:
    waiting = situations.signed(at)
    draft = situations.fill(at, situations.started(at, "arrest"), action_place="residence")
    boss: User = factories.user("supervisor")
    return situations.client(at.officer), situations.client(boss), draft, waiting


def test_these_are_all_the_kinds_that_the_gate_takes() -> None:
    assert set(KINDS) == PROTECTED


@pytest.mark.parametrize("kind", sorted(PROTECTED))
def test_no_byte_tells_two_protected_values_apart(
    at: Situation, people: tuple[Client, Client, Decision, Decision], kind: str
) -> None:
    @settings(
        max_examples=4,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    @given(one=VALUES, other=VALUES)
    @example(one="Guatemala", other="Norway")
    def run(one: str, other: str) -> None:
        with world(at, kind, one):
            first = seen(*people)
        with world(at, kind, other):
            second = seen(*people)
        for name in first:
            assert first[name] == second[name], name

    run()


@pytest.mark.parametrize("kind", ["departure_country", "language", "sex", "gender"])
def test_whether_one_is_known_at_all_shows_nowhere(
    at: Situation, people: tuple[Client, Client, Decision, Decision], kind: str
) -> None:
    without = seen(*people)
    with world(at, kind, "Guatemala"):
        assert seen(*people) == without


def test_the_comparison_sees_a_change(
    at: Situation, people: tuple[Client, Client, Decision, Decision]
) -> None:
    """The pages are compared for real: an ordinary fact changes them."""
    before = seen(*people)
    at.change_conduct("Drove at three times the limit")
    after = seen(*people)
    assert before["tasks"] != after["tasks"]
    assert before["document"] != after["document"]
