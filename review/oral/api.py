"""The programs' way to record an oral approval."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from assessment.api.shapes import DecisionStateShape, state_shape
from assessment.models import Decision
from assessment.selectors import decision_for
from cases.api.base import ApiView, Operation, body_of, filled, form_schema, user_of
from review.oral.forms import OralApprovalForm
from review.oral.services import record_oral_approval


class OralShape(DecisionStateShape):
    """What was recorded; the decision stays in review, and `confirm_by` is when its approver is asked to confirm it."""

    oral_approval: uuid.UUID
    confirm_by: datetime.date
    lag_minutes: int


class Oral(ApiView):
    """Records an oral approval of a decision that waits, by the officer who heard it."""

    operations: ClassVar[Mapping[str, Operation]] = {
        "POST": Operation(
            page="review:oral",
            summary="Record an oral approval",
            answer=OralShape,
            body=lambda: form_schema(OralApprovalForm()),
            problems=(404, 409),
        )
    }

    def post(self, request: Request, decision_id: uuid.UUID) -> Response:
        user = user_of(request)
        try:
            decision = decision_for(user, decision_id)
        except Decision.DoesNotExist:
            raise Http404 from None
        form = filled(OralApprovalForm, body_of(request), decision=decision)
        row = record_oral_approval(actor=user.actor(), user=user, decision=decision, **form.given())
        done = state_shape(Decision.objects.get(pk=decision.pk))
        return self.reply(
            OralShape(
                **done.model_dump(),
                oral_approval=row.pk,
                confirm_by=row.confirm_by,
                lag_minutes=int((row.recorded_at - row.given_at).total_seconds()) // 60,
            )
        )
