"""Demonstration data: complete, repeatable, never in production."""

from __future__ import annotations

import datetime
import io
from collections import Counter
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import RequestFactory

from accounts.models import User
from assessment.models import Decision, DecisionVersion, Execution
from cases.models import (
    Case,
    Evidence,
    Fact,
    ImportRun,
    Person,
    PersonIdentifier,
    StatusRecord,
)
from cases.selectors import stop_signs
from ledger.clock import policy_date
from ledger.models import CaseLink, Entry
from oversight import coverage
from oversight.coverage import Listing
from oversight.filters import ReportFilter
from oversight.words import type_labels
from review.desk.filters import QueueFilter
from review.desk.queue import queue
from review.models import ReturnPoint, Review

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sweep]

WANTED = (
    "officer",
    "officer2",
    "supervisor",
    "supervisor2",
    "auditor",
    "reviewer",
    "policy",
    "policy2",
    "privacy",
    "admin",
)


@pytest.fixture(autouse=True)
def demonstration(settings: Any) -> None:
    settings.DEMONSTRATION = True


def seed(**options: Any) -> str:
    out = io.StringIO()
    call_command("seed_demo", stdout=out, **options)
    return out.getvalue()


def case_of(a_number: str) -> Case:
    return Case.objects.select_related("person").get(person__identifiers__value=a_number)


def test_every_account_of_the_demonstration_can_sign_in_and_is_marked() -> None:
    seed()
    for username in WANTED:
        user = authenticate(RequestFactory().post("/"), username=username, password="totality-demo")
        assert isinstance(user, User)
        assert user.is_demo
    assert User.objects.get(username="officer").office == User.objects.get(username="supervisor").office


def test_a_second_run_adds_nothing() -> None:
    assert "23 invented cases" in seed()
    entries = Entry.objects.count()
    assert "nothing was added" in seed()
    assert (Case.objects.count(), Entry.objects.count()) == (23, entries)


def test_each_list_of_coverage_has_something_to_show() -> None:
    """Another system's arrests, detainers, releases and removals, brought in by the layout of our own."""
    assert "with 7 imported actions" in seed()
    types = list(type_labels())
    shown = {
        listing: [line.case_id for line in coverage.page(listing, ReportFilter(), types).lines]
        for listing in Listing
    }
    without = [case_of(f"A900000{number}").pk for number in ("112", "106", "110", "104", "112")]
    assert shown[Listing.NO_DECISION] == without
    assert shown[Listing.SIGNED_AFTER] == [case_of("A900000113").pk]
    arrested = Decision.objects.get(case=case_of("A900000120")).case_id
    assert arrested not in shown[Listing.NO_ACTION]
    assert shown[Listing.NO_ACTION]
    run = ImportRun.objects.get()
    assert (run.layout, run.state, run.read, run.imported, run.rejected) == ("totality", "finished", 7, 7, 0)


def test_more_persons_are_the_same_for_a_seed() -> None:
    seed(cases=30, seed=7)
    first = set(Person.objects.values_list("family_name", "given_name", "birth_words"))
    numbers = set(PersonIdentifier.objects.values_list("value", flat=True))
    assert len(numbers) == 29
    assert "nothing was added" in seed(cases=30, seed=7)
    assert set(Person.objects.values_list("family_name", "given_name", "birth_words")) == first


def test_each_case_began_with_an_entry_and_the_seeding_left_its_own() -> None:
    seed()
    for case in Case.objects.all():
        first = CaseLink.objects.get(case_id=case.id, number=1)
        assert Entry.objects.get(pk=first.entry_id).event == "cases.person.recorded"
    assert Entry.objects.filter(event="config.demo.seeded").count() == 2


def test_one_case_is_ready_for_a_detainer() -> None:
    seed()
    case = case_of("A900000101")
    assert StatusRecord.objects.get(case=case).complete
    assert stop_signs(case, policy_date()) == []
    kinds = set(Fact.objects.filter(case=case).values_list("kind", flat=True))
    assert {"conviction", "conduct", "family", "presence", "rehabilitation"} <= kinds
    assert not Evidence.objects.filter(case=case, reviewed_on=None).exists()
    conviction = Fact.objects.get(case=case, kind="conviction")
    assert set(conviction.evidence.values_list("kind", flat=True)) == {"court_record", "disposition"}


def test_the_signs_of_a_stop_are_each_shown_by_a_case() -> None:
    seed()
    for a_number, sign in (
        ("A900000102", "minor"),
        ("A900000105", "section_1367"),
        ("A900000107", "citizenship"),
        ("A900000108", "minor"),
        ("A900000111", "fear_of_return"),
    ):
        case = case_of(a_number)
        assert sign in [one.key for one in stop_signs(case, policy_date())]
        assert case.restricted == (sign in ("section_1367", "fear_of_return"))
    assert StatusRecord.objects.get(case=case_of("A900000103")).source_relation == "employer"
    assert list(Fact.objects.filter(case=case_of("A900000104")).values_list("kind", flat=True)) == ["arrest"]


def test_production_refuses_it(settings: Any) -> None:
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError) as refused:
        seed()
    assert refused.value.returncode == 2
    assert not User.objects.exists()


def decision_of(a_number: str) -> Decision:
    return Decision.objects.get(case__person__identifiers__value=a_number)


def test_decisions_stand_in_every_place_that_a_person_opens_first() -> None:
    seed()
    states = Counter(Decision.objects.values_list("state", flat=True))
    assert states == {"draft": 2, "submitted": 5, "escalated": 1, "returned": 1, "approved": 3}
    assert Execution.objects.get().decision == decision_of("A900000120")
    assert decision_of("A900000111").case.stops.get().kind == "fear_of_return"
    assert ReturnPoint.objects.filter(review__decision=decision_of("A900000119")).count() == 2
    for username, waiting in (("supervisor", 3), ("supervisor2", 4), ("supervisor3", 2)):
        rows, more = queue(User.objects.get(username=username), QueueFilter())
        assert (len(rows), more) == (waiting, None)
    assert decision_of("A900000113").urgency == "detained"
    assert decision_of("A900000117").urgency == "imminent_removal"
    assert "contested_text" in decision_of("A900000114").notices
    assert {"dispute", "training_lapsed"} <= set(decision_of("A900000115").notices)
    assert "records_missing" in decision_of("A900000116").notices
    for version in DecisionVersion.objects.all():
        assert Entry.objects.get(pk=version.entry_id).event == "assessment.decision.signed"
    offices = Review.objects.values_list("reviewer__office", flat=True)
    assert set(offices) == {"los-angeles", "el-paso"}
    assert set(DecisionVersion.objects.values_list("outcome", flat=True)) == {"act", "decline"}


def test_the_practice_date_is_what_it_was(settings: Any) -> None:
    settings.PRACTICE_DATE = datetime.date(2022, 1, 10)
    seed()
    assert policy_date() == datetime.date(2022, 1, 10)
    assert Decision.objects.filter(state="submitted").count() == 5
