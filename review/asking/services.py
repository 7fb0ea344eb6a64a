"""Verbs of asking: put a question to another supervisor, answer it. Neither decides anything."""

from __future__ import annotations

import uuid

from django.db import transaction

from accounts.models import User
from assessment import workflow
from assessment.models import Decision
from ledger.actors import Actor
from ledger.events import Committed
from ledger.services import NewEntry, append
from review import checks
from review.asking.selectors import could_be_asked, open_question
from review.errors import Refused
from review.events import QuestionAnswered, QuestionAsked
from review.models import Answer, Question
from review.regime.decide_first import decides_first
from review.services import take_for_deciding


def ask(*, actor: Actor, user: User, decision: Decision, number: int, asked: str, reason: str) -> Question:
    """Ask another supervisor about version `number`; it is taken for review with it and stays with who asks.

    Raises `Refused` with texts by field, `Taken` when somebody else has it or a newer version was signed.
    """
    errors = text_errors("ask_reason", reason, "Write what you ask, and why.")
    person = next((one for one in could_be_asked(user, decision) if str(one.pk) == asked), None)
    if person is None:
        errors["ask_to"] = "Choose a supervisor of the office who had no part in this decision."
    if errors or person is None:
        raise Refused(errors)
    with transaction.atomic():
        locked = take_for_deciding(actor=actor, user=user, decision=decision, number=number)
        if decides_first(locked):
            raise Refused({"": "This review asks for your own view, and nobody else is asked about it."})
        if open_question(locked) is not None:
            raise Refused({"": "A question about it waits for its answer. Ask again after that."})
        question = Question(
            decision=locked, version_number=number, asked_by=user, asked=person, reason=reason
        )
        entry = append(
            NewEntry(
                payload=QuestionAsked(
                    number=number, question=str(question.pk), asked=str(person.pk), reason=Committed(reason)
                ),
                actor=actor,
                subject=_subject(locked),
            )
        )[0]
        question.entry_id, question.at = entry.pk, entry.at
        question.save(force_insert=True)
    return question


def answer(*, actor: Actor, user: User, decision: Decision, question: uuid.UUID, text: str) -> Answer:
    """Answer what one was asked. The review stays with whoever asked. Raises `Refused`."""
    errors = text_errors("ask_answer", text, "Write your answer.")
    if errors:
        raise Refused(errors)
    with transaction.atomic():
        locked = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
        found = open_question(locked)
        if found is None or found.pk != question or found.asked_id != user.pk:
            raise Refused(
                {"": "No question to you waits here. It was answered, or a newer version was signed."}
            )
        if locked.state not in workflow.IN_REVIEW:
            raise Refused({"": f"This decision is {workflow.LABELS[locked.state].lower()} now."})
        entry = append(
            NewEntry(
                payload=QuestionAnswered(
                    number=found.version_number, question=str(found.pk), answer=Committed(text)
                ),
                actor=actor,
                subject=_subject(locked),
            )
        )[0]
        return Answer.objects.create(question=found, text=text, entry_id=entry.pk, at=entry.at)


def text_errors(field: str, text: str, missing: str) -> dict[str, str]:
    """What is wrong with a text between supervisors: missing, too long, or words about what is protected (III#18)."""
    if not text.strip():
        return {field: missing}
    if len(text) > checks.LONGEST_POINT:
        return {field: f"This text has {len(text):,} characters; {checks.LONGEST_POINT:,} fit. Shorten it."}
    found = " ".join(checks.errors_of_words(checks.protected_words(text, [])).values())
    return {field: found} if found else {}


def _subject(decision: Decision) -> dict[str, uuid.UUID]:
    return {"case": decision.case_id, "assessment": decision.assessment_id, "decision": decision.pk}
