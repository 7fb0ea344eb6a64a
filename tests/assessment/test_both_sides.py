"""Acting and declining, walked through the pages for every decision: same pages, same fields, same required texts.

What only acting is asked for is what the rules' own docstrings name: a ground where no priority is found. The walk
takes no other way than a person with a browser would.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from assessment import selectors
from assessment.fields import Kind, all_fields
from assessment.models import Assessment, Decision, DecisionVersion
from assessment.rules import unmet_rules
from policy.editions import load
from tests import factories
from tests.assessment import situations
from tests.assessment.situations import EDITION_KEY, Situation, submit_url, tasks_url

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.sweep,
    pytest.mark.clause("I#1", "II.B#7", "II.B#10", "II.B#15"),
]
EDITION = load(EDITION_KEY)
EVERY = [(kind.key, way) for kind in EDITION.decision_types for way in ("do", "undo")]
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
NOT_ANSWERS = {"csrfmiddlewaretoken", "version", "page", "decision", "block", "block_record", "stay"}
GROUND = "Three thefts from one shop in a month."


@dataclass(frozen=True)
class Stage:
    """One page of the walk: its address without ids, the names of its fields, and how many buttons it has."""

    address: str
    fields: frozenset[str]
    buttons: int


@dataclass(frozen=True)
class Walk:
    stages: tuple[Stage, ...]
    required: frozenset[str]
    decision: Decision

    @property
    def texts(self) -> frozenset[str]:
        kinds = {name: one.kind for step in STEPS for name, one in all_fields(EDITION_KEY, step).items()}
        return frozenset(name for name in self.required if kinds[name] == Kind.TEXT)


STEPS = [step.key for step in EDITION.steps]


def stage(url: str, page: Any) -> Stage:
    body = situations.main_of(page)
    names = set(re.findall(r'<(?:input|select|textarea)[^>]*\sname="([^"]+)"', body))
    return Stage(UUID.sub("*", urlsplit(url).path), frozenset(names - NOT_ANSWERS), body.count("<button"))


def hidden(page: Any, name: str) -> str:
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page.content.decode())
    assert found, name
    return found.group(1)


def walk(at: Situation, kind: str, way: str, **answers: Any) -> Walk:
    """From the start to the signature by posting what the pages ask, each page reached from the one before."""
    given = situations.step_answers(at, **answers) | {"action_place": "residence"}
    web = situations.client(at.officer)
    url = reverse("assessment:start", args=[at.case.pk])
    stages = [stage(url, web.get(url))]
    sent: Any = web.post(url, {"decision_type": f"{kind}:{way}"})
    decision = Decision.objects.get(case=at.case, type=kind, direction=way)
    assert sent.url == tasks_url(decision)
    stages.append(stage(sent.url, web.get(sent.url)))
    url = situations.step_url(decision, STEPS[0])
    while "/submit/" not in url:
        page = web.get(url)
        here = stage(url, page)
        stages.append(here)
        mine = {name: given[name] for name in here.fields if name in given}
        state = {"version": hidden(page, "version"), "page": hidden(page, "page")}
        sent = web.post(url, mine | state)
        assert sent.status_code == 302, situations.main_of(sent)
        url = sent.url
        assert len(stages) < 20
    assert url == submit_url(decision)
    # The overview and every page again, now that the outcome is known.
    again = [tasks_url(decision), *(situations.step_url(decision, step) for step in STEPS)]
    stages += [stage(one, web.get(one)) for one in (url, *again)]
    required = required_fields(Decision.objects.get(pk=decision.pk))
    sent = web.post(url, {"password": factories.PASSWORD})
    assert sent.status_code == 302, re.findall(r"tot-unmet.*", situations.main_of(sent))
    assert DecisionVersion.objects.get(decision=decision).outcome == answers["outcome"]
    return Walk(tuple(stages), required, decision)


def required_fields(decision: Decision) -> frozenset[str]:
    """The fields without which this decision could not be signed, each taken away alone."""
    assessment = Assessment.objects.select_related("case__person", "office").get(pk=decision.assessment_id)
    draft = selectors.working(assessment, decision).draft
    assert unmet_rules(draft) == []
    return frozenset(
        name
        for name in draft.answers
        if unmet_rules(
            dataclasses.replace(
                draft, answers={key: draft.answers[key] for key in draft.answers if key != name}
            )
        )
    )


@pytest.mark.parametrize(("kind", "way"), EVERY)
def test_acting_and_declining_are_the_same_walk(db: None, kind: str, way: str) -> None:
    acting = walk(situations.ready(), kind, way, outcome="act")
    declining = walk(situations.ready(), kind, way, outcome="decline")
    assert acting.stages == declining.stages
    assert acting.required == declining.required
    assert (
        acting.texts
        == declining.texts
        == {"public_safety_why_current", "consequences", "opposite_case", "rationale"}
    )


@pytest.mark.parametrize(("kind", "way"), EVERY)
def test_without_a_priority_acting_asks_for_its_ground_and_nothing_else(
    db: None, kind: str, way: str
) -> None:
    none = {"public_safety_finding": "not_found", "public_safety_why_current": None}
    none |= {"public_safety_last_conduct": None, "no_priority_ground": GROUND}
    acting = walk(situations.ready(), kind, way, outcome="act", **none)
    declining = walk(situations.ready(), kind, way, outcome="decline", **none)
    assert acting.stages == declining.stages
    adverse = EDITION.decision_type(kind).adverse(way)
    assert acting.required - declining.required == ({"no_priority_ground"} if adverse else set())
    assert declining.required <= acting.required
    assert len(acting.texts) <= 4


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_the_pages_are_the_seven_the_outcome_and_the_signature(db: None, outcome: str) -> None:
    made = walk(situations.ready(), "detainer", "do", outcome=outcome)
    names = [one.address.rstrip("/").rpartition("/")[2] for one in made.stages[2 : 3 + len(STEPS)]]
    assert names == [*STEPS, "submit"]
    assert {"outcome", "opposite_case", "rationale", "opposite_pins", "rationale_pins"} <= made.required


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_a_further_decision_on_the_same_facts_asks_two_more_texts(db: None, outcome: str) -> None:
    at = situations.ready()
    walk(at, "detainer", "do", outcome="act")
    second = situations.started(at, "notice_to_appear")
    own = situations.step_answers(at, outcome=outcome)
    names = all_fields(EDITION_KEY, "outcome")
    situations.save(second, "outcome", {key: own[key] for key in names if key in own}, version=1)
    needed = required_fields(Decision.objects.get(pk=second.pk))
    texts = {name for name in needed if name in names and names[name].kind == Kind.TEXT}
    assert texts == {"opposite_case", "rationale"}
    situations.sign(Decision.objects.get(pk=second.pk))
