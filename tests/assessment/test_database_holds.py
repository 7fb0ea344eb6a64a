"""What the services refuse, the database refuses as well, to the application's own role."""

from __future__ import annotations

from typing import Any

import psycopg2
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.models import Role
from assessment import workflow
from assessment.models import Decision, DecisionVersion
from ledger.events import EventKind, kind_for
from tests import factories
from tests.assessment import situations
from tests.assessment.situations import Situation

pytestmark = pytest.mark.django_db
STATES = [state for state, _ in workflow.CHOICES]
ALLOWED = {(step.source, step.target) for step in workflow.TRANSITIONS}


def run(sql: str, *params: Any) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("totality_app",)
        cursor.execute(sql, params)
        return int(cursor.rowcount)


def put_into(decision: Decision, state: str) -> None:
    """Walk along the table from where it is to `state`, by raw statements."""
    path: dict[str, list[str]] = {Decision.objects.get(pk=decision.pk).state: []}
    while state not in path:
        longer = {
            step.target: [*path[step.source], step.target]
            for step in workflow.TRANSITIONS
            if step.source in path and step.target not in path
        }
        assert longer, f"no transition leads to {state}"
        path |= longer
    for one in path[state]:
        run("UPDATE assessment_decision SET state = %s WHERE id = %s", one, decision.pk)


REACHED = [workflow.DRAFT, *dict.fromkeys(step.target for step in workflow.TRANSITIONS)]


@pytest.mark.parametrize("source", REACHED)
def test_a_state_moves_only_along_the_table(draft: Decision, source: str) -> None:
    put_into(draft, source)
    for target in STATES:
        if target == source:
            continue
        sql = "UPDATE assessment_decision SET state = %s WHERE id = %s"
        if (source, target) in ALLOWED:
            with transaction.atomic():
                assert run(sql, target, draft.pk) == 1
                transaction.set_rollback(True)
            continue
        with pytest.raises(DatabaseError, match="Invalid transition"):
            run(sql, target, draft.pk)
    assert Decision.objects.get(pk=draft.pk).state == source


@pytest.mark.parametrize("state", ["nonsense", ""])
def test_an_unknown_state_is_refused(draft: Decision, state: str) -> None:
    with pytest.raises(DatabaseError):
        run("UPDATE assessment_decision SET state = %s WHERE id = %s", state, draft.pk)


def test_queryset_update_is_no_way_round(draft: Decision) -> None:
    with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
        Decision.objects.filter(pk=draft.pk).update(state=workflow.APPROVED)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE assessment_decisionversion SET outcome = 'decline' WHERE id = %s",
        "DELETE FROM assessment_decisionversion WHERE id = %s",
    ],
)
def test_a_signed_version_is_insert_only(at: Situation, full: Decision, sql: str) -> None:
    version = situations.sign(full)
    with pytest.raises(DatabaseError):
        run(sql, version.pk)
    assert DecisionVersion.objects.get(pk=version.pk).outcome == "act"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE assessment_decisionversion SET outcome = 'decline'",
        "DELETE FROM assessment_decisionversion",
    ],
)
def test_not_even_the_owner_changes_one_without_taking_the_trigger_away(owner: Any, sql: str) -> None:
    at = situations.ready()
    situations.signed(at)
    with pytest.raises(psycopg2.errors.RaiseException, match="Cannot update or delete"):
        owner.execute(sql)


@pytest.mark.parametrize("table", ["assessment_assessment", "assessment_stepanswers", "assessment_decision"])
def test_nothing_of_an_assessment_is_deleted(draft: Decision, table: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        run(f"DELETE FROM {table}")


def test_two_versions_never_carry_one_number(at: Situation, full: Decision) -> None:
    version = situations.sign(full)
    with pytest.raises(IntegrityError, match="decision_version_once"), transaction.atomic():
        DecisionVersion.objects.create(
            decision=full,
            number=1,
            entry_id=full.pk,
            outcome="act",
            edition_key=version.edition_key,
            rules_digest=version.rules_digest,
            content_digest=version.content_digest,
            edition_status=version.edition_status,
            signed_by=at.officer,
            signed_at=version.signed_at,
        )


def test_nobody_claims_what_they_signed(at: Situation, full: Decision) -> None:
    situations.sign(full)
    with pytest.raises(IntegrityError, match="four_eyes_claim"):
        run("UPDATE assessment_decision SET claimed_by_id = signed_by_id WHERE id = %s", full.pk)
    boss = factories.user(Role.SUPERVISOR)
    assert run("UPDATE assessment_decision SET claimed_by_id = %s WHERE id = %s", boss.pk, full.pk) == 1


def test_one_draft_of_a_kind(at: Situation, draft: Decision) -> None:
    with pytest.raises(IntegrityError, match="one_draft_per_decision_type"), transaction.atomic():
        Decision.objects.create(
            assessment=draft.assessment,
            case=at.case,
            office=at.case.office,
            type=draft.type,
            direction=draft.direction,
            created_by=at.officer,
            created_at=draft.created_at,
        )


# The table itself


def test_every_state_that_is_reached_and_not_final_has_a_way_out() -> None:
    sources = {step.source for step in workflow.TRANSITIONS}
    for state in REACHED:
        assert (state in workflow.FINAL) == (state not in sources), state


def test_every_state_in_the_table_is_known_and_every_event_registered() -> None:
    for step in workflow.TRANSITIONS:
        assert {step.source, step.target} <= set(STATES)
        assert kind_for(step.event) == EventKind.CHANGE
        assert step.role in ("author", "reviewer", "regime")


def test_the_diagram_shows_every_arrow() -> None:
    drawn = workflow.diagram()
    for step in workflow.TRANSITIONS:
        assert f"{step.source} --> {step.target}: {step.verb} ({step.role})" in drawn


@pytest.mark.parametrize("verb", sorted({step.verb for step in workflow.TRANSITIONS}))
def test_a_verb_outside_its_states_says_where_the_decision_is(verb: str) -> None:
    for state, label in workflow.CHOICES:
        if any(step.verb == verb and step.source == state for step in workflow.TRANSITIONS):
            assert workflow.target_of(verb, state)
        else:
            with pytest.raises(workflow.NotPossible, match=label.lower()):
                workflow.target_of(verb, state)
