"""The guidance under a draft, and re-affirming it after a change. The same service as the page."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django import forms
from rest_framework.request import Request
from rest_framework.response import Response

from assessment import selectors, services
from assessment.api import shapes
from assessment.api.views import decision_or_404
from assessment.services.common import require_writer
from cases.api.base import ApiView, Operation, body_of, filled, form_schema, user_of


class MarkForm(forms.Form):
    """The mark of the guidance that was read."""

    mark = forms.CharField(
        max_length=64, error_messages={"required": "Send the mark of the guidance that you read."}
    )


class Guidance(ApiView):
    """What the guidance is today for a draft, and what changed since its author last affirmed it."""

    operations: ClassVar[Mapping[str, Operation]] = {
        "GET": Operation(
            page="assessment:reaffirm",
            summary="Read the guidance under a draft, and what changed",
            answer=shapes.GuidanceShape,
            problems=(404, 409),
        ),
        "POST": Operation(
            page="assessment:reaffirm",
            summary="Re-affirm a draft after the guidance changed; its answers are kept",
            answer=shapes.GuidanceShape,
            body=lambda: form_schema(MarkForm()),
            problems=(404, 409),
        ),
    }

    def get(self, request: Request, decision_id: uuid.UUID) -> Response:
        return self._told(request, decision_id)

    def post(self, request: Request, decision_id: uuid.UUID) -> Response:
        user = user_of(request)
        decision = decision_or_404(request, decision_id)
        mark = filled(MarkForm, body_of(request)).cleaned_data["mark"]
        services.reaffirm(actor=user.actor(), user=user, decision=decision, mark=mark)
        return self._told(request, decision_id)

    def _told(self, request: Request, decision_id: uuid.UUID) -> Response:
        user = user_of(request)
        decision = decision_or_404(request, decision_id)
        require_writer(user, decision.assessment)
        work = selectors.working(decision.assessment, decision)
        services.note_opened(
            actor=user.actor(), assessment=decision.assessment, page="guidance", decision=decision
        )
        return self.reply(shapes.guidance_shape(work, selectors.change_of(work)))
