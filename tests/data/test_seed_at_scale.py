"""The demonstration at full size, tried with few: marked, the same for a seed, shown, and never a real decision."""

from __future__ import annotations

import io
from hashlib import sha256
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.models import User
from assessment.models import Assessment, Decision, DecisionVersion, StepAnswers
from assessment.selectors import signed_page
from cases.models import Case, Person
from cases.selectors import find_people
from config.demo.field_offices import staffed_offices
from config.demo.patterns import patterns
from config.demo.scale import parts
from config.demo.scale_rows import Plan
from ledger.clock import policy_date
from ledger.models import CaseLink, Entry
from review.desk.filters import QueueFilter
from review.desk.queue import queue
from tests.assessment import situations

pytestmark = pytest.mark.django_db(transaction=True)

CASES, ASSESSMENTS = 300, 90


@pytest.fixture
def at() -> situations.Situation:
    return situations.ready()


@pytest.fixture(autouse=True)
def demonstration(settings: Any) -> None:
    settings.DEMONSTRATION = True


def seed(**options: Any) -> str:
    out = io.StringIO()
    call_command("seed_demo", stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def test_rows_by_number_are_marked_repeatable_and_open_like_others() -> None:
    seed()
    said = seed(cases=CASES, assessments=ASSESSMENTS, seed=4)
    assert "Copied 300 invented cases in." in said
    copied = Case.objects.filter(origin="demo")
    assert copied.count() == CASES
    assert Assessment.objects.filter(origin="demo").count() == ASSESSMENTS
    assert Decision.objects.filter(origin="demo", demo_document__isnull=False).count() == ASSESSMENTS
    told = situations.told(Entry.objects.get(event="config.demo.copied"))
    waiting = Decision.objects.filter(origin="demo", state__in=["submitted", "claimed"])
    assert (told["added"], told["seed"], told["newest"]) == (CASES, 4, waiting.count())
    # History has no entry of its own; what waits has its own chain, which says what was done and by whom.
    of_copied = Entry.objects.filter(case_id__in=copied.values("pk"))
    assert set(of_copied.values_list("event", "actor_id")) == {("config.demo.record_copied", "system")}
    assert set(of_copied.values_list("case_id", flat=True)) == set(waiting.values_list("case_id", flat=True))

    names = list(Person.objects.order_by("id").values_list("family_name", "given_name"))
    assert "nothing was added" in seed(cases=CASES, assessments=ASSESSMENTS, seed=4)
    assert list(Person.objects.order_by("id").values_list("family_name", "given_name")) == names

    # Skewed: the first office has more than its even share.
    assert copied.filter(office="los-angeles").count() > CASES / 10
    boss = User.objects.get(username="supervisor")
    row = next(one for one in queue(boss, QueueFilter())[0] if Decision.objects.get(pk=one.id).origin)
    assert row.due_on <= policy_date() or row.waiting_days >= 0
    client = situations.client(boss)
    page = client.get(reverse("review:detail", args=[row.id])).content.decode()
    assert row.person in page
    signed = client.get(reverse("assessment:signed", args=[row.id, 1])).content.decode()
    assert "copied in for practice" in signed
    assert row.person in signed
    number = Case.objects.get(pk=row.case_id).person.identifiers.get().value
    assert [one.case_id for one in find_people(boss, number)] == [row.case_id]


def test_the_database_keeps_real_decisions_apart(at: situations.Situation) -> None:
    decision = situations.signed(at)
    for change in ({"origin": "demo"}, {"demo_document": {"like": "x"}}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(**change)
    version = DecisionVersion.objects.get(decision=decision)
    version.entry_id = version.pk
    with pytest.raises(Entry.DoesNotExist):
        signed_page(version)


def test_the_newest_that_wait_have_answers_and_a_chain_that_verifies() -> None:
    seed()
    seed(cases=CASES, assessments=ASSESSMENTS, seed=4)
    newest = Decision.objects.filter(origin="demo", state__in=["submitted", "claimed"])
    assert newest.count() == int(ASSESSMENTS * 0.4)
    history = Decision.objects.filter(origin="demo").exclude(pk__in=newest.values("pk"))
    assert not StepAnswers.objects.filter(assessment__in=history.values("assessment")).exists()
    for decision in newest:
        assert decision.demo_document is not None
        assert decision.signed_at is not None
        pattern = Decision.objects.get(versions=decision.demo_document["like"])
        steps = dict(decision.assessment.steps.values_list("step", "answers"))
        assert steps.keys() == set(pattern.assessment.steps.values_list("step", flat=True))
        assert decision.answers["rationale"] == pattern.answers["rationale"]
        # Facts of another person's case are named nowhere.
        assert not [name for step in (*steps.values(), decision.answers) for name in step if "pins" in name]
        assert decision.created_at.date() < policy_date()
        assert decision.case.opened_at <= decision.signed_at

        links = CaseLink.objects.filter(case_id=decision.case_id).order_by("number")
        assert [link.number for link in links] == [1, 2, 3, 4, 5]
        hashed = b""
        parts = []
        for link in links:
            entry = Entry.objects.get(pk=link.entry_id)
            hashed = sha256(b"\x02" + hashed + bytes(entry.leaf_hash)).digest()
            assert hashed == bytes(link.case_hash)
            parts.append(situations.told(entry)["part"])
        assert parts == ["case", "assessment", "answers", "decision", "version"]


def test_the_largest_office_has_about_a_twelfth_and_no_part_outlasts_a_transaction() -> None:
    offices = staffed_offices(1)
    assert len(offices) == 25
    shares = [office.share / sum(one.share for one in offices) for office in offices]
    assert max(shares) == shares[0]
    assert 0.08 < shares[0] < 0.1
    plan = Plan(11_000_000, 3_000_000, 1, policy_date(), offices, patterns())
    found = list(parts(plan))
    assert [part.start for part in found] == [0, *(part.stop for part in found[:-1])]
    assert found[-1].stop == plan.cases
    assert {len(part) <= 1_000 for part in found if part.start >= plan.first_newest} == {True}
    assert max(len(part) for part in found) == 10_000
    assert plan.newest == 20_000


@pytest.mark.parametrize("options", [{"cases": 11_000_001}, {"cases": 5, "assessments": 6}])
def test_more_than_can_be_made_is_refused(options: dict[str, int]) -> None:
    with pytest.raises(CommandError) as refused:
        seed(**options)
    assert refused.value.returncode == 2
