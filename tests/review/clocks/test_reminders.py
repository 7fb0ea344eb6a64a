"""Reminders are rows: due by working days, sent once, kept by whatever dies, and deciding nothing."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import User
from assessment import workflow
from assessment.models import Decision
from ledger.clock import now
from ledger.models import Entry
from review.clocks import reminders as clocks
from review.models import Notification, Reminder
from review.services import claim
from tests import factories
from tests.assessment import situations
from tests.assessment.situations import Situation
from tests.review.samples import approve

pytestmark = [pytest.mark.django_db, pytest.mark.clause("V.B#23")]

DUE = datetime.date(2024, 12, 11)


@pytest.fixture
def on_day(settings: Any) -> Any:
    def set_day(day: str) -> None:
        settings.PRACTICE_DATE = datetime.date.fromisoformat(day)

    return set_day


def test_a_signature_plans_its_reminders_by_working_days(waiting: Decision) -> None:
    planned = {row.kind: row.due_at.date() for row in waiting.reminders.all()}
    assert waiting.due_on == DUE
    assert planned == {
        "due": DUE,
        "overdue": datetime.date(2024, 12, 12),
        "escalated": datetime.date(2024, 12, 13),
    }


def test_urgent_ones_are_due_sooner(at: Situation) -> None:
    urgent, ordinary = situations.signed(at), situations.signed(at, "notice_to_appear")
    assert (urgent.urgency, urgent.due_on) == ("detained", DUE)
    assert (ordinary.urgency, ordinary.due_on) == ("", datetime.date(2024, 12, 12))


def test_nothing_is_sent_before_its_day(waiting: Decision, boss: User) -> None:
    assert clocks.sweep() == 0
    assert not Notification.objects.exists()


def test_everybody_of_the_office_is_told_where_nobody_has_it(
    waiting: Decision, boss: User, other_boss: User, far_boss: User, on_day: Any
) -> None:
    on_day("2024-12-11")
    assert clocks.sweep() == 1
    assert {row.user for row in Notification.objects.all()} == {boss, other_boss}
    told = situations.told(Entry.objects.get(event="review.reminder.sent"))
    assert told == {"number": 1, "reminder": "due", "people": 2}


def test_whoever_has_it_is_told_alone_and_everybody_once_it_is_late(
    waiting: Decision, boss: User, other_boss: User, on_day: Any
) -> None:
    claim(actor=boss.actor(), user=boss, decision=waiting)
    on_day("2024-12-12")
    assert clocks.sweep() == 2
    assert {row.user for row in Notification.objects.all()} == {boss}
    on_day("2024-12-13")
    assert clocks.sweep() == 1
    late = Notification.objects.filter(reminder__kind="escalated")
    assert {row.user for row in late} == {boss, other_boss}


def test_a_clock_decides_nothing(waiting: Decision, boss: User, on_day: Any) -> None:
    on_day("2025-01-15")
    clocks.sweep()
    stored = Decision.objects.get(pk=waiting.pk)
    assert (stored.state, stored.claimed_by, stored.due_on) == (workflow.SUBMITTED, None, DUE)
    assert not stored.reviews.exists()


def test_a_second_sweep_sends_nothing_more(waiting: Decision, boss: User, on_day: Any) -> None:
    on_day("2024-12-11")
    clocks.sweep()
    assert clocks.sweep() == 0
    assert Notification.objects.count() == 1


def test_a_worker_that_died_after_taking_loses_nothing(waiting: Decision, boss: User, on_day: Any) -> None:
    on_day("2024-12-11")
    taken = clocks._take()
    assert len(taken) == 1
    # Another worker leaves it alone while the first may still be at it.
    assert clocks.sweep() == 0
    Reminder.objects.filter(pk=taken[0]).update(claimed_at=now() - datetime.timedelta(minutes=6))
    assert clocks.sweep() == 1
    row = Reminder.objects.get(pk=taken[0])
    assert (row.attempts, row.done_at is not None) == (2, True)
    assert Notification.objects.count() == 1


def test_a_worker_that_died_before_the_end_tells_nobody_twice(
    waiting: Decision, boss: User, on_day: Any
) -> None:
    on_day("2024-12-11")
    clocks.sweep()
    Reminder.objects.filter(kind="due").update(done_at=None, claimed_at=None)
    assert clocks.sweep() == 1
    assert Notification.objects.count() == 1


def test_a_review_that_is_over_is_not_reminded_of(waiting: Decision, boss: User, on_day: Any) -> None:
    approve(boss, waiting)
    on_day("2024-12-13")
    assert clocks.sweep() == 3
    assert not Notification.objects.exists()


def test_a_date_that_moved_is_waited_for(waiting: Decision, boss: User, on_day: Any) -> None:
    Decision.objects.filter(pk=waiting.pk).update(due_on=datetime.date(2024, 12, 17))
    on_day("2024-12-11")
    assert clocks.sweep() == 0
    on_day("2024-12-17")
    assert clocks.sweep() == 1
    assert Notification.objects.get().reminder.kind == "due"


def test_my_work_lists_it_until_it_is_put_aside(waiting: Decision, boss: User, on_day: Any) -> None:
    on_day("2024-12-11")
    clocks.sweep()
    web = situations.client(boss)
    assert "A review is due" in situations.main_of(web.get("/"))
    one = Notification.objects.get()
    other = situations.client(factories.user("supervisor"))
    other.post(reverse("review:seen", args=[one.pk]))
    assert Notification.objects.get().seen_at is None
    assert web.post(reverse("review:seen", args=[one.pk])).status_code == 302
    assert "A review is due" not in situations.main_of(web.get("/"))


def test_a_mail_names_nobody(
    at: Situation, waiting: Decision, boss: User, on_day: Any, settings: Any
) -> None:
    settings.MAIL_ENABLED = True
    boss.email = "wexmoor@agency.example"
    boss.save()
    on_day("2024-12-11")
    clocks.sweep()
    clocks.sweep()
    (sent,) = mail.outbox
    assert sent.to == ["wexmoor@agency.example"]
    for word in ("Quillworth", "Tamsin", str(waiting.pk), str(at.case.pk), at.officer.full_name, "etainer"):
        assert word not in f"{sent.subject} {sent.body}"


def test_a_mail_server_that_is_away_delays_the_mail_and_nothing_else(
    waiting: Decision, boss: User, on_day: Any, settings: Any
) -> None:
    settings.MAIL_ENABLED = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    boss.email = "wexmoor@agency.example"
    boss.save()
    on_day("2024-12-11")
    assert clocks.sweep() == 1
    assert Notification.objects.get().mailed_at is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    clocks.sweep()
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_everybody_once(settings: Any) -> None:
    at = situations.ready()
    situations.signed(at)
    situations.signed(at, "notice_to_appear")
    bosses = [factories.user("supervisor") for _ in range(2)]
    settings.PRACTICE_DATE = datetime.date(2024, 12, 12)

    def work(place: int) -> None:
        clocks.sweep()

    assert situations.together(4, work) == []
    # Both are due; of the first, a detainer, it is overdue too.
    assert Reminder.objects.filter(done_at__isnull=False).count() == 3
    assert Notification.objects.count() == 3 * len(bosses)
    assert Entry.objects.filter(event="review.reminder.sent").count() == 3
