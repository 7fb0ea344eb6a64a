"""The demonstration at full size, tried with few: marked, the same for a seed, shown, and never a real decision."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.models import User
from assessment.models import Assessment, Decision, DecisionVersion
from assessment.selectors import signed_page
from cases.models import Case, Person
from cases.selectors import find_people
from ledger.clock import policy_date
from ledger.models import Entry
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
    assert (told["added"], told["seed"]) == (CASES, 4)
    assert not Entry.objects.filter(case_id__in=copied.values("pk")).exists()

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


@pytest.mark.parametrize("options", [{"cases": 11_000_001}, {"cases": 5, "assessments": 6}])
def test_more_than_can_be_made_is_refused(options: dict[str, int]) -> None:
    with pytest.raises(CommandError) as refused:
        seed(**options)
    assert refused.value.returncode == 2
