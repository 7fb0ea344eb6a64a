"""The part of the case page that shows assessments and their decisions, withdrawn ones included."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accounts.models import Role, User
from assessment.models import Decision
from cases.models import Case, CaseState


def build(case: Case, user: User) -> Mapping[str, Any]:
    """Context of `assessment/_case_panel.html`."""
    decisions = (
        Decision.objects.filter(case=case).select_related("assessment", "created_by").order_by("-id")[:50]
    )
    return {
        "decisions": list(decisions),
        "may_start": user.role == Role.OFFICER
        and case.state == CaseState.OPEN
        and case.office_id == user.office_id,
        "same_office": case.office_id == user.office_id,
    }
