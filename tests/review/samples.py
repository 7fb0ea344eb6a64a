"""Signed decisions in numbers, and the verbs of review with sensible defaults."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from accounts.models import User
from assessment.models import Assessment, Decision
from ledger.clock import now
from review import services
from review.models import Review
from tests.assessment.situations import Situation

PAGE = {"review_overriding_answer": "found", "review_reason": "The conduct is recent."}


def many(at: Situation, dues: Iterable[datetime.date], template: Decision) -> list[Decision]:
    """Decisions that wait for review, one for each due date, as copies of a signed one, without entries."""
    version = template.versions.get()
    made = []
    for due in dues:
        assessment = Assessment.objects.get(pk=template.assessment_id)
        made.append(
            Decision.objects.create(
                assessment=assessment,
                case=at.case,
                office=at.case.office,
                type="detainer",
                direction="do",
                state="submitted",
                created_by=template.created_by,
                created_at=now(),
                answers=template.answers,
                signed_number=1,
                signed_by=template.created_by,
                signed_at=version.signed_at,
                due_on=due,
            )
        )
    return made


def approve(boss: User, decision: Decision, **changes: Any) -> Review:
    given: dict[str, Any] = {
        "number": decision.signed_number,
        "answer": "found",
        "reason": "The conduct is recent.",
        "acknowledged": False,
    }
    return services.approve(actor=boss.actor(), user=boss, decision=decision, **(given | changes))


def send_back(boss: User, decision: Decision, *points: str, **changes: Any) -> Review:
    given: dict[str, Any] = {
        "number": decision.signed_number,
        "answer": "cannot_tell",
        "reason": "The file says nothing of the family.",
        "acknowledged": False,
    }
    return services.return_decision(
        actor=boss.actor(),
        user=boss,
        decision=decision,
        points=[services.Point("consequences", text) for text in points],
        **(given | changes),
    )


def detail_url(decision: Decision) -> str:
    return reverse("review:detail", args=[decision.pk])


__all__ = ["PAGE", "approve", "detail_url", "many", "send_back"]
