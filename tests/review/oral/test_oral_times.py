"""The time of an oral approval is asked in the office's time, kept as a moment, and told in both."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import User
from accounts.zones import local_moment, set_zone, zone_of
from assessment.models import Decision
from ledger.actors import SYSTEM
from ledger.models import Entry
from policy.editions import load
from policy.services import current
from review.models import OralApproval
from tests.assessment import situations
from tests.assessment.situations import Situation
from tests.review.oral.test_oral_approval import FIELDS, GIVEN, record
from tests.review.samples import detail_url

pytestmark = [pytest.mark.django_db, pytest.mark.clause("V.B#23")]


@pytest.fixture
def western(at: Situation) -> None:
    set_zone(actor=SYSTEM, office=at.case.office, zone="America/Los_Angeles")


@pytest.mark.usefixtures("western")
def test_it_is_asked_and_told_in_the_offices_time(at: Situation, waiting: Decision, boss: User) -> None:
    web, address = situations.client(at.officer), reverse("review:oral", args=[waiting.pk])
    assert "In the time of Los Angeles (America/Los_Angeles), as 14:05." in situations.main_of(
        web.get(address)
    )
    sent = FIELDS | {"oral_supervisor": str(boss.pk), "oral_time": "14:30"}
    assert web.post(address, sent).status_code == 302
    row = OralApproval.objects.get()
    assert (row.given_at, row.zone) == (GIVEN, "America/Los_Angeles")
    told = situations.told(Entry.objects.get(event="review.oral.recorded"))
    assert (told["given_at"], told["zone"]) == ("2024-12-09T22:30+00:00", "America/Los_Angeles")
    page = situations.main_of(situations.client(boss).get(detail_url(waiting)))
    assert "approved it on 2024-12-09 14:30 PST (2024-12-09 22:30 UTC)" in page


@pytest.mark.usefixtures("western")
def test_a_program_writes_the_same_time(at: Situation, waiting: Decision, boss: User) -> None:
    sent = FIELDS | {"oral_supervisor": str(boss.pk), "oral_time": "14:30"}
    web = situations.client(at.officer)
    answer = web.post(reverse("api:oral", args=[waiting.pk]), sent, content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert OralApproval.objects.get().given_at == GIVEN


@pytest.mark.usefixtures("western")
def test_a_time_that_the_clock_skipped_is_refused(at: Situation, waiting: Decision, boss: User) -> None:
    web = situations.client(at.officer)
    sent = FIELDS | {"oral_supervisor": str(boss.pk), "oral_on": "2024-03-10", "oral_time": "02:30"}
    answer = web.post(reverse("review:oral", args=[waiting.pk]), sent)
    assert answer.status_code == 422
    assert "The clock skipped this time" in answer.content.decode()
    assert not OralApproval.objects.exists()


def test_an_hour_that_comes_twice_is_the_first(at: Situation) -> None:
    zone = set_zone(actor=SYSTEM, office=at.case.office, zone="America/Denver").office_id
    moment = local_moment(datetime.date(2024, 11, 3), datetime.time(1, 30), zone_of(zone))
    assert moment is not None
    assert moment.astimezone(datetime.UTC) == datetime.datetime(2024, 11, 3, 7, 30, tzinfo=datetime.UTC)


def test_the_zone_recorded_last_counts_and_is_an_entry(at: Situation) -> None:
    key = at.case.office_id
    assert str(zone_of(key)) == "UTC"
    for zone in ("America/Denver", "America/Phoenix"):
        call_command("set_office_zone", key, zone)
    assert str(zone_of(key)) == "America/Phoenix"
    entry = Entry.objects.filter(event="accounts.office.zone_set").order_by("id").last()
    assert entry is not None
    assert situations.told(entry) == {"office": key, "zone": "America/Phoenix"}
    for wrong in ((key, "Mars/Olympus"), (key, "../etc"), ("nowhere", "America/Denver")):
        with pytest.raises(CommandError):
            call_command("set_office_zone", *wrong)


def test_how_long_it_may_wait_is_the_editions_to_say(
    at: Situation, waiting: Decision, boss: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition, reference = current()
    assert edition.review_regime.confirm_oral_within == 1
    assert load("2014-11-20").review_regime.confirm_oral_within == 1
    regime = edition.review_regime
    given = regime.confirm_oral_days
    assert given is not None
    longer = regime.model_copy(update={"confirm_oral_days": given.model_copy(update={"value": 3})})
    changed = edition.model_copy(update={"review_regime": longer})
    monkeypatch.setattr("review.oral.services.current", lambda: (changed, reference))
    row = record(at, waiting, boss)
    assert row.confirm_by == datetime.date(2024, 12, 13)


# What is sent to it that nobody would type


def posted(at: Situation, decision: Decision, **changes: Any) -> Any:
    return situations.client(at.officer).post(reverse("review:oral", args=[decision.pk]), FIELDS | changes)


@pytest.mark.parametrize("field", ["oral_supervisor", "oral_on", "oral_time", "oral_means", "oral_why"])
def test_ten_megabytes_are_an_error_of_the_field(
    at: Situation, waiting: Decision, boss: User, field: str
) -> None:
    answer = posted(at, waiting, **({"oral_supervisor": str(boss.pk)} | {field: "7" * 10_000_000}))
    assert answer.status_code == 422
    assert f'href="#id_{field}"' in answer.content.decode()
    assert not OralApproval.objects.exists()


def test_after_the_session_ended_what_was_written_comes_back(
    at: Situation, waiting: Decision, boss: User
) -> None:
    web = situations.client(at.officer)
    web.logout()
    address = reverse("review:oral", args=[waiting.pk])
    answer = web.post(address, FIELDS | {"oral_supervisor": str(boss.pk)}, follow=True)
    text = answer.content.decode()
    assert not OralApproval.objects.exists()
    assert "oral_time" in text
    assert "22:30" in text


def test_sent_twice_and_from_two_tabs_it_is_recorded_once(
    at: Situation, waiting: Decision, boss: User, other_boss: User
) -> None:
    assert posted(at, waiting, oral_supervisor=str(boss.pk)).status_code == 302
    again = posted(at, waiting, oral_supervisor=str(boss.pk))
    other = posted(at, waiting, oral_supervisor=str(other_boss.pk), oral_time="21:00")
    for answer in (again, other):
        assert answer.status_code == 422
        assert "An oral approval of this version is recorded already." in answer.content.decode()
    assert 'value="21:00"' in other.content.decode()
    assert OralApproval.objects.get().approver == boss
