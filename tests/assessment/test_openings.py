"""Refused words are sealed; a privacy officer and an auditor open them together, and nobody alone."""

from __future__ import annotations

import html
import os

import psycopg2
import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.models import Role, User
from assessment import openings
from assessment.errors import NotAllowed, RulesUnmet
from cases.protected.refused import unseal
from ledger.ids import new_id
from ledger.models import Disclosure, Entry
from tests import factories
from tests.assessment import situations
from tests.assessment.situations import Situation
from tests.support import database

WORDS = "He is Guatemalan, and he drove drunk and hit a car."


@pytest.fixture
def refusal(at: Situation) -> Entry:
    decision = situations.fill(at, situations.started(at), rationale=WORDS)
    with pytest.raises(RulesUnmet):
        situations.sign(decision)
    return Entry.objects.get(event="assessment.text.refused")


@pytest.fixture
def privacy(db: None) -> User:
    return factories.user(Role.PRIVACY)


@pytest.fixture
def auditor(db: None) -> User:
    return factories.user(Role.AUDITOR)


def ask(user: User, refusal: Entry) -> Entry:
    return openings.ask_to_open(
        actor=user.actor(), user=user, refusal=refusal.pk, purpose="A complaint about the screen"
    )


def opened(user: User, asked: Entry) -> list[str]:
    return [one.words for one in openings.open_words(actor=user.actor(), user=user, asked=asked.pk)]


@pytest.mark.django_db
@pytest.mark.parametrize("first", ["privacy", "auditor"])
def test_one_transaction_is_not_two_people(refusal: Entry, privacy: User, auditor: User, first: str) -> None:
    one, other = (privacy, auditor) if first == "privacy" else (auditor, privacy)
    # Whoever writes both entries at once, as no two people can, is refused by the database.
    asked = ask(one, refusal)
    with pytest.raises(DatabaseError, match="together"), transaction.atomic():
        opened(other, asked)


@pytest.mark.django_db(transaction=True)
def test_in_two_transactions_the_words_are_shown(refusal: Entry, privacy: User, auditor: User) -> None:
    asked = ask(privacy, refusal)
    assert opened(auditor, asked) == ["Guatemalan"]
    for entry in Entry.objects.all():
        assert b"Guatemalan" not in bytes(entry.bytes)
    for value in Disclosure.objects.values_list("value_bytes", flat=True):
        assert b"Guatemalan" not in bytes(value)


@pytest.mark.django_db(transaction=True)
def test_nobody_opens_them_alone_or_with_the_same_role(refusal: Entry, privacy: User, auditor: User) -> None:
    asked = ask(privacy, refusal)
    for user in (privacy, factories.user(Role.PRIVACY), factories.user(Role.SUPERVISOR)):
        with pytest.raises(NotAllowed):
            opened(user, asked)
    with pytest.raises(NotAllowed):
        opened(auditor, refusal)


@pytest.mark.django_db(transaction=True)
def test_the_door_stays_shut_without_the_entries(refusal: Entry, auditor: User) -> None:
    for entry in (refusal.pk, new_id()):
        with pytest.raises(DatabaseError, match="entry of their opening"), transaction.atomic():
            unseal(opening=entry)


@pytest.mark.django_db(transaction=True)
def test_the_applications_role_reads_nothing_past_the_door(refusal: Entry) -> None:
    opened_as = database.role_url("DATABASE_URL", connection.settings_dict["NAME"])
    assert "DATABASE_URL" in os.environ
    try:
        with opened_as.cursor() as cursor:
            for statement in (
                "SELECT * FROM protected.refused_words",
                "DELETE FROM protected.refused_words",
                "SET ROLE totality_protected",
            ):
                with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                    cursor.execute(statement)
    finally:
        opened_as.close()


@pytest.mark.django_db(transaction=True)
def test_the_page_shows_no_word_before_the_second_opens(refusal: Entry, privacy: User, auditor: User) -> None:
    address = reverse("assessment:refused")
    one, other = situations.client(auditor), situations.client(privacy)
    page = html.unescape(one.get(address).content.decode())
    assert "rationale: national origin" in page
    assert "Guatemalan" not in page
    assert one.post(address, {"do": "ask", "refusal": refusal.pk, "purpose": ""}).status_code == 422
    assert (
        one.post(address, {"do": "ask", "refusal": refusal.pk, "purpose": "A complaint"}).status_code == 302
    )
    asked = Entry.objects.get(event="assessment.opening.asked")
    assert "Guatemalan" not in one.post(address, {"do": "open", "asked": asked.pk}).content.decode()
    page = html.unescape(other.post(address, {"do": "open", "asked": asked.pk}).content.decode())
    assert "“Guatemalan”" in page
    assert "Guatemalan" not in other.get(address).content.decode()
