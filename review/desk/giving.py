"""Verbs of the desk: give decisions to a supervisor or back to the queue, spread them, record an absence.

Each decision is given in a transaction of its own with its entry, so that one that somebody else changed meanwhile does
not hold up the rest: the caller gets a result for each. Nothing here approves, returns or proposes anything.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from accounts.models import Role, User
from assessment import workflow
from assessment.models import Decision
from ledger.actors import Actor
from ledger.clock import now, policy_date
from ledger.services import NewEntry, append
from review import selectors
from review.desk.people import absent_today
from review.desk.queue import NAMELESS
from review.errors import Refused
from review.events import AbsenceEnded, AbsenceRecorded, DecisionGiven, FiguresOpened, TeamOpened
from review.models import Absence
from review.regime.masked_read import shown_masked

REASONS = {
    "load": "To balance the load",
    "absence": "Absence",
    "after_hours": "Cover after hours",
    "own_case": "The supervisor wrote it or knows the person",
    "knowledge": "The other supervisor knows the matter",
    "deadline": "To meet the deadline",
}
MOST = 100


@dataclass(frozen=True, slots=True)
class Given:
    """What became of one decision; `words` tell it, `done` is False when it stays where it was."""

    decision: uuid.UUID
    person: str
    done: bool
    words: str


def give(
    *, actor: Actor, user: User, decisions: Sequence[uuid.UUID], to: User | None, reason: str
) -> list[Given]:
    """Give waiting or taken decisions to a supervisor of the office, or with `to` None back to the queue.

    Taken ones are put back first: whoever had them loses them, and the entry says so. Raises `Refused` for the whole.
    """
    errors = {}
    if not decisions:
        errors["decision"] = "Mark at least one decision."
    elif len(decisions) > MOST:
        errors["decision"] = f"Mark at most {MOST} decisions at once."
    if reason not in REASONS:
        errors["give_reason"] = "Choose why they change hands."
    if to is not None and (to.role != Role.SUPERVISOR or to.office_id != user.office_id or not to.is_active):
        errors["give_to"] = "Choose a supervisor of your office, or the queue."
    if errors:
        raise Refused(errors)
    return [_give_one(actor, user, one, to, reason) for one in dict.fromkeys(decisions)]


def _give_one(actor: Actor, user: User, key: uuid.UUID, to: User | None, reason: str) -> Given:
    with transaction.atomic():
        found = selectors.reviewable_by(user, own=True).select_for_update(of=("self",))
        decision = found.select_related("case__person").filter(pk=key).first()
        if decision is None:
            return Given(key, "", False, "It is not in your office's queue.")
        person = NAMELESS if shown_masked(user, decision) else decision.case.person.name
        why_not = _why_not(decision, to)
        if why_not:
            return Given(key, person, False, why_not)
        taken_from = decision.claimed_by_id
        was = decision.assigned_to_id
        if decision.state == workflow.CLAIMED:
            back = workflow.target_of("release", decision.state)
            decision.state = workflow.ESCALATED if decision.escalated_by_id else back
            decision.claimed_by = None
            decision.claimed_at = None
        decision.assigned_to = to
        decision.save()
        payload = DecisionGiven(
            number=decision.signed_number,
            to=str(to.pk) if to else "",
            was=str(was or ""),
            taken_from=str(taken_from or ""),
            reason=reason,
        )
        subject = {"case": decision.case_id, "assessment": decision.assessment_id, "decision": decision.pk}
        append(NewEntry(payload=payload, actor=actor, subject=subject))
    return Given(key, person, True, f"Given to {to.full_name}." if to else "Back in the queue.")


def _why_not(decision: Decision, to: User | None) -> str:
    """Why a decision cannot change hands this way; empty when it can."""
    if decision.state not in workflow.IN_REVIEW:
        return f"It is {workflow.LABELS[decision.state].lower()} now."
    if to is None:
        nothing = decision.assigned_to_id is None and decision.claimed_by_id is None
        return "It is in the queue already." if nothing else ""
    if to.pk in (decision.signed_by_id, decision.created_by_id, decision.escalated_by_id):
        return f"{to.full_name} wrote, signed or approved it first. Nobody reviews their own decision."
    if decision.claimed_by_id == to.pk or (
        decision.claimed_by_id is None and decision.assigned_to_id == to.pk
    ):
        return f"{to.full_name} has it already."
    return ""


def spread(*, actor: Actor, user: User, shares: Iterable[tuple[uuid.UUID, User]]) -> list[Given]:
    """Give the decisions of a preview as it was shown. What changed meanwhile stays where it is, and is told."""
    results = []
    away = {one.pk for one in absent_today(user.office_id)}
    for key, to in shares:
        if to.pk in away:
            results.append(Given(key, "", False, f"{to.full_name} is away since."))
        else:
            results += give(actor=actor, user=user, decisions=[key], to=to, reason="load")
    return results


def record_absence(
    *,
    actor: Actor,
    user: User,
    person: User,
    cover: User | None,
    starts: datetime.date | None,
    ends: datetime.date | None,
) -> Absence:
    """Record that a supervisor of the office is away, with who covers. Raises `Refused` by field."""
    errors = {}
    if person.role != Role.SUPERVISOR or person.office_id != user.office_id or user.role != Role.SUPERVISOR:
        errors["absent"] = "Choose a supervisor of your office."
    if cover is not None and (cover.role != Role.SUPERVISOR or cover.office_id != user.office_id):
        errors["cover"] = "Choose a supervisor of your office, or nobody."
    elif cover is not None and cover.pk == person.pk:
        errors["cover"] = "Choose somebody else: nobody covers for themselves."
    if starts is None or ends is None:
        errors["absent_from" if starts is None else "absent_until"] = "Write the day as 2024-12-10."
    elif ends < starts:
        errors["absent_until"] = "The last day is before the first."
    elif ends < policy_date():
        errors["absent_until"] = "The last day is over already."
    if errors or starts is None or ends is None:
        raise Refused(errors)
    with transaction.atomic():
        row = Absence.objects.create(
            person=person, cover=cover, starts=starts, ends=ends, recorded_by=user, recorded_at=now()
        )
        payload = AbsenceRecorded(
            absence=str(row.pk),
            person=str(person.pk),
            cover=str(cover.pk) if cover else "",
            starts=starts.isoformat(),
            ends=ends.isoformat(),
        )
        append(NewEntry(payload=payload, actor=actor))
    return row


def end_absence(*, actor: Actor, user: User, absence: uuid.UUID) -> Absence:
    """End an absence of the office early. Raises `Absence.DoesNotExist` for one that is over or of elsewhere."""
    with transaction.atomic():
        row = (
            Absence.objects.select_for_update(of=("self",))
            .select_related("person")
            .get(pk=absence, person__office_id=user.office_id, ended_at__isnull=True)
        )
        row.ended_at = now()
        row.save(update_fields=["ended_at"])
        append(NewEntry(payload=AbsenceEnded(absence=str(row.pk)), actor=actor))
    return row


def note_team(*, actor: Actor, office: str) -> None:
    with transaction.atomic():
        append(NewEntry(payload=TeamOpened(office=office), actor=actor))


def note_figures(*, actor: Actor, whose: str) -> None:
    with transaction.atomic():
        append(NewEntry(payload=FiguresOpened(whose=whose), actor=actor))
