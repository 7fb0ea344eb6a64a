"""What the verbs share: who writes in an assessment, its lock, the subject of an entry."""

from __future__ import annotations

import uuid

from accounts.models import User
from assessment import selectors
from assessment.errors import NotAllowed
from assessment.models import Assessment, Decision
from ledger.ids import new_id


def lock_for_writing(user: User, assessment_id: uuid.UUID) -> Assessment:
    """The assessment's row, always locked first, when the person writes in it now. Raises `NotAllowed`."""
    assessment = (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("case__person", "office", "started_by")
        .get(pk=assessment_id)
    )
    require_writer(user, assessment)
    return assessment


def require_writer(user: User, assessment: Assessment) -> None:
    if not selectors.may_write(user, assessment):
        raise NotAllowed(
            "Only the officer who began this assessment writes in it, and only while it is open. Nothing was saved."
        )


def subject_of(decision: Decision) -> dict[str, uuid.UUID]:
    return {"case": decision.case_id, "assessment": decision.assessment_id, "decision": decision.pk}


def new_page_token() -> str:
    """Names one open page, so that it never conflicts with its own autosave."""
    return str(new_id())
