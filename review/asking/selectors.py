"""Reads of questions between supervisors."""

from __future__ import annotations

from django.db.models import F
from django.urls import reverse

from accounts.models import User
from assessment import workflow
from assessment.models import Decision
from assessment.panels import Line
from review.desk.people import supervisors
from review.models import Answer, Question
from review.selectors import reviewable_by


def could_be_asked(user: User, decision: Decision) -> list[User]:
    """Other supervisors of the decision's office who had no part in it, by name."""
    part = {decision.signed_by_id, decision.created_by_id, decision.escalated_by_id, user.pk}
    return [one for one in supervisors(decision.office_id) if one.pk not in part]


def questions_of(decision: Decision) -> list[Question]:
    """Every question about a decision with its answer, oldest first."""
    return list(
        Question.objects.filter(decision=decision)
        .select_related("asked_by", "asked", "answer")
        .order_by("id")
    )


def answer_of(question: Question) -> Answer | None:
    """The answer, where there is one."""
    return getattr(question, "answer", None)


def open_question(decision: Decision) -> Question | None:
    """What was asked about the version under review and waits for an answer."""
    found = Question.objects.filter(decision=decision, version_number=decision.signed_number, answer=None)
    return found.select_related("asked_by", "asked").first()


def asked_of(user: User, most: int = 50) -> list[Question]:
    """Questions that wait for this person's answer, oldest first; those of a review that is over wait for nobody."""
    return list(
        Question.objects.filter(
            asked=user,
            answer=None,
            decision__in=reviewable_by(user, own=True),
            decision__state__in=workflow.IN_REVIEW,
            version_number=F("decision__signed_number"),
        )
        .select_related("asked_by", "decision__case__person")
        .order_by("id")[:most]
    )


def lines(user: User, decision: Decision) -> list[Line]:
    """What supervisors asked each other about a decision, in words; with a link for who has yet to answer."""
    found = []
    for one in questions_of(decision):
        mine = one.asked_id == user.pk and answer_of(one) is None
        link = (reverse("review:question", args=[decision.pk]), "Answer it") if mine else ("", "")
        found.append(Line(*words_of(one), *link))
    return found


def words_of(question: Question) -> tuple[str, str]:
    """A title, and the question with its answer."""
    answer = answer_of(question)
    title = (
        f"{question.asked_by.full_name} asked {question.asked.full_name}, {question.at:%Y-%m-%d %H:%M} UTC"
    )
    if answer is None:
        return title, f"{question.reason} – No answer yet."
    return title, f"{question.reason} – Answer, {answer.at:%Y-%m-%d %H:%M} UTC: {answer.text}"
