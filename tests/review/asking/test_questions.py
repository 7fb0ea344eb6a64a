"""A question between supervisors is kept with its answer, is seen by both, and decides nothing."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from assessment import workflow
from assessment.models import Decision
from ledger.clock import now
from ledger.ids import new_id
from ledger.models import Entry
from review.asking.services import answer, ask
from review.errors import Refused, Taken
from review.models import Answer, Question, Review
from review.services import claim
from tests import factories
from tests.assessment import situations
from tests.assessment.situations import Situation
from tests.review.samples import approve, detail_url, send_back

pytestmark = [pytest.mark.django_db, pytest.mark.clause("V.B#23")]

REASON = "The judgment is from another State. Do you read it as a misdemeanor?"
ANSWER = "Yes, the docket says so on its second page."


def question(boss: User, decision: Decision, other: User, reason: str = REASON) -> Question:
    return ask(
        actor=boss.actor(),
        user=boss,
        decision=decision,
        number=decision.signed_number,
        asked=str(other.pk),
        reason=reason,
    )


def answered(other: User, decision: Decision, asked: Question, text: str = ANSWER) -> Answer:
    return answer(actor=other.actor(), user=other, decision=decision, question=asked.pk, text=text)


def url(decision: Decision) -> str:
    return reverse("review:question", args=[decision.pk])


def test_asking_and_answering_leave_the_decision_with_who_reviews_it(
    waiting: Decision, boss: User, other_boss: User
) -> None:
    asked = question(boss, waiting, other_boss)
    answered(other_boss, waiting, asked)
    stored = Decision.objects.get(pk=waiting.pk)
    assert (stored.state, stored.claimed_by) == (workflow.CLAIMED, boss)
    assert not Review.objects.exists()
    told = [
        situations.told(one)
        for one in Entry.objects.filter(event__startswith="review.question.").order_by("id")
    ]
    assert [told[0]["reason"], told[1]["answer"]] == [REASON, ANSWER]
    assert b"misdemeanor" not in bytes(Entry.objects.get(event="review.question.asked").bytes)


@pytest.mark.parametrize("verb", [approve, lambda boss, one: send_back(boss, one, "A point.")])
def test_whoever_asked_decides_with_or_without_an_answer(
    waiting: Decision, boss: User, other_boss: User, verb: object
) -> None:
    question(boss, waiting, other_boss)
    with pytest.raises(Taken):
        approve(other_boss, waiting)
    assert callable(verb)
    verb(boss, waiting)
    assert Decision.objects.get(pk=waiting.pk).state != workflow.CLAIMED


def test_both_see_it_and_the_asked_one_finds_it(waiting: Decision, boss: User, other_boss: User) -> None:
    asked = question(boss, waiting, other_boss)
    web, theirs = situations.client(boss), situations.client(other_boss)
    assert "Questions to you" in situations.main_of(theirs.get("/"))
    assert "Questions to you" not in situations.main_of(web.get("/"))
    assert "Answer it" in situations.main_of(theirs.get(detail_url(waiting)))
    answered(other_boss, waiting, asked)
    for client in (web, theirs):
        body = situations.main_of(client.get(detail_url(waiting)))
        assert REASON in body
        assert ANSWER in body
    assert "Questions to you" not in situations.main_of(theirs.get("/"))


def test_the_page_asks_and_answers_and_keeps_what_was_written(
    waiting: Decision, boss: User, other_boss: User
) -> None:
    web, theirs = situations.client(boss), situations.client(other_boss)
    sent = {"number": "1", "ask_to": "", "ask_reason": REASON}
    refused = web.post(url(waiting), sent)
    assert refused.status_code == 422
    assert REASON in refused.content.decode()
    assert web.post(url(waiting), sent | {"ask_to": str(other_boss.pk)}).status_code == 302
    asked = Question.objects.get()
    assert "Answer a question" in situations.main_of(theirs.get(url(waiting)))
    assert "waits for the answer of" in situations.main_of(web.get(url(waiting)))
    assert theirs.post(url(waiting), {"question": str(asked.pk), "ask_answer": ""}).status_code == 422
    assert theirs.post(url(waiting), {"question": str(asked.pk), "ask_answer": ANSWER}).status_code == 302
    assert Answer.objects.get().text == ANSWER


def test_words_about_what_is_protected_are_refused(waiting: Decision, boss: User, other_boss: User) -> None:
    with pytest.raises(Refused) as refused:
        question(boss, waiting, other_boss, "He is a Catholic. Does that matter?")
    assert set(refused.value.errors) == {"ask_reason"}
    asked = question(boss, waiting, other_boss)
    with pytest.raises(Refused) as refused:
        answered(other_boss, waiting, asked, "She is a Catholic.")
    assert set(refused.value.errors) == {"ask_answer"}


def test_only_the_asked_one_answers_once(waiting: Decision, boss: User, other_boss: User) -> None:
    asked = question(boss, waiting, other_boss)
    third = factories.user("supervisor")
    for who in (boss, third):
        with pytest.raises(Refused, match="No question to you"):
            answered(who, waiting, asked)
    answered(other_boss, waiting, asked)
    with pytest.raises(Refused, match="No question to you"):
        answered(other_boss, waiting, asked)


def test_nobody_asks_far_away_the_author_or_about_what_another_has(
    at: Situation, waiting: Decision, boss: User, other_boss: User, far_boss: User
) -> None:
    for who in (far_boss, at.officer, boss):
        with pytest.raises(Refused) as refused:
            question(boss, waiting, who)
        assert set(refused.value.errors) == {"ask_to"}
    claim(actor=boss.actor(), user=boss, decision=waiting)
    with pytest.raises(Taken):
        question(other_boss, waiting, boss)
    with pytest.raises(IntegrityError, match="four eyes"), transaction.atomic():
        Question.objects.create(
            decision=waiting,
            version_number=1,
            asked_by=boss,
            asked=at.officer,
            reason=REASON,
            entry_id=new_id(),
            at=now(),
        )
