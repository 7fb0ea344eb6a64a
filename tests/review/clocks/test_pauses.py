"""A paused clock stands still and says so; it reminds nobody, decides nothing, and moves the due date when it ends."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, transaction
from django.urls import reverse

from accounts.models import User
from assessment import workflow
from assessment.models import Decision
from assessment.workdays import working_days_between
from ledger.clock import now
from ledger.ids import new_id
from ledger.models import Entry
from review.clocks import reminders as clocks
from review.clocks.pausing import pause_clock, resume_clock
from review.desk import team
from review.desk.filters import QueueFilter
from review.desk.queue import queue
from review.errors import Refused, Taken
from review.models import Notification, Pause
from review.services import release
from tests.assessment import situations
from tests.assessment.situations import Situation
from tests.review.oral.test_oral_approval import record
from tests.review.samples import approve, detail_url, many, send_back

pytestmark = [pytest.mark.django_db, pytest.mark.clause("V.B#23")]

DAY, DUE = datetime.date(2024, 12, 10), datetime.date(2024, 12, 11)
NOTE = "The court of Wexmoor sends the docket next week."
WORDS = "Paused since 2024-12-10: records awaited from another agency"


@pytest.fixture
def on_day(settings: Any) -> Any:
    def set_day(day: str) -> None:
        settings.PRACTICE_DATE = datetime.date.fromisoformat(day)

    return set_day


def paused(boss: User, decision: Decision, reason: str = "records", note: str = NOTE) -> Pause:
    return pause_clock(
        actor=boss.actor(),
        user=boss,
        decision=decision,
        number=decision.signed_number,
        reason=reason,
        note=note,
    )


def resumed(boss: User, decision: Decision) -> Pause:
    return resume_clock(actor=boss.actor(), user=boss, decision=decision, number=decision.signed_number)


def url(decision: Decision) -> str:
    return reverse("review:pause", args=[decision.pk])


def row_of(author: User, decision: Decision) -> Pause:
    """A pause as no service would write it."""
    return Pause(
        decision=decision,
        version_number=1,
        reason="records",
        note=NOTE,
        paused_by=author,
        paused_on=DAY,
        at=now(),
        entry_id=new_id(),
    )


def test_working_days_between_leave_out_weekends_and_holidays() -> None:
    friday, tuesday = datetime.date(2025, 1, 17), datetime.date(2025, 1, 21)
    # Monday the 20th is the birthday of Martin Luther King, Jr.
    assert working_days_between(friday, tuesday) == 1
    assert working_days_between(friday, friday) == 0
    assert working_days_between(tuesday, friday) == 0


def test_the_due_date_moves_by_the_working_days_paused(waiting: Decision, boss: User, on_day: Any) -> None:
    on_day("2024-12-10")
    paused(boss, waiting)
    assert Decision.objects.get(pk=waiting.pk).due_on == DUE
    on_day("2024-12-16")
    row = resumed(boss, waiting)
    stored = Decision.objects.get(pk=waiting.pk)
    assert (row.working_days, stored.due_on) == (4, datetime.date(2024, 12, 17))
    assert (stored.state, stored.claimed_by) == (workflow.CLAIMED, boss)
    assert {one.kind: one.due_at.date() for one in stored.reminders.all()}["due"] == stored.due_on
    entries = Entry.objects.filter(event__startswith="review.clock.").order_by("id")
    first, last = (situations.told(one) for one in entries)
    assert (first["reason"], first["note"], first["due_on"]) == ("records", NOTE, "2024-12-11")
    assert (last["ended"], last["working_days"]) == ("resumed", 4)
    assert (last["was_due_on"], last["due_on"]) == ("2024-12-11", "2024-12-17")
    assert b"Wexmoor" not in bytes(entries[0].bytes)


def test_nobody_is_reminded_while_it_stands_still(waiting: Decision, boss: User, on_day: Any) -> None:
    on_day("2024-12-10")
    paused(boss, waiting)
    on_day("2024-12-16")
    assert clocks.sweep() == 0
    assert not Notification.objects.exists()
    resumed(boss, waiting)
    assert clocks.sweep() == 0
    on_day("2024-12-17")
    assert clocks.sweep() == 1
    assert Notification.objects.get().reminder.kind == "due"


def test_a_reminder_that_was_taken_before_the_pause_waits(waiting: Decision, boss: User, on_day: Any) -> None:
    on_day("2024-12-11")
    (taken,) = clocks._take()
    paused(boss, waiting)
    assert not clocks._finish(taken)
    assert not Notification.objects.exists()
    resumed(boss, waiting)
    assert clocks.sweep() == 1


def test_a_pause_decides_nothing_however_long(waiting: Decision, boss: User, on_day: Any) -> None:
    paused(boss, waiting)
    on_day("2025-02-10")
    clocks.sweep()
    stored = Decision.objects.get(pk=waiting.pk)
    assert (stored.state, stored.due_on) == (workflow.CLAIMED, DUE)
    assert not stored.reviews.exists()
    assert Pause.objects.get().ended_at is None


@pytest.mark.parametrize(
    ("verb", "ended"),
    [(approve, "decided"), (lambda boss, one: send_back(boss, one, "A point."), "returned")],
)
def test_a_review_ends_the_pause(waiting: Decision, boss: User, on_day: Any, verb: Any, ended: str) -> None:
    on_day("2024-12-10")
    paused(boss, waiting)
    on_day("2024-12-12")
    verb(boss, waiting)
    row = Pause.objects.get()
    assert (row.ended, row.ended_by, row.working_days) == (ended, boss, 2)
    assert situations.told(Entry.objects.get(event="review.clock.resumed"))["ended"] == ended
    stored = Decision.objects.get(pk=waiting.pk)
    assert stored.state == {"decided": workflow.APPROVED, "returned": workflow.RETURNED}[ended]
    assert stored.due_on == datetime.date(2024, 12, 13)


def test_the_queue_says_so_in_its_old_place_and_calls_nothing_late(
    at: Situation, waiting: Decision, boss: User, on_day: Any
) -> None:
    on_day("2024-12-10")
    (later,) = many(at, [datetime.date(2024, 12, 12)], waiting)
    paused(boss, waiting)
    on_day("2024-12-13")
    rows, _ = queue(boss, QueueFilter())
    assert [(one.id, one.overdue) for one in rows] == [(waiting.pk, False), (later.pk, True)]
    assert [one.paused for one in rows] == [WORDS, ""]
    web = situations.client(boss)
    assert WORDS in situations.main_of(web.get(reverse("review:queue")))
    assert web.get("/api/v1/review/").json()["results"][0]["paused"] == WORDS
    resumed(boss, waiting)
    assert WORDS not in situations.main_of(web.get(reverse("review:queue")))


def test_the_pages_say_so_and_that_the_person_is_held(
    at: Situation, waiting: Decision, boss: User, on_day: Any
) -> None:
    on_day("2024-12-10")
    web = situations.client(boss)
    assert "is held while the clock stands still" in situations.main_of(web.get(url(waiting)))
    paused(boss, waiting)
    body = situations.main_of(web.get(detail_url(waiting)))
    for words in (WORDS, NOTE, "is held while the clock stands still", "Resume the clock"):
        assert words in body
    author = situations.client(at.officer)
    told = situations.main_of(author.get(situations.tasks_url(waiting)))
    assert WORDS in told
    assert "Resume the clock" not in told
    resumed(boss, waiting)
    assert "The clock was paused from 2024-12-10" in situations.main_of(web.get(detail_url(waiting)))


def test_the_page_pauses_and_resumes_and_keeps_what_was_written(waiting: Decision, boss: User) -> None:
    web = situations.client(boss)
    refused = web.post(url(waiting), {"number": "1", "pause_reason": "", "pause_note": NOTE})
    assert refused.status_code == 422
    assert NOTE in refused.content.decode()
    sent = {"number": "1", "pause_reason": "interpreter", "pause_note": NOTE}
    assert web.post(url(waiting), sent).status_code == 302
    assert Pause.objects.get().ended_at is None
    assert web.post(url(waiting), {"number": "1", "resume": "yes"}).status_code == 302
    assert Pause.objects.get().ended == "resumed"
    assert web.post(url(waiting), {"number": "1", "resume": "yes"}).status_code == 422


def test_what_is_missing_or_protected_is_refused(waiting: Decision, boss: User) -> None:
    with pytest.raises(Refused) as refused:
        paused(boss, waiting, reason="holiday", note=" ")
    assert set(refused.value.errors) == {"pause_reason", "pause_note"}
    with pytest.raises(Refused) as refused:
        paused(boss, waiting, note="He is a Catholic, and the priest is away.")
    assert set(refused.value.errors) == {"pause_note"}


def test_one_pause_at_a_time_and_another_after_it(waiting: Decision, boss: User, other_boss: User) -> None:
    paused(boss, waiting)
    with pytest.raises(Refused, match="paused already"):
        paused(boss, waiting)
    with pytest.raises(IntegrityError, match="one_open_pause"), transaction.atomic():
        row_of(other_boss, waiting).save(force_insert=True)
    resumed(boss, waiting)
    with pytest.raises(Refused, match="runs already"):
        resumed(boss, waiting)
    paused(boss, waiting, reason="counsel")
    assert Pause.objects.count() == 2


def test_only_who_could_review_it_pauses_or_resumes(
    at: Situation, waiting: Decision, boss: User, other_boss: User, far_boss: User
) -> None:
    with pytest.raises(Decision.DoesNotExist):
        paused(far_boss, waiting)
    paused(boss, waiting)
    with pytest.raises(Taken):
        resumed(other_boss, waiting)
    # Put back, it stays paused, and whoever takes it next resumes it.
    release(actor=boss.actor(), user=boss, decision=waiting)
    assert resumed(other_boss, waiting).ended_by == other_boss


def test_the_author_does_neither_and_the_database_says_so(
    at: Situation, waiting: Decision, boss: User
) -> None:
    with pytest.raises(IntegrityError, match="four eyes"), transaction.atomic():
        row_of(at.officer, waiting).save(force_insert=True)
    paused(boss, waiting)
    row = Pause.objects.get()
    row.ended, row.ended_by, row.ended_on, row.ended_at = "resumed", at.officer, DAY, now()
    row.working_days, row.end_entry_id = 0, new_id()
    with pytest.raises(IntegrityError, match="four eyes"), transaction.atomic():
        row.save(update_fields=["ended", "ended_by", "ended_on", "ended_at", "working_days", "end_entry_id"])


def test_what_the_first_of_two_supervisors_approves_falls_to_the_second_with_a_later_day(
    at: Situation, boss: User, other_boss: User, on_day: Any
) -> None:
    ground = "Three thefts from one shop in a month, the last a week ago."
    decision = situations.signed(at, public_safety_finding="not_found", no_priority_ground=ground)
    on_day("2024-12-10")
    paused(boss, decision)
    on_day("2024-12-11")
    approve(boss, decision)
    stored = Decision.objects.get(pk=decision.pk)
    assert (stored.state, stored.due_on) == (workflow.ESCALATED, datetime.date(2024, 12, 12))
    assert paused(other_boss, stored).ended_at is None


def test_an_author_who_is_a_supervisor_now_does_neither(at: Situation, waiting: Decision, boss: User) -> None:
    at.officer.role = "supervisor"
    at.officer.save()
    for verb in (paused, resumed):
        with pytest.raises(Refused, match="own decision"):
            verb(at.officer, waiting)
    assert "Nothing can be paused" in situations.main_of(situations.client(at.officer).get(url(waiting)))


def test_an_ended_pause_stays_as_it_is(waiting: Decision, boss: User) -> None:
    row = paused(boss, waiting)
    resumed(boss, waiting)
    for change in ({"ended": "decided"}, {"note": "Another note."}, {"ended_at": None}):
        with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
            Pause.objects.filter(pk=row.pk).update(**change)


# What lists by due date


def test_a_paused_one_is_not_due_and_not_late_meanwhile(waiting: Decision, boss: User, on_day: Any) -> None:
    paused(boss, waiting)
    on_day("2024-12-16")
    for due in ("overdue", "today", "soon"):
        assert queue(boss, QueueFilter(due=due))[0] == []
    assert [one.id for one in queue(boss, QueueFilter())[0]] == [waiting.pk]
    assert [one.overdue for one in team.loads(boss)] == [0]
    assert {one.words: one.number for one in team.ageing(boss)} == {
        "Overdue": 0,
        "Due today": 0,
        "Due later": 0,
        "Paused, not due meanwhile": 1,
        "In nobody's hands": 0,
    }
    resumed(boss, waiting)
    assert Decision.objects.get(pk=waiting.pk).due_on == datetime.date(2024, 12, 17)
    assert [one.id for one in queue(boss, QueueFilter(due="soon"))[0]] == [waiting.pk]


def test_what_was_late_before_it_was_paused_stays_late(waiting: Decision, boss: User, on_day: Any) -> None:
    on_day("2024-12-16")
    paused(boss, waiting)
    assert [one.id for one in queue(boss, QueueFilter(due="overdue"))[0]] == [waiting.pk]
    assert [one.overdue for one in team.loads(boss)] == [1]


def test_the_page_says_why_the_day_of_an_oral_approval_stays(
    at: Situation, waiting: Decision, boss: User
) -> None:
    record(at, waiting, boss)
    page = situations.main_of(situations.client(boss).get(url(waiting)))
    assert "The day by which that is confirmed, 2024-12-11, does not move with the clock" in page
