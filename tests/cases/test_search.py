"""The search for a person: with a reason, by names that are alike on request, at most 20."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import selectors
from cases.models import Case
from cases.searching import KEPT_WORDS, NOT_CHOSEN, REASONS, SESSION_KEY
from ledger.models import Entry
from tests import factories
from tests.assessment import situations

pytestmark = pytest.mark.django_db


def found(user: User, q: str, *, similar: bool = True) -> list[str]:
    return [one.name for one in selectors.find_people(user, q, similar=similar)]


@pytest.fixture
def people(officer: User, make_case: Callable[..., Case]) -> None:
    for family, given in (
        ("Quillworth", "Tamsin"),
        ("Quilworthy", "Ana"),
        ("Thistleby", "Quill"),
        ("Marlowe", "Jo"),
    ):
        make_case(officer, family_name=family, given_name=given)


def test_the_database_of_the_product_can_compare() -> None:
    assert selectors.can_search_similar()


@pytest.mark.parametrize(
    "typed", ["Quilworth", "Qillworth", "quillwort", "Quillworth, Tamsyn", "Tamsin Quilworth"]
)
def test_a_misspelled_name_is_found_on_request_only(people: None, officer: User, typed: str) -> None:
    assert "Quillworth, Tamsin" in found(officer, typed)
    assert "Marlowe, Jo" not in found(officer, typed)


def test_the_nearest_comes_first(people: None, officer: User) -> None:
    assert found(officer, "Quillworth")[0] == "Quillworth, Tamsin"
    assert found(officer, "Qilworth", similar=False) == []


def test_similar_answers_at_most_20_and_hides_what_is_hidden(
    officer: User, other_officer: User, make_case: Callable[..., Case]
) -> None:
    for number in range(25):
        make_case(officer, family_name="Thistleby", given_name=f"Ash{number}")
    assert len(found(officer, "Thistlebee")) == 20
    Case.objects.update(restricted=True, version=2)
    assert found(other_officer, "Thistlebee") == []


@pytest.mark.parametrize("why", list(REASONS))
def test_each_search_is_an_entry_with_its_reason(people: None, officer: User, why: str) -> None:
    url = reverse("cases:list") + f"?q=Quilworth&why={why}&similar=1"
    page = situations.main_of(situations.client(officer).get(url))
    assert f"Reason: “{REASONS[why]}”." in page
    told = situations.told(Entry.objects.get(event="cases.person.searched"))
    assert (told["reason"], told["similar"], told["query"]) == (why, True, "Quilworth")
    assert told["shown"]


@pytest.mark.parametrize("why", ["", "&why=", "&why=curious"])
def test_without_a_chosen_reason_nobody_is_looked_for(people: None, officer: User, why: str) -> None:
    answer = situations.client(officer).get(reverse("cases:list") + f"?q=Marlowe&similar=1{why}")
    page = situations.main_of(answer)
    assert answer.status_code == 422
    assert NOT_CHOSEN in page
    assert "Marlowe, Jo" not in page
    assert not Entry.objects.filter(event="cases.person.searched").exists()
    # What was typed stays; the summary takes the focus and leads to the reason, whose error is read with it.
    assert 'value="Marlowe"' in page
    assert 'name="similar" value="1"' in page
    reason = page[page.index("<select") : page.index("</select>")]
    assert "data-focus" not in reason
    summary = page[page.index('id="error-summary"') : page.index("<form")]
    assert "data-focus" in summary
    assert '<a href="#search-why">Why you search</a>' in summary
    assert summary.count(NOT_CHOSEN) == 1
    assert 'aria-describedby="search-why-error"' in reason
    assert 'id="search-why-error"' in page


@pytest.mark.parametrize("address", ["/", "/cases/?q=Marlowe"])
def test_no_reason_stands_chosen_beforehand(officer: User, address: str) -> None:
    html = situations.client(officer).get(address).content.decode()
    reasons = re.findall(r'<select[^>]* name="why".*?</select>', html, re.DOTALL)
    assert reasons
    for one in reasons:
        assert re.findall(r'<option value="([^"]*)"', one) == ["", *REASONS]
        assert "selected" not in one


def chosen(client: Client, address: str = "/") -> list[str]:
    """What stands chosen in every field that asks for a reason."""
    html = client.get(address).content.decode()
    fields = re.findall(r'<select[^>]* name="why".*?</select>', html, re.DOTALL)
    assert fields
    return [code for one in fields for code in re.findall(r'value="([^"]*)" selected', one)]


def test_what_was_chosen_stands_chosen_at_the_next_search(people: None, officer: User) -> None:
    client = situations.client(officer)
    assert chosen(client, "/cases/?q=Marlowe&why=review") == ["review"]
    assert KEPT_WORDS in situations.main_of(client.get("/cases/?q=Marlowe&why=review"))
    assert chosen(client, "/cases/") == ["review"]
    # Another choice takes its place, a search without any forgets it.
    assert chosen(client, "/cases/?q=Marlowe&why=record") == ["record"]
    assert chosen(client) == ["record"]
    assert chosen(client, "/cases/?q=Marlowe&why=") == []
    assert chosen(client) == []


def test_it_is_forgotten_after_an_hour_however_often_it_served(people: None, officer: User) -> None:
    client = situations.client(officer)
    client.get("/cases/?q=Marlowe&why=review")
    age(client, datetime.timedelta(minutes=59))
    assert chosen(client, "/cases/?q=Quill&why=review") == ["review"]
    age(client, datetime.timedelta(minutes=1))
    assert chosen(client) == []


def age(client: Client, by: datetime.timedelta) -> None:
    """As if the reason of this session had been chosen so much earlier."""
    session = client.session
    reason, moment = session[SESSION_KEY]
    session[SESSION_KEY] = [reason, moment - int(by.total_seconds())]
    session.save()


def test_it_is_the_sessions_own_and_forgotten_at_sign_out(people: None, officer: User) -> None:
    client = situations.client(officer)
    assert chosen(client, "/cases/?q=Marlowe&why=review") == ["review"]
    assert chosen(situations.client(officer)) == []
    client.post(reverse("accounts:logout"))
    officer.set_password(factories.PASSWORD)
    officer.save()
    who = {"username": officer.username, "password": factories.PASSWORD}
    assert client.post(reverse("accounts:login"), who).status_code == 302
    assert chosen(client) == []


def test_a_kept_reason_is_no_licence_for_a_search_that_says_none(people: None, officer: User) -> None:
    client = situations.client(officer)
    client.get("/cases/?q=Marlowe&why=review")
    assert client.get("/cases/?q=Quill").status_code == 422
    assert Entry.objects.filter(event="cases.person.searched").count() == 1


def test_the_list_asks_for_no_reason(people: None, officer: User) -> None:
    answer = situations.client(officer).get(reverse("cases:list") + "?q=&why=")
    assert answer.status_code == 200
    assert "Marlowe, Jo" in situations.main_of(answer)


@pytest.mark.django_db(transaction=True)
def test_a_database_that_cannot_compare_says_so(
    officer: User, make_case: Callable[..., Case], owner: Any
) -> None:
    make_case(officer, family_name="Quillworth", given_name="Tamsin")
    owner.execute("DROP EXTENSION pg_trgm CASCADE")
    try:
        url = reverse("cases:list") + "?q=Quill&why=casework&similar=1"
        page = situations.main_of(situations.client(officer).get(url))
    finally:
        owner.execute(import_module("cases.migrations.0014_similar_names").SWITCH_ON)
    assert "This database cannot compare names" in page
    assert "Quillworth, Tamsin" in page
    assert selectors.can_search_similar()


def test_indexes_serve_number_and_prefix(owner: Any) -> None:
    # One index a question: a neighbour that could serve as well is dropped, so that the planner has no choice of its
    # own to make from statistics which an automatic ANALYZE may or may not have gathered by now.
    plans = {}
    owner.execute("BEGIN; SET LOCAL lock_timeout = '20s'; SET LOCAL enable_seqscan = off")
    owner.execute("ALTER TABLE cases_personidentifier DROP CONSTRAINT identifier_unique")
    for index, sql in {
        "identifier_value": "SELECT person_id FROM cases_personidentifier WHERE value IN ('A012345678')",
        "person_name_prefix": "SELECT id FROM cases_person WHERE upper(family_name) LIKE 'QUILL%'",
        "person_name_similar": "SELECT id FROM cases_person"
        " WHERE 'QUILWORTH' <% upper(family_name || ' ' || given_name)",
    }.items():
        owner.execute(f"EXPLAIN {sql}")
        plans[index] = "\n".join(line for (line,) in owner.fetchall())
    owner.execute("ROLLBACK")
    assert all(index in plan for index, plan in plans.items()), plans
