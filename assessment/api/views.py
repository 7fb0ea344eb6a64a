"""Addresses of assessments and decisions. They hold no rule: services write, and each reading is noted."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib.auth import authenticate
from django.http import Http404
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from assessment import pages, selectors, services, workflow
from assessment.answers import Answers, form_errors, read_posted
from assessment.api import shapes
from assessment.fields import DECISION_STEP, FACT_STEPS, Field, all_fields
from assessment.models import Assessment, Decision
from assessment.returning import RETURN_STEP
from assessment.services.common import require_writer
from assessment.views.common import refuse_withheld
from cases.api.base import (
    VERSION,
    ApiView,
    FieldError,
    Invalid,
    Operation,
    Query,
    body_of,
    case_or_404,
    filled,
    form_schema,
    posted,
    user_of,
)
from ledger.clock import policy_date
from policy.services import current

WRONG = "The password is not right, so nothing was signed. Type it again; the draft is kept."
CHOOSE_DECISION = "Choose the decision that is being considered from the list."


class DecisionForm(forms.Form):
    """Which decision is considered, in which direction."""

    decision_type = forms.ChoiceField(
        label="Which decision?",
        error_messages={"required": CHOOSE_DECISION, "invalid_choice": CHOOSE_DECISION},
    )
    direction = forms.ChoiceField(
        label="In which direction?",
        choices=[("do", "To do it"), ("undo", "To undo it")],
        error_messages={"required": CHOOSE_DECISION, "invalid_choice": CHOOSE_DECISION},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["decision_type"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(kind.key, kind.title) for kind in current()[0].decision_types]


class StartForm(DecisionForm):
    """The same for the first decision of an assessment."""

    copy = forms.ChoiceField(
        label="Begin with the answers of the last assessment?",
        required=False,
        choices=[("", "No"), ("yes", "Yes")],
    )


class PasswordForm(forms.Form):
    """Signing asks for the password again."""

    password = forms.CharField(
        label="Password", strip=False, max_length=200, error_messages={"required": WRONG}
    )


def assessment_or_404(request: Request, assessment_id: uuid.UUID) -> Assessment:
    try:
        return selectors.assessment_for(user_of(request), assessment_id)
    except Assessment.DoesNotExist:
        refuse_withheld(user_of(request), assessment=assessment_id)
        raise Http404 from None


def decision_or_404(request: Request, decision_id: uuid.UUID) -> Decision:
    try:
        return selectors.decision_for(user_of(request), decision_id)
    except Decision.DoesNotExist:
        raise Http404 from None


class Assessments(ApiView):
    """The start of an assessment."""

    operations: ClassVar[Mapping[str, Operation]] = {
        "POST": Operation(
            page="assessment:start",
            summary="Begin an assessment, or add a draft to the open one",
            status=201,
            answer=shapes.Begun,
            body=lambda: form_schema(StartForm()),
            problems=(404,),
        )
    }

    def post(self, request: Request, case_id: uuid.UUID) -> Response:
        user = user_of(request)
        case = case_or_404(request, case_id)
        data = filled(StartForm, body_of(request)).cleaned_data
        assessment, decision = services.start_assessment(
            actor=user.actor(),
            user=user,
            case=case,
            decision_type=data["decision_type"],
            direction=data["direction"],
            copy_answers=data["copy"] == "yes",
        )
        begun = shapes.Begun(assessment=assessment.pk, decision=decision.pk, state=decision.state)
        return self.reply(begun, 201, reverse("api:assessment", args=[assessment.pk]))


class OneAssessment(ApiView):
    """An assessment with its pages, its decisions, and what is not met."""

    operations: ClassVar[Mapping[str, Operation]] = {
        "GET": Operation(
            page="assessment:tasks",
            summary="Read an assessment",
            answer=shapes.AssessmentShape,
            queries=(
                Query("decision", "The decision that `unmet` speaks of; without it, the newest draft."),
            ),
            problems=(404,),
        )
    }

    def get(self, request: Request, assessment_id: uuid.UUID) -> Response:
        user = user_of(request)
        assessment = assessment_or_404(request, assessment_id)
        decision = _chosen(request, assessment)
        services.note_opened(actor=user.actor(), assessment=assessment, page="assessment", decision=decision)
        return self.reply(shapes.assessment_shape(user, assessment, decision))


def _chosen(request: Request, assessment: Assessment) -> Decision | None:
    drafts = selectors.drafts_of(assessment)
    named = request.query_params.get("decision")
    if named:
        for one in drafts:
            if str(one.pk) == named:
                return one
        raise Http404
    listed = [one for one in drafts if one.state in workflow.EDITABLE] or drafts
    return listed[-1] if listed else None


def _answers_schema() -> dict[str, Any]:
    text = {"type": "string"}
    return {
        "type": "object",
        "properties": {
            "answers": {
                "type": "object",
                "description": "Every answer of the page by field name; an answer that is left out is emptied.",
                "additionalProperties": {"oneOf": [text, {"type": "array", "items": text}]},
            },
            "version": {"description": "The version that was read."} | VERSION,
            "page": {
                "type": "string",
                "maxLength": 36,
                "description": "Names one open page, which never conflicts with its own saving.",
            },
        },
        "required": ["answers", "version"],
        "additionalProperties": False,
    }


class AnswersForm(forms.Form):
    """The version that was read, and the page that saves."""

    version = forms.IntegerField(
        min_value=0, max_value=2**31 - 1, error_messages={"required": "Say which version you read."}
    )
    page = forms.CharField(required=False, max_length=36)


def _read(request: Request, assessment: Assessment, step: str) -> tuple[Answers, int, str]:
    """Answers, version and page of the body. Raises `Invalid`; then nothing is saved."""
    # The edition that the page would ask by on this day.
    return _read_answers(request, all_fields(selectors.edition_on(policy_date(), assessment), step))


def _read_answers(request: Request, fields: Mapping[str, Field]) -> tuple[Answers, int, str]:
    data = body_of(request)
    given = data.get("answers")
    if not isinstance(given, dict):
        raise Invalid([FieldError("answers", "Send the answers as an object of texts and lists of texts.")])
    form = filled(AnswersForm, {name: value for name, value in data.items() if name != "answers"})
    answers = read_posted(posted(given, fields, [name for name, one in fields.items() if one.many]), fields)
    errors = form_errors(answers, fields)
    if errors:
        raise Invalid(FieldError(name, text) for name, text in errors.items())
    return answers, form.cleaned_data["version"], form.cleaned_data["page"]


class Step(ApiView):
    """One page of questions about facts and factors."""

    operations: ClassVar[Mapping[str, Operation]] = {
        "PUT": Operation(
            page="assessment:step",
            summary="Save the answers of a page",
            answer=shapes.StepSaved,
            body=_answers_schema,
            problems=(404, 409),
        )
    }

    def put(self, request: Request, assessment_id: uuid.UUID, step: str) -> Response:
        user = user_of(request)
        assessment = assessment_or_404(request, assessment_id)
        if step not in FACT_STEPS:
            raise Http404
        require_writer(user, assessment)
        answers, version, page = _read(request, assessment, step)
        saved = services.save_step(
            actor=user.actor(),
            user=user,
            assessment=assessment,
            step=step,
            answers=answers,
            version=version,
            page=page,
            by_button=True,
        )
        return self.reply(shapes.StepSaved(step=step, version=saved))


class Decisions(ApiView):
    """One more decision on the same facts and factors."""

    operations: ClassVar[Mapping[str, Operation]] = {
        "POST": Operation(
            page="assessment:decide",
            summary="Add a draft decision",
            status=201,
            answer=shapes.Begun,
            body=lambda: form_schema(DecisionForm()),
            problems=(404,),
        )
    }

    def post(self, request: Request, assessment_id: uuid.UUID) -> Response:
        user = user_of(request)
        assessment = assessment_or_404(request, assessment_id)
        data = filled(DecisionForm, body_of(request)).cleaned_data
        decision = services.add_decision(
            actor=user.actor(),
            user=user,
            assessment=assessment,
            decision_type=data["decision_type"],
            direction=data["direction"],
        )
        begun = shapes.Begun(assessment=assessment.pk, decision=decision.pk, state=decision.state)
        return self.reply(begun, 201)


class Draft(ApiView):
    """Outcome, opposite case and reasons of a draft."""

    operations: ClassVar[Mapping[str, Operation]] = {
        "PUT": Operation(
            page="assessment:step",
            summary="Save the draft of a decision",
            answer=shapes.StepSaved,
            body=_answers_schema,
            problems=(404, 409),
        )
    }

    def put(self, request: Request, decision_id: uuid.UUID) -> Response:
        user = user_of(request)
        decision = decision_or_404(request, decision_id)
        require_writer(user, decision.assessment)
        answers, version, page = _read(request, decision.assessment, DECISION_STEP)
        saved = services.save_decision(
            actor=user.actor(),
            user=user,
            decision=decision,
            answers=answers,
            version=version,
            page=page,
            by_button=True,
        )
        return self.reply(shapes.StepSaved(step=DECISION_STEP, version=saved))


class ReturnAnswers(ApiView):
    """The answers to the points of the last return, by the names of their fields."""

    operations: ClassVar[Mapping[str, Operation]] = {
        "PUT": Operation(
            page="assessment:step",
            summary="Answer the points of a return",
            answer=shapes.StepSaved,
            body=_answers_schema,
            problems=(404, 409),
        )
    }

    def put(self, request: Request, decision_id: uuid.UUID) -> Response:
        user = user_of(request)
        decision = decision_or_404(request, decision_id)
        require_writer(user, decision.assessment)
        work = selectors.working(decision.assessment, decision)
        answers, version, page = _read_answers(request, pages.all_fields_of(work, RETURN_STEP))
        saved = services.save_return_answers(
            actor=user.actor(),
            user=user,
            decision=decision,
            answers=answers,
            version=version,
            page=page,
            by_button=True,
        )
        return self.reply(shapes.StepSaved(step=RETURN_STEP, version=saved))


class Sign(ApiView):
    """The signature. It asks for the password; failures count towards the lock-out."""

    operations: ClassVar[Mapping[str, Operation]] = {
        "POST": Operation(
            page="assessment:submit",
            summary="Sign a decision",
            answer=shapes.SignedShape,
            body=lambda: form_schema(PasswordForm()),
            problems=(404, 409, 429),
        )
    }

    def post(self, request: Request, decision_id: uuid.UUID) -> Response:
        user = user_of(request)
        decision = decision_or_404(request, decision_id)
        password = filled(PasswordForm, body_of(request)).cleaned_data["password"]
        if authenticate(request._request, username=user.username, password=password) != user:
            services.note_wrong_password(actor=user.actor(), decision=decision)
            raise Invalid([FieldError("password", WRONG)])
        version = services.sign_decision(actor=user.actor(), user=user, decision=decision)
        return self.reply(shapes.signed_shape(version))


class Withdraw(ApiView):
    """The end of a draft."""

    operations: ClassVar[Mapping[str, Operation]] = {
        "POST": Operation(
            page="assessment:abandon",
            summary="Withdraw a draft; it stays listed",
            answer=shapes.DecisionStateShape,
            problems=(404, 409),
        )
    }

    def post(self, request: Request, decision_id: uuid.UUID) -> Response:
        user = user_of(request)
        decision = decision_or_404(request, decision_id)
        done = services.withdraw_decision(actor=user.actor(), user=user, decision=decision)
        return self.reply(shapes.state_shape(done))
