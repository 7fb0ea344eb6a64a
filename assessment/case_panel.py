"""The part of the case page that shows assessments and their decisions, withdrawn ones included."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accounts.models import Role, User
from assessment.models import Decision
from assessment.stops.services import standing_detainers
from assessment.stops.ways_out import WAYS_OUT
from cases.models import Case, CaseState


def build_stops(case: Case, user: User) -> Mapping[str, Any]:
    """Context of `assessment/_stops_panel.html`: stops with owner, clock and way out, and open tasks."""
    same_office = case.office_id == user.office_id
    stops = list(case.stops.order_by("-id")) if same_office else []
    return {
        "stops": [(stop, WAYS_OUT[stop.kind]) for stop in stops],
        "tasks": list(case.tasks.filter(done_at__isnull=True).order_by("due_on")) if same_office else [],
    }


def build(case: Case, user: User) -> Mapping[str, Any]:
    """Context of `assessment/_case_panel.html`."""
    decisions = (
        Decision.objects.filter(case=case).select_related("assessment", "created_by").order_by("-id")[:50]
    )
    return {
        "decisions": list(decisions),
        "may_start": user.role == Role.OFFICER
        and case.office_id == user.office_id
        and (case.state == CaseState.OPEN or bool(standing_detainers(case))),
        "same_office": case.office_id == user.office_id,
    }
