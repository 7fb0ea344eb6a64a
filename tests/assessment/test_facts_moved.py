"""A signed decision and its facts: when one moves, people are told, and the decision stays as it was signed."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from accounts.models import Role, User
from assessment import services
from assessment.errors import NotAllowed, RulesUnmet
from assessment.models import Decision, DecisionVersion, Execution, Task
from assessment.pages import field_views
from assessment.selectors import working
from assessment.stops import services as stop_services
from cases import services as case_services
from cases.dates import UncertainDate
from ledger.models import Entry
from tests import factories
from tests.assessment import situations
from tests.assessment.drafts import CONVICTION, GRAVITY, present
from tests.assessment.situations import DAY, Situation, events, fill, sign, signed, started
from tests.assessment.stopping import approve, approved, vacate
from tests.assessment.test_mandate_lane import mandated
from tests.review.samples import send_back

pytestmark = pytest.mark.django_db


def moved(at: Situation) -> list[Task]:
    return list(Task.objects.filter(case=at.case, kind="facts_moved", done_at__isnull=True))


def page_of(at: Situation, decision: Decision) -> str:
    url = reverse("assessment:signed", args=[decision.pk, 1])
    return situations.main_of(situations.client(at.officer).get(url))


def test_a_vacated_conviction_opens_one_task_and_leaves_the_signed_page(at: Situation) -> None:
    decision = approved(at)
    before = page_of(at, decision)
    entry = Entry.objects.get(event="assessment.decision.signed")
    kept = bytes(entry.bytes)
    vacate(at)
    (task,) = moved(at)
    assert (task.decision, task.due_on) == (decision, datetime.date(2024, 12, 11))
    assert events(at.case, "assessment.task.") == ["assessment.task.opened"]
    assert page_of(at, decision) == before
    assert bytes(Entry.objects.get(pk=entry.pk).bytes) == kept
    assert Decision.objects.get(pk=decision.pk).state == "approved"
    for who in (at.officer, factories.user(Role.SUPERVISOR)):
        assert task.words in situations.main_of(situations.client(who).get(reverse("home")))


def test_the_new_assessment_cannot_pin_it_to_an_aggravating_factor(at: Situation) -> None:
    approved(at)
    vacate(at)
    decision = fill(at, started(at))
    with pytest.raises(RulesUnmet) as refused:
        sign(decision)
    rules = {one.rule for one in refused.value.unmet}
    assert "vacated_conviction_not_aggravating" in rules
    # The conduct itself, from a source of its own, can be pinned.
    conduct = present(GRAVITY) | {f"factor_{GRAVITY}_pins": [at.facts["conduct"]]}
    sign(fill(at, decision, **conduct))


def test_the_page_says_of_each_fact_whether_it_may_be_pinned(at: Situation) -> None:
    approved(at)
    vacate(at)
    decision = started(at)
    work = working(decision.assessment, decision)
    views = {view.name: view for view in field_views(work, "factors", {}, {})}
    pins = views[f"factor_{GRAVITY}_presence"].dependants
    labels = [option.label for view in pins if view.kind == "pins" for option in view.options]
    assert any("acated" in label for label in labels)


@pytest.mark.parametrize("change", ["vacate", "withdraw", "change_conduct"])
def test_every_change_of_a_pinned_fact_is_told(at: Situation, change: str) -> None:
    signed(at)
    if change == "vacate":
        vacate(at)
    elif change == "withdraw":
        at.withdraw("presence")
    else:
        at.change_conduct("Drove slowly")
    assert len(moved(at)) == 1


def test_two_changes_are_one_task_and_a_fact_that_nobody_pinned_is_none(at: Situation) -> None:
    lone = case_services.record_fact(
        actor=at.officer.actor(),
        user=at.officer,
        case=at.case,
        kind="conduct",
        details={"what": "Something else"},
        on=UncertainDate.parse("2023"),
    )
    approved(at)
    case_services.withdraw_fact(actor=at.officer.actor(), user=at.officer, fact=lone, version=1)
    assert moved(at) == []
    vacate(at)
    at.change_conduct("Drove slowly")
    assert len(moved(at)) == 1


def test_a_draft_and_a_withdrawn_decision_open_none(at: Situation) -> None:
    decision = fill(at, started(at))
    vacate(at)
    assert moved(at) == []
    services.withdraw_decision(actor=at.officer.actor(), user=at.officer, decision=decision)
    at.change_conduct("Drove slowly")
    assert moved(at) == []


def test_a_signed_decision_that_came_back_and_was_withdrawn_opens_none(at: Situation) -> None:
    decision = signed(at)
    send_back(factories.user(Role.SUPERVISOR), decision, "Ask again.")
    services.withdraw_decision(actor=at.officer.actor(), user=at.officer, decision=decision)
    vacate(at)
    assert moved(at) == []


def test_a_failing_entry_takes_the_change_back(at: Situation, monkeypatch: pytest.MonkeyPatch) -> None:
    approved(at)

    def fails(*entries: Any) -> Any:
        raise RuntimeError("no log")

    monkeypatch.setattr(stop_services, "append", fails)
    with pytest.raises(RuntimeError):
        vacate(at)
    at.rows["conviction"].refresh_from_db()
    assert at.rows["conviction"].version == 1
    assert moved(at) == []


def test_the_task_is_closed_once_by_the_office_with_an_entry(at: Situation) -> None:
    approved(at)
    vacate(at)
    (task,) = moved(at)
    far = factories.user(Role.SUPERVISOR, at=situations.second_office())
    with pytest.raises(NotAllowed, match="another office"):
        stop_services.close_task(actor=far.actor(), user=far, task=task)
    assert moved(at) == [task]
    for _ in range(2):
        stop_services.close_task(actor=at.officer.actor(), user=at.officer, task=task)
    assert events(at.case, "assessment.task.closed") == ["assessment.task.closed"]
    at.change_conduct("Drove slowly")
    assert len(moved(at)) == 1


def test_what_was_carried_out_moves_no_more(at: Situation) -> None:
    decision = approved(at)
    record(at.officer, decision)
    vacate(at)
    assert moved(at) == []


def test_a_vacated_predicate_reopens_the_mandate_lane(at: Situation) -> None:
    """What the statute rests on is a pin like any other."""
    decision = mandated(at)
    sign(decision)
    approve(Decision.objects.get(pk=decision.pk))
    vacate(at)
    assert [task.decision for task in moved(at)] == [decision]


# Carried out


def record(who: User, decision: Decision, **changes: Any) -> Execution:
    given: dict[str, Any] = {"carried_out": True, "on": DAY, "note": "By fax."}
    return services.record_execution(actor=who.actor(), user=who, decision=decision, **(given | changes))


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR])
def test_what_was_done_is_recorded_once_by_the_office(at: Situation, role: Role) -> None:
    decision = approved(at)
    done = record(factories.user(role), decision)
    assert (done.carried_out, done.on, done.note) == (True, DAY, "By fax.")
    assert events(at.case, "assessment.execution.") == ["assessment.execution.recorded"]
    entry = Entry.objects.get(event="assessment.execution.recorded")
    assert b"By fax" not in bytes(entry.bytes)
    assert situations.told(entry)["note"] == "By fax."
    with pytest.raises(NotAllowed, match="recorded already"):
        record(at.officer, decision, carried_out=False)
    assert Execution.objects.count() == 1


def test_not_of_another_office(at: Situation) -> None:
    decision = approved(at)
    far = factories.user(Role.OFFICER, at=situations.second_office())
    with pytest.raises(NotAllowed, match="Only the decision's office"):
        record(far, decision)
    url = reverse("assessment:executed", args=[decision.pk])
    sent = {"carried_out": "yes", "on": "2024-12-10"}
    assert situations.client(far).post(url, sent).status_code == 404
    assert not Execution.objects.exists()


def test_only_of_an_approved_decision_to_act(at: Situation) -> None:
    draft = fill(at, started(at))
    with pytest.raises(NotAllowed, match="for no other"):
        record(at.officer, draft)
    sign(draft)
    with pytest.raises(NotAllowed, match="for no other"):
        record(at.officer, Decision.objects.get(pk=draft.pk))
    declined = approve_declined(at)
    with pytest.raises(NotAllowed, match="for no other"):
        record(at.officer, declined)
    assert not Execution.objects.exists()


def approve_declined(at: Situation) -> Decision:
    return approved(at, "notice_to_appear", outcome="decline")


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"on": None}, "Write the day"), ({"on": DAY + datetime.timedelta(days=1)}, "lies ahead")],
)
def test_the_day_is_needed_and_is_no_later_than_today(
    at: Situation, changes: dict[str, Any], words: str
) -> None:
    decision = approved(at)
    with pytest.raises(NotAllowed, match=words):
        record(at.officer, decision, **changes)
    assert not Execution.objects.exists()
    assert record(at.officer, decision, carried_out=False, on=None).on is None


def test_the_database_keeps_it(at: Situation) -> None:
    done = record(at.officer, approved(at))
    for change in (
        lambda: Execution.objects.filter(pk=done.pk).update(carried_out=False),
        lambda: Execution.objects.filter(pk=done.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(IntegrityError), transaction.atomic():
        Execution.objects.create(
            decision=done.decision, carried_out=False, recorded_by=at.officer, recorded_at=done.recorded_at
        )
    assert Execution.objects.get().carried_out


def test_the_page_records_it(at: Situation) -> None:
    decision = approved(at)
    web = situations.client(at.officer)
    assert 'name="carried_out"' in situations.main_of(web.get(situations.tasks_url(decision)))
    url = reverse("assessment:executed", args=[decision.pk])
    for sent in ({"carried_out": "yes"}, {"carried_out": "yes", "on": "2024"}):
        answer = web.post(url, sent, follow=True)
        assert "Not recorded" in answer.content.decode()
    web.post(url, {"carried_out": "yes", "on": "2024-12-10"})
    assert Execution.objects.get().on == DAY
    assert 'name="carried_out"' not in situations.main_of(web.get(situations.tasks_url(decision)))


def test_the_pins_of_a_version_are_kept_for_the_question(at: Situation) -> None:
    version = DecisionVersion.objects.get(decision=signed(at))
    pinned = {(pin.fact_id, pin.fact_version) for pin in version.pins.all()}
    assert pinned == {(row.pk, 1) for row in at.rows.values()}
    assert CONVICTION.kind in at.rows
