"""The life of a decision is one table: without dead ends, held by the database, drawn in the documentation."""

from __future__ import annotations

import re

import pytest
from django.db import DatabaseError, connection, transaction

from assessment import workflow
from assessment.models import Decision
from ledger.clock import now
from ledger.events import event_type, registered
from tests.architecture.scene import Scene
from tests.architecture.source import read

ARROWS = {(step.source, step.target) for step in workflow.TRANSITIONS}


def reached() -> set[str]:
    found, border = {workflow.DRAFT}, [workflow.DRAFT]
    while border:
        here = border.pop()
        following = {target for source, target in ARROWS if source == here} - found
        found |= following
        border += following
    return found


def test_every_state_that_is_not_final_has_a_way_out_and_to_an_end() -> None:
    for state in reached() - workflow.FINAL:
        ends, border = {state}, [state]
        while border:
            here = border.pop()
            following = {target for source, target in ARROWS if source == here} - ends
            ends |= following
            border += following
        assert ends & workflow.FINAL, f"{state} leads to no end"


def test_a_final_state_has_no_way_out() -> None:
    assert not {source for source, _ in ARROWS} & workflow.FINAL


def test_every_source_can_be_reached() -> None:
    assert {source for source, _ in ARROWS} <= reached()


def test_states_have_words_and_arrows_use_known_states() -> None:
    codes = {code for code, _ in workflow.CHOICES}
    assert {state for arrow in ARROWS for state in arrow} <= codes
    assert all(label.strip() for label in workflow.LABELS.values())
    assert codes == {
        "draft",
        "submitted",
        "claimed",
        "returned",
        "approved",
        "escalated",
        "stopped",
        "signed_not_selected",
        "withdrawn",
    }


def test_a_verb_leads_to_one_state() -> None:
    pairs = [(step.verb, step.source) for step in workflow.TRANSITIONS]
    assert len(pairs) == len(set(pairs))
    for verb in {step.verb for step in workflow.TRANSITIONS}:
        for state, _ in workflow.CHOICES:
            if (verb, state) in pairs:
                assert (state, workflow.target_of(verb, state)) in ARROWS
            else:
                with pytest.raises(workflow.NotPossible, match="cannot be changed this way"):
                    workflow.target_of(verb, state)


def test_every_arrow_leaves_a_registered_change() -> None:
    known = {one.code: one for one in registered()}
    for step in workflow.TRANSITIONS:
        assert step.event in known, step
        assert known[step.event].kind == "change", step
        assert event_type(known[step.event].payload).code == step.event


def test_author_and_reviewer_share_no_verb() -> None:
    by_role = {
        role: {step.verb for step in workflow.TRANSITIONS if step.role == role}
        for role in ("author", "reviewer", "regime")
    }
    assert not by_role["author"] & by_role["reviewer"]
    assert not by_role["regime"] & (by_role["author"] | by_role["reviewer"])
    assert {step.role for step in workflow.TRANSITIONS} == set(by_role)


def test_the_database_allows_exactly_the_arrows_of_the_table(scene: Scene) -> None:
    states = [code for code, _ in workflow.CHOICES]
    allowed, refusals = set(), set()
    for source in states:
        row = Decision.objects.create(
            assessment=scene.assessment,
            case=scene.case,
            office=scene.north,
            type=f"try_{source}",
            direction="do",
            state=source,
            created_by=scene.officer,
            created_at=now(),
        )
        for target in states:
            if target == source:
                continue
            try:
                with transaction.atomic():
                    Decision.objects.filter(pk=row.pk).update(state=target)
                    allowed.add((source, target))
                    raise _Undo
            except _Undo:
                pass
            except DatabaseError as error:
                refusals.add(str(error).partition("\n")[0])
    assert allowed == ARROWS
    assert all("transition" in refusal.lower() for refusal in refusals), refusals


class _Undo(Exception):
    """Leaves a savepoint without keeping what was tried in it."""


def test_the_database_refuses_an_author_who_claims(scene: Scene) -> None:
    with pytest.raises(DatabaseError, match="four_eyes_claim"), transaction.atomic():
        Decision.objects.filter(pk=scene.decision.pk).update(state="claimed", claimed_by=scene.officer)


def test_the_database_refuses_to_change_a_signed_version(scene: Scene) -> None:
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute(
            "UPDATE assessment_decisionversion SET outcome = 'act' WHERE id = %s", [scene.version.pk]
        )


def test_the_documentation_holds_the_diagram_of_the_table() -> None:
    drawn = re.findall(r"```mermaid\n(.*?)```", read("docs/workflow.md"), re.DOTALL)
    assert drawn == [workflow.diagram()], "Write assessment.workflow.diagram() into docs/workflow.md."
