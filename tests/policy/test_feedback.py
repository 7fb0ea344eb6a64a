"""Feedback on a clause reaches the policy manager, and the answer reaches the person. Nothing typed is lost."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.models import Role
from ledger.models import Entry
from policy import feedback
from policy.editions import available, load
from policy.errors import NotPossible, NotThatPerson
from policy.models import ClauseFeedback
from tests import factories
from tests.architecture.scene import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.clause("VII#29", "2021-01-20:A#1")]
KEY, CLAUSE = "2021-09-30", "II.B#13"
FORM = reverse("policy:feedback")


def test_it_reaches_the_policy_manager_and_comes_back() -> None:
    officer, manager = factories.user(Role.OFFICER), factories.user(Role.POLICY)
    theirs, inbox = signed_in(officer), signed_in(manager)
    edition = theirs.get(reverse("policy:edition", args=[KEY])).content.decode()
    assert f"{FORM}?edition={KEY}&amp;clause=II.B%2313" in edition
    form = theirs.get(FORM, {"edition": KEY, "clause": CLAUSE}).content.decode()
    assert "Not a conviction or a database hit alone" in form
    answer = theirs.post(FORM, {"edition": KEY, "clause": CLAUSE, "text": "The question comes too late."})
    assert answer.status_code == 302
    page = inbox.get(reverse("policy:inbox")).content.decode()
    assert "The question comes too late." in page
    assert officer.full_name in page
    said = ClauseFeedback.objects.get()
    assert inbox.post(reverse("policy:inbox"), {"feedback": said.pk, "text": "It moves."}).status_code == 302
    assert "Nothing waits." in inbox.get(reverse("policy:inbox")).content.decode()
    assert "It moves." in theirs.get(FORM).content.decode()
    told = list(Entry.objects.filter(event__startswith="policy.").order_by("id"))
    assert [one.event for one in told] == ["policy.feedback.given", "policy.feedback.answered"]
    assert b"too late" not in bytes(told[0].bytes)


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_what_cannot_be_sent_stays_in_the_page(text: str) -> None:
    client = signed_in(factories.user(Role.SUPERVISOR))
    answer = client.post(FORM, {"edition": KEY, "clause": CLAUSE, "text": text})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert text in page
    assert 'href="#feedback-text"' in page
    assert not ClauseFeedback.objects.exists()


@pytest.mark.parametrize(
    "query", [{"edition": KEY, "clause": "II.B#99"}, {"edition": "1999-01-01", "clause": CLAUSE}]
)
def test_a_clause_that_is_not_there_is_not_found(query: dict[str, str]) -> None:
    assert signed_in(factories.user(Role.OFFICER)).get(FORM, query).status_code == 404


def test_only_policy_managers_answer_and_only_once() -> None:
    officer, manager = factories.user(Role.OFFICER), factories.user(Role.POLICY)
    said = feedback.give(actor=officer.actor(), edition_key=KEY, clause_id=CLAUSE, text="Too late")
    with pytest.raises(NotThatPerson):
        feedback.answer(actor=officer.actor(), feedback_id=said.pk, text="No")
    feedback.answer(actor=manager.actor(), feedback_id=said.pk, text="It moves.")
    with pytest.raises(NotPossible, match="meanwhile"):
        feedback.answer(actor=manager.actor(), feedback_id=said.pk, text="Again")


@pytest.mark.parametrize(
    "statement", ["UPDATE policy_clausefeedback SET text = ''", "DELETE FROM policy_clausefeedback"]
)
def test_what_was_said_is_kept(statement: str) -> None:
    feedback.give(actor=factories.user(Role.OFFICER).actor(), edition_key=KEY, clause_id=CLAUSE, text="Kept")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("key", available())
def test_every_clause_of_every_edition_takes_feedback(key: str) -> None:
    actor = factories.user(Role.AUDITOR).actor()
    for clause in load(key).clauses:
        feedback.give(actor=actor, edition_key=key, clause_id=clause.id, text="Said")
    assert feedback.waiting().count() == len(load(key).clauses)
