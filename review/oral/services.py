"""Recording an oral approval. It is confirmed or returned by the verbs of review."""

from __future__ import annotations

import datetime
import uuid
import zoneinfo

from django.db import transaction

from accounts.models import User
from accounts.zones import judged_in, zone_of
from assessment import workflow
from assessment.carried_codes import APPROVED_ORALLY
from assessment.models import Decision
from assessment.selectors import signed_page
from assessment.workdays import add_working_days
from ledger.actors import Actor
from ledger.clock import policy_date
from ledger.services import NewEntry, append
from policy.services import current
from review import checks
from review.clocks.reminders import follow
from review.errors import Refused
from review.events import OralApprovalRecorded
from review.models import CouldNotWait, Means, OralApproval
from review.oral.selectors import could_approve, may_record, stand_ins


def record_oral_approval(
    *,
    actor: Actor,
    user: User,
    decision: Decision,
    approver: uuid.UUID | None,
    given_at: datetime.datetime | None,
    means: str,
    why: str,
) -> OralApproval:
    """Write down what a supervisor approved orally, once for a signed version, by the officer who heard it.

    The review falls to that supervisor and is due sooner. Raises `Refused` with texts by field.
    """
    with transaction.atomic():
        locked = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
        _open(user, locked)
        recorded_at = judged_in(zone_of(locked.office_id))
        found = next((one for one in could_approve(locked) if one.pk == approver), None)
        errors = _errors(locked, found, given_at, recorded_at, means, why)
        if errors or found is None or given_at is None:
            raise Refused(errors)
        confirm_by = add_working_days(policy_date(), current()[0].review_regime.confirm_oral_within)
        zone = given_at.tzinfo.key if isinstance(given_at.tzinfo, zoneinfo.ZoneInfo) else "UTC"
        entry = append(
            NewEntry(
                payload=OralApprovalRecorded(
                    number=locked.signed_number,
                    approver=str(found.pk),
                    given_to=str(user.pk),
                    given_at=given_at.astimezone(datetime.UTC).isoformat(timespec="minutes"),
                    zone=zone,
                    recorded_at=recorded_at.isoformat(timespec="minutes"),
                    lag_minutes=int((recorded_at - given_at).total_seconds()) // 60,
                    means=means,
                    why=why,
                    confirm_by=confirm_by.isoformat(),
                ),
                actor=actor,
                subject={"case": locked.case_id, "assessment": locked.assessment_id, "decision": locked.pk},
            )
        )[0]
        row = OralApproval.objects.create(
            decision=locked,
            version_number=locked.signed_number,
            approver=found,
            given_to=user,
            means=means,
            why=why,
            given_at=given_at,
            zone=zone,
            recorded_at=recorded_at,
            confirm_by=confirm_by,
            entry_id=entry.pk,
            at=entry.at,
        )
        locked.notices = [*locked.notices, APPROVED_ORALLY]
        locked.assigned_to = found
        locked.due_on = min(locked.due_on or confirm_by, confirm_by)
        locked.save(update_fields=["notices", "assigned_to", "due_on"])
        follow(locked)
    return row


def _open(user: User, decision: Decision) -> None:
    """Whether anything can be recorded about this version at all."""
    if user.pk not in (decision.signed_by_id, decision.created_by_id):
        raise Refused({"": "The officer who wrote the decision and heard the approval records it."})
    if APPROVED_ORALLY in decision.notices:
        raise Refused({"": "An oral approval of this version is recorded already."})
    if not may_record(user, decision):
        words = workflow.LABELS[decision.state].lower()
        raise Refused({"": f"This decision is {words} now. An oral approval is recorded while one waits."})
    document = signed_page(decision.versions.get(number=decision.signed_number)).document
    if document.get("needs_second_review") or decision.escalated_by_id is not None:
        raise Refused(
            {
                "": "Two supervisors review this action, because no priority was found. One of them cannot approve it "
                "orally; ask both to review it now (clause V.B#23)."
            }
        )
    checks.not_halted(decision)


def _errors(
    decision: Decision,
    approver: User | None,
    given_at: datetime.datetime | None,
    recorded_at: datetime.datetime,
    means: str,
    why: str,
) -> dict[str, str]:
    errors = {}
    if approver is None:
        errors["oral_supervisor"] = "Choose the supervisor who approved it. It is never one of its authors."
    if given_at is None:
        errors["oral_on"] = "Write the day and the time at which it was approved."
    elif given_at > recorded_at:
        errors["oral_on"] = "That time lies ahead. Write when it was approved, in the office's time."
    elif approver is not None and approver.pk in stand_ins(decision, given_at.date()):
        errors["oral_supervisor"] = (
            "That supervisor covered for the author on that day, so another one has to approve it."
        )
    if means not in Means.values:
        errors["oral_means"] = "Choose how it was given."
    if why not in CouldNotWait.values:
        errors["oral_why"] = "Choose why it could not wait."
    return errors
