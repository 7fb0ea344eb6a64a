"""The programs' way to pause the clock of a review and to let it run again. No rule lives here."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from typing import ClassVar

from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response

from assessment.models import Decision
from cases.api.base import ApiView, Operation, body_of, filled, form_schema, user_of
from review.api_access import asked_decision
from review.clocks.api_forms import NumberForm, PauseForm, clean
from review.clocks.pausing import pause_clock, resume_clock
from review.models import Pause


class ClockShape(BaseModel):
    """The clock of a review. `paused_on` is empty while it runs; `working_days` is how long the last pause was."""

    decision: uuid.UUID
    number: int
    paused_on: datetime.date | None
    pause_reason: str
    working_days: int | None
    due_on: datetime.date | None


def _shape(pause: Pause) -> ClockShape:
    running = pause.ended_at is not None
    return ClockShape(
        decision=pause.decision_id,
        number=pause.version_number,
        paused_on=None if running else pause.paused_on,
        pause_reason=pause.reason,
        working_days=pause.working_days if running else None,
        due_on=Decision.objects.values_list("due_on", flat=True).get(pk=pause.decision_id),
    )


class PauseIt(ApiView):
    """Lets the clock stand still; the review stays with who pauses it and can be decided at any time."""

    operations: ClassVar[Mapping[str, Operation]] = {
        "POST": Operation(
            page="review:pause",
            summary="Pause the clock of a review",
            answer=ClockShape,
            body=lambda: form_schema(PauseForm()),
            problems=(404, 409),
        )
    }

    def post(self, request: Request, decision_id: uuid.UUID) -> Response:
        user = user_of(request)
        decision = asked_decision(request, decision_id)
        given = filled(PauseForm, body_of(request)).cleaned_data
        row = pause_clock(
            actor=user.actor(),
            user=user,
            decision=decision,
            number=given["number"],
            reason=given["pause_reason"],
            note=clean(given["pause_note"]),
        )
        return self.reply(_shape(row))


class ResumeIt(ApiView):
    """Lets the clock run again; the due date moves by the working days of the pause."""

    operations: ClassVar[Mapping[str, Operation]] = {
        "POST": Operation(
            page="review:pause",
            summary="Resume the clock of a review",
            answer=ClockShape,
            body=lambda: form_schema(NumberForm()),
            problems=(404, 409),
        )
    }

    def post(self, request: Request, decision_id: uuid.UUID) -> Response:
        user = user_of(request)
        decision = asked_decision(request, decision_id)
        given = filled(NumberForm, body_of(request)).cleaned_data
        row = resume_clock(actor=user.actor(), user=user, decision=decision, number=given["number"])
        return self.reply(_shape(row))
