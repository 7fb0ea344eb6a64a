"""An oral approval is recorded with its own time, marks the decision, and is confirmed or not by who gave it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from assessment import workflow
from assessment.errors import NotAllowed
from assessment.models import Decision, Execution
from assessment.services import record_execution
from ledger.clock import now
from ledger.ids import new_id
from ledger.models import Entry
from review.clocks import reminders as clocks
from review.errors import Refused
from review.models import Absence, Notification, OralApproval, Review
from review.oral.services import record_oral_approval
from review.services import claim, release
from tests.assessment import situations
from tests.assessment.situations import Situation
from tests.review.samples import approve, detail_url, send_back

pytestmark = [pytest.mark.django_db, pytest.mark.clause("V.B#23")]

MARK = "Approved orally, to be confirmed"
GIVEN = datetime.datetime(2024, 12, 9, 22, 30, tzinfo=datetime.UTC)
FIELDS = {"oral_on": "2024-12-09", "oral_time": "22:30", "oral_means": "phone", "oral_why": "release_near"}


def record(at: Situation, decision: Decision, boss: User, **changes: Any) -> OralApproval:
    given: dict[str, Any] = {
        "user": at.officer,
        "approver": boss.pk,
        "given_at": GIVEN,
        "means": "phone",
        "why": "release_near",
    }
    given |= changes
    return record_oral_approval(actor=given["user"].actor(), decision=decision, **given)


def again(decision: Decision) -> Decision:
    return Decision.objects.get(pk=decision.pk)


def executed(at: Situation, decision: Decision) -> Execution:
    return record_execution(
        actor=at.officer.actor(),
        user=at.officer,
        decision=decision,
        carried_out=True,
        on=situations.DAY,
        note="",
    )


def test_it_keeps_both_times_and_stays_in_review(at: Situation, waiting: Decision, boss: User) -> None:
    row = record(at, waiting, boss)
    stored = again(waiting)
    assert (stored.state, stored.assigned_to) == (workflow.SUBMITTED, boss)
    assert stored.due_on == row.confirm_by == datetime.date(2024, 12, 11)
    assert not Review.objects.exists()
    told = situations.told(Entry.objects.get(event="review.oral.recorded"))
    assert (told["approver"], told["given_to"]) == (str(boss.pk), str(at.officer.pk))
    assert told["given_at"] == "2024-12-09T22:30+00:00"
    assert told["lag_minutes"] == int((row.recorded_at - GIVEN).total_seconds()) // 60 > 0


def test_every_page_says_so(at: Situation, waiting: Decision, boss: User) -> None:
    record(at, waiting, boss)
    signed = reverse("assessment:signed", args=[waiting.pk, 1])
    officer, supervisor = situations.client(at.officer), situations.client(boss)
    for web, address in (
        (officer, situations.tasks_url(waiting)),
        (officer, signed),
        (officer, reverse("cases:detail", args=[at.case.pk])),
        (officer, "/"),
        (supervisor, detail_url(waiting)),
        (supervisor, reverse("review:queue")),
    ):
        assert MARK in situations.main_of(web.get(address)), address
    body = situations.main_of(supervisor.get(detail_url(waiting)))
    assert f"{boss.full_name} approved it on 2024-12-09 22:30 UTC, by telephone, to" in body


@pytest.mark.parametrize("verb", ["confirmed", "not_confirmed"])
def test_who_said_so_confirms_or_returns_it_by_the_ordinary_form(
    at: Situation, waiting: Decision, boss: User, verb: str
) -> None:
    record(at, waiting, boss)
    if verb == "confirmed":
        approve(boss, waiting)
    else:
        send_back(boss, waiting, "Ask about the children.")
    entry = Entry.objects.filter(event__startswith="review.decision.").order_by("id").last()
    assert entry is not None
    assert situations.told(entry)["oral"] == verb
    words = "confirmed" if verb == "confirmed" else "not confirmed"
    body = situations.main_of(situations.client(at.officer).get(situations.tasks_url(waiting)))
    assert f"Approved orally, {words}" in body
    assert MARK not in body


def test_confirming_needs_an_own_answer_and_reason(at: Situation, waiting: Decision, boss: User) -> None:
    record(at, waiting, boss)
    for verb in (approve, lambda who, one, **more: send_back(who, one, "A point.", **more)):
        with pytest.raises(Refused) as refused:
            verb(boss, waiting, answer="", reason="")
        assert set(refused.value.errors) == {"review_overriding_answer", "review_reason"}
    assert again(waiting).state == workflow.SUBMITTED


def test_another_supervisor_leaves_it_to_who_said_so(
    at: Situation, waiting: Decision, boss: User, other_boss: User
) -> None:
    claim(actor=other_boss.actor(), user=other_boss, decision=waiting)
    record(at, waiting, boss)
    with pytest.raises(Refused, match=f"{boss.full_name} approved it orally"):
        approve(other_boss, waiting)
    release(actor=other_boss.actor(), user=other_boss, decision=waiting)
    approve(boss, waiting)
    assert again(waiting).state == workflow.APPROVED


def test_a_cover_may_review_it_and_the_entry_says_so(
    at: Situation, waiting: Decision, boss: User, other_boss: User
) -> None:
    record(at, waiting, boss)
    away(boss, other_boss)
    approve(other_boss, waiting)
    told = situations.told(Entry.objects.get(event="review.decision.approved"))
    assert told["oral"] == "by_another"


def away(person: User, cover: User) -> None:
    Absence.objects.create(
        person=person,
        cover=cover,
        starts=datetime.date(2024, 12, 2),
        ends=datetime.date(2024, 12, 20),
        recorded_by=cover,
        recorded_at=now(),
    )


def test_an_overdue_one_is_told_and_never_confirmed(
    at: Situation, waiting: Decision, boss: User, other_boss: User, settings: Any
) -> None:
    ordinary = situations.signed(at, "notice_to_appear")
    assert ordinary.due_on == datetime.date(2024, 12, 12)
    record(at, ordinary, boss)
    settings.PRACTICE_DATE = datetime.date(2024, 12, 11)
    clocks.sweep()
    assert {row.user for row in Notification.objects.filter(reminder__decision=ordinary)} == {boss}
    settings.PRACTICE_DATE = datetime.date(2024, 12, 13)
    clocks.sweep()
    late = Notification.objects.filter(reminder__decision=ordinary, reminder__kind="escalated")
    assert {row.user for row in late} == {boss, other_boss}
    assert (again(ordinary).state, ordinary.reviews.exists()) == (workflow.SUBMITTED, False)
    body = situations.main_of(situations.client(boss).get(detail_url(ordinary)))
    assert "That day is past; nothing confirms it by itself." in body


# Who and what is refused


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"approver": None}, "oral_supervisor"),
        ({"given_at": None}, "oral_on"),
        ({"given_at": datetime.datetime(2024, 12, 11, 1, 0, tzinfo=datetime.UTC)}, "oral_on"),
        ({"means": "letter"}, "oral_means"),
        ({"why": ""}, "oral_why"),
    ],
)
def test_each_field_is_asked_for(
    at: Situation, waiting: Decision, boss: User, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        record(at, waiting, boss, **changes)
    assert set(refused.value.errors) == {field}
    assert not OralApproval.objects.exists()


def test_it_is_recorded_once_and_by_its_author(
    at: Situation, waiting: Decision, boss: User, far_boss: User
) -> None:
    with pytest.raises(Refused, match="heard the approval"):
        record(at, waiting, boss, user=boss)
    with pytest.raises(Refused) as refused:
        record(at, waiting, far_boss)
    assert set(refused.value.errors) == {"oral_supervisor"}
    record(at, waiting, boss)
    with pytest.raises(Refused, match="recorded already"):
        record(at, waiting, boss)


def test_the_stand_in_of_the_author_is_no_approver(at: Situation, waiting: Decision, boss: User) -> None:
    away(at.officer, boss)
    with pytest.raises(Refused, match="covered for the author"):
        record(at, waiting, boss)


def test_the_database_refuses_the_author_too(at: Situation, waiting: Decision, boss: User) -> None:
    with pytest.raises(IntegrityError, match="four eyes"), transaction.atomic():
        OralApproval.objects.create(
            decision=waiting,
            version_number=1,
            approver=at.officer,
            given_to=boss,
            means="phone",
            why="release_near",
            given_at=GIVEN,
            recorded_at=now(),
            confirm_by=situations.DAY,
            entry_id=new_id(),
            at=now(),
        )


def test_a_decided_one_needs_none(at: Situation, waiting: Decision, boss: User) -> None:
    approve(boss, waiting)
    with pytest.raises(Refused, match="approved now"):
        record(at, waiting, boss)


# What was done on it


def test_what_was_done_may_be_recorded_before_it_is_confirmed(
    at: Situation, waiting: Decision, boss: User
) -> None:
    with pytest.raises(NotAllowed):
        executed(at, waiting)
    record(at, waiting, boss)
    assert executed(at, again(waiting)).before_review
    assert situations.told(Entry.objects.get(event="assessment.execution.recorded"))["before_review"]
    body = situations.main_of(situations.client(at.officer).get(situations.tasks_url(waiting)))
    assert "on an oral approval, before it was confirmed" in body


def test_a_new_version_is_not_approved_by_the_word_about_the_old(
    at: Situation, waiting: Decision, boss: User
) -> None:
    record(at, waiting, boss)
    send_back(boss, waiting, "Ask about the children.")
    situations.answer_points(again(waiting), 1)
    situations.sign(again(waiting))
    stored = again(waiting)
    assert (stored.state, stored.state_words) == (workflow.SUBMITTED, "Waiting for review")
    with pytest.raises(NotAllowed):
        executed(at, stored)


def test_a_version_after_what_was_done_is_reviewed_because_of_it(
    at: Situation, waiting: Decision, boss: User
) -> None:
    record(at, waiting, boss)
    executed(at, again(waiting))
    send_back(boss, waiting, "Ask about the children.")
    situations.answer_points(again(waiting), 1)
    situations.sign(again(waiting))
    assert "after_action" in waiting.selections.get(version_number=2).triggers


# The page


def test_the_form_keeps_what_was_written_and_names_what_is_wrong(
    at: Situation, waiting: Decision, boss: User
) -> None:
    web = situations.client(at.officer)
    address = reverse("review:oral", args=[waiting.pk])
    answer = web.post(address, FIELDS | {"oral_supervisor": str(boss.pk), "oral_time": "25:99"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Write the time as 14:05." in text
    assert 'value="25:99"' in text
    assert 'value="2024-12-09"' in text
    answer = web.post(address, FIELDS | {"oral_supervisor": str(boss.pk)})
    assert answer.status_code == 302
    assert OralApproval.objects.get().given_at == GIVEN
    assert web.get(address).status_code == 302


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_both_outcomes_ask_the_same(at: Situation, boss: User, outcome: str) -> None:
    decision = situations.signed(at, outcome=outcome)
    page = situations.main_of(situations.client(at.officer).get(reverse("review:oral", args=[decision.pk])))
    assert [page.count(f'name="{name}"') for name in (*FIELDS, "oral_supervisor")] == [1] * 5
    record(at, decision, boss)
    assert again(decision).state_words == f"Waiting for review. {MARK}"
