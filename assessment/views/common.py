"""What the pages share: the assessment of the address, its decision, the kinds to choose from. No rule lives here."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from accounts.http import signed_in
from accounts.models import User
from assessment import selectors, workflow
from assessment.models import Assessment, Decision
from assessment.withholding import WORDS
from policy.services import current


def assessment_or_404(request: HttpRequest, assessment_id: uuid.UUID) -> Assessment:
    try:
        return selectors.assessment_for(
            signed_in(request), assessment_id, to_read=request.method in ("GET", "HEAD")
        )
    except Assessment.DoesNotExist as error:
        refuse_withheld(signed_in(request), assessment=assessment_id)
        raise Http404 from error


def refuse_withheld(user: User, **which: Any) -> None:
    """Say why a page does not open that this person may read later: their own view is asked for first."""
    if selectors.is_withheld(user, **which):
        raise PermissionDenied(WORDS)


def chosen_decision(request: HttpRequest, assessment: Assessment) -> Decision | None:
    """The decision that the address names, else the newest that can be edited, else the newest."""
    drafts = selectors.drafts_of(assessment)
    named = request.POST.get("decision") or request.GET.get("decision")
    if named:
        for one in drafts:
            if str(one.pk) == named:
                return one
        raise Http404
    editable = [one for one in drafts if one.state in workflow.EDITABLE]
    listed = editable or drafts
    return listed[-1] if listed else None


def decision_kinds(chosen: str = "") -> list[dict[str, Any]]:
    edition, _ = current()
    return [
        {
            "value": f"{kind.key}:{direction}",
            "label": kind.label(direction),
            "checked": chosen in (f"{kind.key}:{direction}", kind.key),
        }
        for kind in edition.decision_types
        for direction in ("do", "undo")
    ]


def title_of(work: selectors.Working, decision: Decision) -> str:
    return work.draft.edition.decision_type(decision.type).label(decision.direction)
