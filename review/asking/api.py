"""The programs' way to ask another supervisor about a decision under review, and to answer. No rule lives here."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django import forms
from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.base import ApiView, Operation, body_of, filled, form_schema, user_of
from review.api_access import asked_decision
from review.asking import services
from review.clocks.api_forms import NumberForm, clean
from review.models import Question


class AskForm(NumberForm):
    """What is missing or may not stand there, the service says."""

    ask_to = forms.CharField(label="Supervisor who is asked, by id", required=False, max_length=36)
    ask_reason = forms.CharField(label="What you ask, and why", required=False, strip=False)


class AnswerForm(forms.Form):
    question = forms.UUIDField(
        label="Question that is answered",
        error_messages={
            "required": "Say which question you answer.",
            "invalid": "Write the id of the question, as it was given when it was asked.",
        },
    )
    ask_answer = forms.CharField(label="Your answer", required=False, strip=False)


class QuestionShape(BaseModel):
    """A question and where it stands. The review stays with who asked; `answered` says whether there is an answer."""

    decision: uuid.UUID
    question: uuid.UUID
    number: int
    asked_by: str
    asked: str
    answered: bool


def _shape(question: Question, *, answered: bool) -> QuestionShape:
    return QuestionShape(
        decision=question.decision_id,
        question=question.pk,
        number=question.version_number,
        asked_by=question.asked_by.full_name,
        asked=question.asked.full_name,
        answered=answered,
    )


class Ask(ApiView):
    """Asks another supervisor of the office. Nothing else moves."""

    operations: ClassVar[Mapping[str, Operation]] = {
        "POST": Operation(
            page="review:question",
            summary="Ask another supervisor about a decision",
            answer=QuestionShape,
            body=lambda: form_schema(AskForm()),
            problems=(404, 409),
        )
    }

    def post(self, request: Request, decision_id: uuid.UUID) -> Response:
        user = user_of(request)
        decision = asked_decision(request, decision_id)
        given = filled(AskForm, body_of(request)).cleaned_data
        row = services.ask(
            actor=user.actor(),
            user=user,
            decision=decision,
            number=given["number"],
            asked=given["ask_to"],
            reason=clean(given["ask_reason"]),
        )
        return self.reply(_shape(row, answered=False))


class AnswerIt(ApiView):
    """Answers what one was asked."""

    operations: ClassVar[Mapping[str, Operation]] = {
        "POST": Operation(
            page="review:question",
            summary="Answer what another supervisor asked",
            answer=QuestionShape,
            body=lambda: form_schema(AnswerForm()),
            problems=(404,),
        )
    }

    def post(self, request: Request, decision_id: uuid.UUID) -> Response:
        user = user_of(request)
        decision = asked_decision(request, decision_id)
        given = filled(AnswerForm, body_of(request)).cleaned_data
        row = services.answer(
            actor=user.actor(),
            user=user,
            decision=decision,
            question=given["question"],
            text=clean(given["ask_answer"]),
        )
        return self.reply(_shape(row.question, answered=True))
