"""Reading is an event: one entry for each page of an assessment or decision that is about to be shown."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from assessment.events import AssessmentOpened, DecisionOpened, MovedDraftsShown, SigningFailed
from assessment.models import Assessment, Decision, DecisionVersion
from assessment.services.common import subject_of
from ledger.actors import Actor
from ledger.services import NewEntry, append


def note_opened(*, actor: Actor, assessment: Assessment, page: str, decision: Decision | None = None) -> None:
    """One entry for a page of the assessment that is about to be shown."""
    subject = {"case": assessment.case_id, "assessment": assessment.pk}
    if decision is not None:
        subject["decision"] = decision.pk
    with transaction.atomic():
        append(NewEntry(payload=AssessmentOpened(page=page), actor=actor, subject=subject))


def note_moved_shown(*, actor: Actor, drafts: Sequence[Decision]) -> None:
    """One entry for the list of drafts under which the guidance changed."""
    with transaction.atomic():
        append(NewEntry(payload=MovedDraftsShown(shown=[str(one.pk) for one in drafts]), actor=actor))


def note_wrong_password(*, actor: Actor, decision: Decision) -> None:
    """One entry for a signature that was tried with a wrong password, by page or API."""
    with transaction.atomic():
        append(NewEntry(payload=SigningFailed(), actor=actor, subject=subject_of(decision)))


def note_decision_opened(*, actor: Actor, version: DecisionVersion) -> None:
    """One entry for a decision as signed that is about to be shown."""
    with transaction.atomic():
        append(
            NewEntry(
                payload=DecisionOpened(number=version.number),
                actor=actor,
                subject=subject_of(version.decision),
            )
        )
