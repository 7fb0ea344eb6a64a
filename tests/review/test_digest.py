"""A kept filter by mail: asked for, once a working day, naming nobody, kept by whatever dies, stopped in one click."""

from __future__ import annotations

import datetime
import zoneinfo
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse

from accounts import zones
from accounts.models import User
from assessment.models import Decision
from ledger.clock import now
from ledger.models import Entry
from review.desk import digest, saved
from review.desk.filters import QueueFilter
from review.desk.queue import count
from review.models import SavedView
from review.tasks import send_digests
from tests import factories
from tests.assessment import situations
from tests.assessment.situations import Situation

pytestmark = pytest.mark.django_db
SAVE = "review:save-view"
DETAINED = QueueFilter(urgency="detained")


@pytest.fixture(autouse=True)
def by_mail(settings: Any) -> None:
    settings.MAIL_ENABLED = True
    settings.PUBLIC_ADDRESS = "https://totality.agency.example"


def with_address(user: User, name: str = "wexmoor") -> User:
    user.email = f"{name}@agency.example"
    user.save()
    return user


def daily(user: User, name: str = "Jail door", chosen: QueueFilter = DETAINED) -> SavedView:
    row = saved.keep(actor=user.actor(), user=user, name=name, chosen=chosen)
    return digest.set_daily(actor=user.actor(), user=user, view=row.pk, daily=True)


def due(*views: SavedView) -> None:
    """As if the morning of these had come."""
    SavedView.objects.filter(pk__in=[one.pk for one in views]).update(
        mail_at=now() - datetime.timedelta(minutes=1)
    )


def test_it_is_asked_for_and_stopped_where_the_filter_is_shown(waiting: Decision, boss: User) -> None:
    row = saved.keep(actor=boss.actor(), user=boss, name="Jail door", chosen=DETAINED)
    web, address = situations.client(with_address(boss)), f"{reverse('review:queue')}?{DETAINED.address()}"
    page = web.get(address).content.decode()
    assert 'name="mail_on"' in page
    answer = web.post(reverse(SAVE), {"mail_on": str(row.pk), "filter": DETAINED.address()}, follow=True)
    assert answer.redirect_chain == [(address, 302)]
    page = answer.content.decode()
    assert "“Jail door” comes by mail from the next working day on." in page
    assert "Stop the mail of “Jail door”" in page
    assert digest.WORDS in page
    answer = web.post(reverse(SAVE), {"mail_off": str(row.pk), "filter": DETAINED.address()}, follow=True)
    assert "“Jail door” no longer comes by mail." in answer.content.decode()
    assert SavedView.objects.get().mail_at is None
    # Twice is once.
    web.post(reverse(SAVE), {"mail_off": str(row.pk)})
    told = [situations.told(one) for one in Entry.objects.filter(event="review.digest.set").order_by("id")]
    assert told == [{"view": str(row.pk), "daily": True}, {"view": str(row.pk), "daily": False}]


def test_it_tells_a_number_and_the_filter_and_nobody(at: Situation, waiting: Decision, boss: User) -> None:
    chosen = QueueFilter(state="waiting", urgency="detained", officer=waiting.created_by_id)
    row = daily(with_address(boss), "Tamsin Quillworth", chosen)
    due(row)
    assert send_digests() == 1
    (sent,) = mail.outbox
    assert sent.to == ["wexmoor@agency.example"]
    lines = sent.body.splitlines()
    assert lines[0] == "A filter that you keep lists 1 decision this morning."
    assert lines[2].startswith("Waiting and not taken, ")
    assert lines[2].endswith(", written by the person you chose.")
    assert lines[4] == f"https://totality.agency.example{reverse('review:queue')}?{chosen.address()}"
    for word in ("Quillworth", "Tamsin", str(waiting.pk), str(at.case.pk), at.officer.full_name):
        assert word not in f"{sent.subject} {sent.body}"
    told = situations.told(Entry.objects.get(event="review.digest.sent"))
    assert told == {"view": str(row.pk), "listed": 1, "more": False}
    # The address opens the filter.
    assert situations.client(boss).get(f"{reverse('review:queue')}?{row.address}").status_code == 200


def test_it_goes_once_a_working_day(waiting: Decision, boss: User) -> None:
    row = daily(with_address(boss))
    assert digest.sweep() == 0
    due(row)
    assert digest.sweep() == 1
    assert digest.sweep() == 0
    row.refresh_from_db()
    assert row.mail_at is not None
    assert row.mail_at > now()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("moment", "zone", "expected"),
    [
        # A Tuesday; a Friday, over the weekend; the day before a holiday.
        ("2024-12-10T15:00:00Z", "UTC", "2024-12-11T06:00:00Z"),
        ("2024-12-13T23:00:00Z", "UTC", "2024-12-16T06:00:00Z"),
        ("2024-12-24T12:00:00Z", "UTC", "2024-12-26T06:00:00Z"),
        # Still Monday in Denver; and over the night in which its clocks change.
        ("2024-12-10T05:00:00Z", "America/Denver", "2024-12-10T13:00:00Z"),
        ("2024-11-01T18:00:00Z", "America/Denver", "2024-11-04T13:00:00Z"),
        ("2024-03-08T18:00:00Z", "America/Denver", "2024-03-11T12:00:00Z"),
    ],
)
def test_the_next_morning_is_that_of_the_office(boss: User, moment: str, zone: str, expected: str) -> None:
    if zone != "UTC":
        zones.set_zone(actor=boss.actor(), office=boss.office, zone=zone)
    found = digest.next_morning(boss.office_id, datetime.datetime.fromisoformat(moment))
    assert found == datetime.datetime.fromisoformat(expected)
    assert found.tzinfo == zoneinfo.ZoneInfo(zone)


def test_nothing_listed_is_no_mail_and_waits_for_the_next_morning(boss: User) -> None:
    row = daily(with_address(boss))
    due(row)
    assert digest.sweep() == 0
    assert not mail.outbox
    row.refresh_from_db()
    assert row.mail_at is not None
    assert row.mail_at > now()


def test_a_long_queue_is_told_up_to_a_limit(
    waiting: Decision, at: Situation, boss: User, settings: Any
) -> None:
    situations.signed(at, "notice_to_appear")
    row = daily(with_address(boss), chosen=QueueFilter(state="waiting"))
    counted = count(boss, QueueFilter(state="waiting"), most=1)
    body = digest._mail(row, QueueFilter(state="waiting"), counted, now()).body
    assert "lists 1+ decisions this morning" in body


@pytest.mark.parametrize("missing", ["address", "server"])
def test_nobody_is_promised_a_mail_that_cannot_reach_them(boss: User, settings: Any, missing: str) -> None:
    row = saved.keep(actor=boss.actor(), user=boss, name="Jail door", chosen=DETAINED)
    if missing == "server":
        settings.MAIL_ENABLED = False
        with_address(boss)
    web = situations.client(boss)
    assert "mail_on" not in web.get(f"{reverse('review:queue')}?{DETAINED.address()}").content.decode()
    answer = web.post(reverse(SAVE), {"mail_on": str(row.pk), "filter": DETAINED.address()})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="error-summary"' in page
    assert "No mail would reach you" in page
    assert not Entry.objects.filter(event="review.digest.set").exists()


def test_it_is_its_owners_alone(boss: User, other_boss: User) -> None:
    row = daily(with_address(boss))
    web = situations.client(with_address(other_boss, "other"))
    answer = web.post(reverse(SAVE), {"mail_off": str(row.pk)}, follow=True)
    assert "removed already" in answer.content.decode()
    assert SavedView.objects.get().mail_at is not None


def test_whoever_is_no_supervisor_any_more_gets_none(waiting: Decision, boss: User) -> None:
    due(daily(with_address(boss)))
    User.objects.filter(pk=boss.pk).update(is_active=False)
    assert digest.sweep() == 0
    User.objects.filter(pk=boss.pk).update(is_active=True, role="auditor")
    assert digest.sweep() == 0
    assert not mail.outbox


class DiesAfterSending(EmailBackend):
    """A worker that is killed when the server has the mail and the database not yet the commit."""

    def send_messages(self, messages: Any) -> int:
        super().send_messages(messages)
        raise KeyboardInterrupt


class RefusesOne(EmailBackend):
    def send_messages(self, messages: Any) -> int:
        if messages[0].to == ["gone@agency.example"]:
            raise SMTPRecipientsRefused({})
        return super().send_messages(messages)


def test_a_worker_that_dies_loses_nothing_and_a_double_is_known_by_its_id(
    waiting: Decision, boss: User, settings: Any
) -> None:
    due(daily(with_address(boss)))
    whole = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.review.test_digest.DiesAfterSending"
    with pytest.raises(KeyboardInterrupt):
        digest.sweep()
    assert not Entry.objects.filter(event="review.digest.sent").exists()
    settings.EMAIL_BACKEND = whole
    assert digest.sweep() == 1
    assert digest.sweep() == 0
    first, second = mail.outbox
    assert first.message()["Message-ID"] == second.message()["Message-ID"]
    assert Entry.objects.filter(event="review.digest.sent").count() == 1


def test_a_server_that_is_away_delays_it(waiting: Decision, boss: User, settings: Any) -> None:
    row = daily(with_address(boss))
    due(row)
    whole = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    assert digest.sweep() == 0
    settings.EMAIL_BACKEND = whole
    assert digest.sweep() == 1


def test_an_address_that_is_refused_keeps_nobody_waiting(
    waiting: Decision, boss: User, other_boss: User, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "tests.review.test_digest.RefusesOne"
    refused = daily(with_address(boss, "gone"))
    due(refused)
    other = daily(with_address(other_boss))
    due(other)
    assert digest.sweep() == 1
    assert [one.to for one in mail.outbox] == [["wexmoor@agency.example"]]
    told = situations.told(Entry.objects.get(event="review.digest.sent"))
    assert told["view"] == str(other.pk)
    assert digest.sweep() == 0


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_send_each_once() -> None:
    at = situations.ready()
    situations.signed(at)
    for number in range(3):
        user = with_address(factories.user("supervisor"), f"boss{number}")
        due(daily(user))

    def work(place: int) -> None:
        digest.sweep()

    assert situations.together(4, work) == []
    digest.sweep()
    assert sorted(one.to[0] for one in mail.outbox) == [f"boss{number}@agency.example" for number in range(3)]
    assert Entry.objects.filter(event="review.digest.sent").count() == 3
