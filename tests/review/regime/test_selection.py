"""Which signed decisions are reviewed: everything at first, then a committed draw and the triggers."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.models import Office, User
from assessment import workflow
from assessment.models import Decision
from assessment.services import record_execution, withdraw_decision
from cases.models import Case
from ledger.clock import now
from ledger.ids import new_id
from ledger.models import Entry
from review.desk import queue
from review.desk.filters import QueueFilter
from review.models import FullReview, Seed, Selection
from review.regime.draws import Draws, digest_of, draw
from review.regime.seeds import retire_seed
from review.regime.services import order_full_review
from review.regime.stages import stage_of
from tests import factories
from tests.assessment import situations
from tests.assessment.drafts import CONDUCT, EDITION
from tests.assessment.situations import Situation
from tests.review.regime.drawing import ready, sampled_office, sign_drawn
from tests.review.samples import approve, detail_url, send_back

pytestmark = [pytest.mark.django_db, pytest.mark.decide_first, pytest.mark.clause("V.B#23", "V.B#24")]

LATER_SHARE = 250


def drawn_in(one: Draws) -> bool:
    return one.sample < LATER_SHARE and one.elsewhere >= 100


def not_drawn(one: Draws) -> bool:
    return one.sample >= LATER_SHARE and one.elsewhere >= 100


@pytest.fixture
def office(db: None) -> Office:
    return sampled_office()


@pytest.fixture
def at(office: Office) -> Situation:
    return ready(office)


@pytest.fixture
def boss(office: Office) -> User:
    return factories.user("supervisor", at=office)


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_what_the_draw_leaves_out_stands_as_it_was_signed(at: Situation, boss: User, outcome: str) -> None:
    decision, selection = sign_drawn(at, not_drawn, outcome=outcome)
    assert decision.state == workflow.SIGNED_NOT_SELECTED
    assert (decision.due_on, decision.closed_at) == (None, decision.signed_at)
    assert (selection.selected, selection.full) == (False, False)
    assert (selection.stage_per_thousand, selection.probability, selection.triggers) == (250, 250, [])
    assert queue.queue(boss, QueueFilter())[0] == []
    page = situations.main_of(situations.client(at.officer).get(situations.tasks_url(decision)))
    assert "Signed, not selected for review" in page


def test_an_action_that_was_not_selected_can_be_recorded_as_done(at: Situation) -> None:
    decision, _ = sign_drawn(at, not_drawn)
    record_execution(
        actor=at.officer.actor(),
        user=at.officer,
        decision=decision,
        carried_out=True,
        on=situations.DAY,
        note="",
    )
    assert decision.execution.carried_out


def elsewhere(one: Draws) -> bool:
    return one.sample < LATER_SHARE and one.elsewhere < 100


def test_a_share_falls_to_another_office_which_then_reads_that_one(at: Situation, boss: User) -> None:
    far = factories.user("supervisor", at=situations.second_office())
    decision, selection = sign_drawn(at, elsewhere)
    assert (selection.assigned_to, selection.office_id, decision.assigned_to) == (far, far.office_id, far)
    web = situations.client(far)
    assert web.get(detail_url(decision)).status_code == 200
    assert at.case.person.name in situations.main_of(web.get(reverse("review:queue")))
    approve(far, decision)
    colleague = factories.user("supervisor", at=far.office)
    assert situations.client(colleague).get(detail_url(decision)).status_code == 404


def test_a_restricted_case_stays_in_its_office(at: Situation, boss: User) -> None:
    factories.user("supervisor", at=situations.second_office())
    Case.objects.filter(pk=at.case.pk).update(restricted=True, version=at.case.version + 1)
    decision, selection = sign_drawn(at, elsewhere)
    assert (selection.assigned_to, selection.office_id) == (boss, decision.office_id)


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_what_the_draw_takes_waits_for_a_reviewer(at: Situation, boss: User, outcome: str) -> None:
    decision, selection = sign_drawn(at, drawn_in, outcome=outcome)
    assert decision.state == workflow.SUBMITTED
    assert (selection.selected, selection.probability, selection.assigned_to) == (True, 250, boss)
    rows, _ = queue.queue(boss, QueueFilter())
    assert [row.id for row in rows] == [decision.pk]


def test_the_author_is_not_drawn_to_review(at: Situation) -> None:
    _, selection = sign_drawn(at, drawn_in)
    assert selection.assigned_to is None


@pytest.mark.parametrize(
    ("changes", "trigger"),
    [
        (
            {"record_dispositions_state": "requested", "record_dispositions_on": "2024-12-02"},
            "records_missing",
        ),
        (
            {
                "factor_other_aggravating_presence": "present",
                "factor_other_aggravating_weight": "decisive",
                "factor_other_aggravating_why": "Twice within a year.",
                "factor_other_aggravating_pins": [CONDUCT.ref],
            },
            "outside_the_lists",
        ),
        (
            {
                "factor_other_aggravating_presence": "present",
                "factor_other_aggravating_weight": "material",
                "factor_other_aggravating_why": "Twice within a year.",
                "factor_other_aggravating_pins": [CONDUCT.ref],
            },
            "outside_the_lists",
        ),
        (
            {
                "public_safety_finding": "not_found",
                "public_safety_last_conduct": None,
                "public_safety_why_current": None,
                "no_priority_ground": "A carrier asked twice.",
            },
            "no_priority_found",
        ),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_trigger_is_reviewed_whatever_is_drawn(
    at: Situation, boss: User, changes: dict[str, Any], trigger: str
) -> None:
    decision, selection = sign_drawn(at, not_drawn, **changes)
    assert decision.state == workflow.SUBMITTED
    assert trigger in selection.triggers
    assert (selection.probability, selection.stage_per_thousand, selection.assigned_to) == (1000, 250, boss)
    entry = Entry.objects.get(pk=selection.entry_id)
    assert trigger.encode() not in bytes(entry.bytes)
    assert situations.told(entry)["triggers"] == selection.triggers


def test_an_office_without_another_supervisor_is_reviewed_elsewhere(at: Situation) -> None:
    far = factories.user("supervisor", at=situations.second_office())
    decision, selection = sign_drawn(at, drawn_in)
    assert (selection.assigned_to, selection.office_id, decision.assigned_to) == (far, far.office_id, far)
    assert situations.client(far).get(detail_url(decision)).status_code == 200


def test_but_a_restricted_case_of_it_is_not(at: Situation) -> None:
    factories.user("supervisor", at=situations.second_office())
    Case.objects.filter(pk=at.case.pk).update(restricted=True, version=at.case.version + 1)
    _, selection = sign_drawn(at, drawn_in)
    assert selection.assigned_to is None


def test_a_withdrawn_draft_of_the_same_is_a_trigger(at: Situation) -> None:
    withdraw_decision(actor=at.officer.actor(), user=at.officer, decision=situations.started(at))
    _, selection = sign_drawn(at, not_drawn)
    assert selection.triggers == ["restarted_draft"]


def test_lapsed_training_is_a_trigger(office: Office) -> None:
    at = situations.ready(factories.user("officer", at=office, trained=False))
    _, selection = sign_drawn(at, not_drawn)
    assert selection.triggers == ["training_lapsed"]


def test_a_return_is_never_signed_away(at: Situation, boss: User) -> None:
    decision, _ = sign_drawn(at, drawn_in)
    send_back(boss, decision, "Say when the last drive was.")
    situations.answer_points(Decision.objects.get(pk=decision.pk), 1)
    situations.sign(situations.fill(at, Decision.objects.get(pk=decision.pk), outcome="decline"))
    second = Selection.objects.get(decision=decision, version_number=2)
    assert (second.triggers, second.probability, second.decide_first) == (["returned_before"], 1000, False)
    assert Decision.objects.get(pk=decision.pk).state == workflow.SUBMITTED


# Full review


def test_an_office_that_begins_anew_is_reviewed_in_full_for_its_days(office: Office, at: Situation) -> None:
    day = situations.DAY
    order_full_review(
        actor=at.officer.actor(),
        user=None,
        office=office,
        reason="new_office",
        starts=day - datetime.timedelta(days=89),
        ends=day + datetime.timedelta(days=1),
    )
    decision, selection = sign_drawn(at, not_drawn)
    assert decision.state == workflow.SUBMITTED
    assert (selection.full, selection.probability, selection.assigned_to) == (True, 1000, None)


def test_from_its_end_on_the_sample_holds(office: Office, at: Situation) -> None:
    FullReview.objects.create(
        office=office,
        reason="new_office",
        starts=datetime.date(2024, 9, 1),
        ends=situations.DAY,
        recorded_at=now(),
    )
    decision, _ = sign_drawn(at, not_drawn)
    assert decision.state == workflow.SIGNED_NOT_SELECTED


@pytest.mark.parametrize(
    ("day", "full"),
    [("2021-11-29", True), ("2022-02-26", True), ("2022-02-27", False), ("2024-12-10", False)],
)
def test_the_editions_first_ninety_days(office: Office, day: str, full: bool) -> None:
    assert stage_of(EDITION, office.pk, datetime.date.fromisoformat(day)).full is full


# The seed


def test_the_digest_is_in_the_log_before_the_first_signature(at: Situation) -> None:
    situations.signed(at)
    entries = list(Entry.objects.order_by("id").values_list("event", flat=True))
    assert entries.index("review.seed.committed") < entries.index("assessment.decision.signed")
    told = situations.told(Entry.objects.get(event="review.seed.committed"))
    seed = Seed.objects.get()
    assert told == {"seed": str(seed.pk), "digest": digest_of(bytes(seed.secret))}
    assert bytes(seed.secret).hex().encode() not in b"".join(
        bytes(entry.bytes) for entry in Entry.objects.all()
    )


def test_a_published_seed_repeats_every_draw(at: Situation) -> None:
    decision, selection = sign_drawn(at, drawn_in)
    assert retire_seed() is None
    retired = retire_seed(older_than=datetime.timedelta())
    assert retired is not None
    told = situations.told(Entry.objects.get(event="review.seed.published"))
    assert digest_of(bytes.fromhex(told["secret"])) == told["digest"]
    again = draw(bytes.fromhex(told["secret"]), decision.pk, 1)
    assert again.sample == selection.draw
    assert Seed.objects.filter(closed_at__isnull=True).count() == 1
    assert Entry.objects.filter(event="review.seed.committed").count() == 2


def test_a_draw_takes_the_decision_and_the_version_and_nothing_else() -> None:
    identifier = new_id()
    assert draw(b"x" * 32, identifier, 1) == draw(b"x" * 32, identifier, 1)
    assert draw(b"x" * 32, identifier, 1) != draw(b"x" * 32, identifier, 2)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE review_selection SET selected = true",
        "DELETE FROM review_selection",
        "UPDATE review_seed SET secret = 'x'",
        "DELETE FROM review_seed",
        "UPDATE review_fullreview SET ends = NULL",
    ],
)
def test_the_database_changes_no_draw(at: Situation, sql: str) -> None:
    situations.signed(at)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_version_is_drawn_once(at: Situation) -> None:
    _, selection = sign_drawn(at, drawn_in)
    selection.pk = selection.entry_id = new_id()
    with pytest.raises(DatabaseError, match="one_draw_per_version"), transaction.atomic():
        selection.save(force_insert=True)


def test_a_share_of_a_thousand_is_drawn() -> None:
    """The numbers are spread evenly enough: ten thousand draws of a quarter give about a quarter."""
    taken = sum(draw(b"a fixed secret for this test", new_id(), 1).sample < 250 for _ in range(10_000))
    assert 2200 < taken < 2800
