"""Words are contested by category, on the page that lists them; "not used as a factor" is no ground."""

from __future__ import annotations

import datetime
import html
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import services
from cases.errors import Refused
from cases.models import Case, ContestCategory, Fact, ScreenedText, TextContest
from cases.selectors import case_record
from ledger.models import Entry
from tests.assessment import situations

pytestmark = pytest.mark.django_db
DAY = datetime.date(2024, 12, 10)
WORDS = "He is Guatemalan and hit a parked car."


@pytest.fixture
def who(officer: User) -> dict[str, Any]:
    return {"actor": officer.actor(), "user": officer}


@pytest.fixture
def fact(who: dict[str, Any], case: Case) -> Fact:
    return services.record_fact(**who, case=case, kind="conduct", details={"what": WORDS})


def found(fact: Fact) -> dict[str, Any]:
    row = ScreenedText.objects.get(row_id=fact.pk, field="what")
    return {"screened": row.pk, "key": row.findings[0]["key"]}


def test_the_categories_are_these() -> None:
    assert set(ContestCategory.values) == {
        "not_a_person",
        "name",
        "victim_or_witness",
        "element_of_offense",
        "access_or_care",
        "legal_term",
    }


def test_a_contested_fact_can_be_pinned_until_the_ruling(who: dict[str, Any], case: Case, fact: Fact) -> None:
    contest = services.raise_contest(**who, case=case, **found(fact), category="victim_or_witness")
    (view,) = case_record(case, DAY).facts
    assert view.pinnable
    assert WORDS in view.summary
    entry = Entry.objects.get(event="cases.words.contested")
    told = situations.told(entry)
    assert (told["category"], told["attribute"]) == ("victim_or_witness", "national_origin")
    assert b"Guatemalan" not in bytes(entry.bytes)
    TextContest.objects.filter(pk=contest.pk)
    with transaction.atomic():
        services.rule_on(
            user=User.objects.create(username="boss", role="supervisor", office=case.office, full_name="B"),
            rulings={contest.pk: False},
        )
    (view,) = case_record(case, DAY).facts
    assert not view.pinnable


def test_another_sentence_is_another_contest(who: dict[str, Any], case: Case, fact: Fact) -> None:
    services.raise_contest(**who, case=case, **found(fact), category="victim_or_witness")
    services.change_fact(
        **who, fact=fact, version=1, details={"what": "He is Guatemalan, so he hit a parked car."}
    )
    (view,) = case_record(case, DAY).facts
    assert not view.pinnable


@pytest.mark.parametrize("category", ["", "not_used_as_a_factor", "other"])
def test_no_other_ground_is_accepted(who: dict[str, Any], case: Case, fact: Fact, category: str) -> None:
    with pytest.raises(Refused) as refused:
        services.raise_contest(**who, case=case, **found(fact), category=category)
    assert refused.value.field == "category"
    assert TextContest.objects.count() == 0


def test_an_element_of_the_offense_needs_statute_and_judgment(
    who: dict[str, Any], case: Case, fact: Fact
) -> None:
    element = {"case": case, **found(fact), "category": "element_of_offense"}
    with pytest.raises(Refused) as refused:
        services.raise_contest(**who, **element)
    assert refused.value.field == "statute"
    with pytest.raises(Refused) as refused:
        services.raise_contest(**who, **element, statute="18 U.S.C. 249")
    assert refused.value.field == "contest_evidence"
    papers = {
        kind: services.record_evidence(
            **who, case=case, kind=kind, source="Millbrook", source_relation="court", obtained_on=DAY
        )
        for kind in ("statement", "court_record")
    }
    with pytest.raises(Refused):
        services.raise_contest(**who, **element, statute="18 U.S.C. 249", evidence=papers["statement"].pk)
    contest = services.raise_contest(
        **who, **element, statute="18 U.S.C. 249", evidence=papers["court_record"].pk
    )
    assert (contest.statute, contest.evidence_id) == ("18 U.S.C. 249", papers["court_record"].pk)


def test_words_are_contested_once_and_by_the_cases_office(
    who: dict[str, Any], case: Case, fact: Fact, other_officer: User
) -> None:
    with pytest.raises(Refused):
        services.raise_contest(
            actor=other_officer.actor(), user=other_officer, case=case, **found(fact), category="name"
        )
    services.raise_contest(**who, case=case, **found(fact), category="name")
    with pytest.raises(Refused):
        services.raise_contest(**who, case=case, **found(fact), category="legal_term")


def test_nobody_rules_on_their_own_contest(
    who: dict[str, Any], case: Case, fact: Fact, officer: User
) -> None:
    contest = services.raise_contest(**who, case=case, **found(fact), category="name")
    with pytest.raises(Refused):
        services.rule_on(user=officer, rulings={contest.pk: True})
    with pytest.raises(DatabaseError), transaction.atomic():
        TextContest.objects.filter(pk=contest.pk).update(
            state="upheld", ruled_by=officer, ruled_at=contest.raised_at
        )


def test_the_page_lists_the_words_and_takes_a_contest(
    case: Case, fact: Fact, officer: User, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(officer)
    address = reverse("cases:words", args=[case.pk])
    assert address in client.get(reverse("cases:detail", args=[case.pk])).content.decode()
    page = html.unescape(client.get(address).content.decode())
    assert "He is <mark>Guatemalan</mark> and hit a parked car." in page
    assert "national origin" in page
    answer = client.post(address, {**found(fact), "category": "element_of_offense", "statute": ""})
    assert answer.status_code == 422
    assert "Name the statute" in answer.content.decode()
    answer = client.post(address, {**found(fact), "category": "name"}, follow=True)
    assert "Contested by" in answer.content.decode()
    assert TextContest.objects.get().category == "name"


def test_the_live_screen_marks_the_words_and_writes_nothing(
    case: Case, officer: User, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(officer)
    before = Entry.objects.count()
    answer = client.post(
        reverse("cases:screen"),
        {"screened_field": "rationale", "rationale": f"  {WORDS}\r\n", "take": "yes"},
    )
    page = html.unescape(answer.content.decode())
    assert "<mark>Guatemalan</mark>" in page
    assert 'value="rationale|6|16"' in page
    assert 'id="id_rationale_said"' in page
    assert "Guatemalan" in page.split("id_rationale_said")[1]
    assert (Entry.objects.count(), ScreenedText.objects.count()) == (before, 0)
    clean = client.post(reverse("cases:screen"), {"screened_field": "rationale", "rationale": "A car."})
    assert "mark" not in clean.content.decode()
    assert client.post(reverse("cases:screen"), {"screened_field": "<script>"}).status_code == 200


def test_a_suggestion_is_taken_over_into_the_form_and_not_saved(
    case: Case, fact: Fact, officer: User, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(officer)
    address = reverse("cases:fact-edit", args=[case.pk, fact.pk])
    page = client.post(
        address, {"what": "A Guatemalan man hit a car.", "version": 1, "take_words": "what|2|12"}
    ).content.decode()
    assert "Guatemalan" not in page.split('name="what"')[1].split("</textarea>")[0]
    fact.refresh_from_db()
    assert fact.details["what"] == WORDS
