"""Verbs of drafts: start, save a page, add a decision, withdraw. Each is one transaction with its entry."""

from __future__ import annotations

import secrets

from django.db import transaction

from accounts.models import User
from assessment import selectors, workflow
from assessment.answers import Answers
from assessment.errors import Conflict, NotAllowed
from assessment.events import (
    AssessmentClosed,
    AssessmentStarted,
    DecisionDrafted,
    DecisionWithdrawn,
    StepSaved,
)
from assessment.fields import DECISION_STEP, FACT_STEPS
from assessment.models import Assessment, Decision, ReturnAnswers, StepAnswers
from assessment.returning import RETURN_STEP
from assessment.screening import keep_answers, keep_return_answers, without_words
from assessment.services.common import lock_for_writing, subject_of
from assessment.stops.services import open_stops, standing_detainers
from cases.models import Case, CaseState
from cases.screening.words import Word
from cases.selectors import status_of
from ledger.actors import Actor
from ledger.clock import now
from ledger.events import Committed
from ledger.services import NewEntry, append
from policy.services import current


def start_assessment(
    *,
    actor: Actor,
    user: User,
    case: Case,
    decision_type: str,
    direction: str,
    copy_answers: bool = False,
) -> tuple[Assessment, Decision]:
    """Begin an assessment with one draft decision, or add the draft to the open assessment of the same officer.

    `copy_answers` begins with the answers of the case's last assessment, dated and marked as copied; outcome, opposite
    case and reasons are never copied, and a pin to a fact that changed since must be looked at before signing.
    Raises `NotAllowed` when the case is closed, in another office, has no complete status page, or has an open
    assessment of somebody else.
    """
    edition, reference = current()
    _known_type(decision_type, direction)
    with transaction.atomic():
        case = Case.objects.select_for_update(of=("self",)).select_related("office", "person").get(pk=case.pk)
        _require_open(case, decision_type, direction)
        if case.office_id != user.office_id:
            raise NotAllowed(
                f"This case lies in the office '{case.office.name}'. Take it into your office, or ask that office."
            )
        status = status_of(case)
        if status is None or not status.complete:
            raise NotAllowed(
                "Status and removability comes before any assessment and is not complete. Complete it, then start."
            )
        existing = Assessment.objects.filter(case=case, state="open").select_related("started_by").first()
        if existing is not None and not existing.decisions.exclude(state__in=workflow.FINAL).exists():
            # Everything on it is decided: the new assessment looks at the facts anew.
            _close(actor, existing)
            existing = None
        if existing is not None and existing.started_by_id != user.pk:
            raise NotAllowed(
                f"{existing.started_by.full_name} has an open assessment of this case. Two are never open at once."
            )
        if existing is not None:
            return existing, _draft(actor, user, existing, decision_type, direction)
        open_stops(actor=actor, user=user, case=case)
        earlier = Assessment.objects.filter(case=case).order_by("-id").first() if copy_answers else None
        copied = {row.step: row.answers for row in earlier.steps.all()} if earlier else {}
        order = ["act", "decline"]
        if secrets.randbelow(2):
            order.reverse()
        assessment = Assessment.objects.create(
            case=case,
            office=case.office,
            started_by=user,
            started_at=now(),
            edition_key=edition.key,
            rules_digest=edition.rules_digest,
            content_digest=edition.content_digest,
            outcome_order=order,
            copied_from=earlier.started_at.date().isoformat() if earlier else "",
        )
        StepAnswers.objects.bulk_create(
            [
                StepAnswers(assessment=assessment, step=step, answers=copied.get(step, {}))
                for step in FACT_STEPS
            ]
        )
        for row in assessment.steps.all():
            _screen(row, assessment, row.step, copied.get(row.step, {}), row.version)
        append(
            NewEntry(
                payload=AssessmentStarted(outcome_order=order, copied_from=assessment.copied_from),
                actor=actor,
                subject={"case": case.pk, "assessment": assessment.pk},
                edition=reference,
            )
        )
        return assessment, _draft(actor, user, assessment, decision_type, direction)


def add_decision(
    *, actor: Actor, user: User, assessment: Assessment, decision_type: str, direction: str
) -> Decision:
    """Add a draft decision to the same facts and factors. A draft of the same kind is returned instead of a second."""
    _known_type(decision_type, direction)
    with transaction.atomic():
        locked = lock_for_writing(user, assessment.pk)
        _require_open(locked.case, decision_type, direction)
        return _draft(actor, user, locked, decision_type, direction)


def _draft(actor: Actor, user: User, assessment: Assessment, decision_type: str, direction: str) -> Decision:
    editable = assessment.decisions.filter(
        type=decision_type, direction=direction, state__in=workflow.EDITABLE
    ).first()
    if editable is not None:
        return editable
    decision = Decision.objects.create(
        assessment=assessment,
        case_id=assessment.case_id,
        office_id=assessment.office_id,
        type=decision_type,
        direction=direction,
        created_by=user,
        created_at=now(),
        footing=selectors.footing_today(assessment, decision_type).model_dump(),
    )
    append(
        NewEntry(
            payload=DecisionDrafted(decision_type=decision_type, direction=direction),
            actor=actor,
            subject=subject_of(decision),
        )
    )
    return decision


def save_step(
    *,
    actor: Actor,
    user: User,
    assessment: Assessment,
    step: str,
    answers: Answers,
    version: int,
    page: str,
    by_button: bool,
) -> int:
    """Save the answers of a fact step; returns the new version. Raises `Conflict` with both texts.

    Autosave (`by_button` false) leaves no entry; pressing the button leaves one with the answers committed.
    """
    with transaction.atomic():
        lock_for_writing(user, assessment.pk)
        row = StepAnswers.objects.select_related("saved_by").get(assessment=assessment, step=step)
        new_version = _compare_and_save(StepAnswers, row, user, answers, version, page)
        words = _screen(row, assessment, step, answers, new_version)
        if by_button:
            told = without_words(answers, words)
            append(
                NewEntry(
                    payload=StepSaved(step=step, version=new_version, answers=Committed(dict(told))),
                    actor=actor,
                    subject={"case": assessment.case_id, "assessment": assessment.pk},
                )
            )
    return new_version


def save_decision(
    *,
    actor: Actor,
    user: User,
    decision: Decision,
    answers: Answers,
    version: int,
    page: str,
    by_button: bool,
) -> int:
    """Save outcome, opposite case and rationale of a draft; like `save_step`."""
    with transaction.atomic():
        lock_for_writing(user, decision.assessment_id)
        # Read again: a page that was open may know a draft that was signed meanwhile.
        fresh = Decision.objects.select_for_update().get(pk=decision.pk)
        if fresh.state not in workflow.EDITABLE:
            raise NotAllowed(f"This decision is {workflow.LABELS[fresh.state].lower()} and cannot be edited.")
        new_version = _compare_and_save(Decision, fresh, user, answers, version, page)
        words = _screen(fresh, decision.assessment, DECISION_STEP, answers, new_version)
        if by_button:
            told = without_words(answers, words)
            append(
                NewEntry(
                    payload=StepSaved(step=DECISION_STEP, version=new_version, answers=Committed(dict(told))),
                    actor=actor,
                    subject=subject_of(decision),
                )
            )
    return new_version


def save_return_answers(
    *,
    actor: Actor,
    user: User,
    decision: Decision,
    answers: Answers,
    version: int,
    page: str,
    by_button: bool,
) -> int:
    """Save what the officer answers to the points of the last return; like `save_step`."""
    with transaction.atomic():
        lock_for_writing(user, decision.assessment_id)
        fresh = Decision.objects.select_for_update().get(pk=decision.pk)
        if fresh.state != workflow.RETURNED:
            raise NotAllowed(
                f"This decision is {workflow.LABELS[fresh.state].lower()}; points of a return are answered while it is "
                "returned. Nothing was saved."
            )
        row, _ = ReturnAnswers.objects.select_related("saved_by").get_or_create(
            decision=fresh, number=fresh.signed_number
        )
        new_version = _compare_and_save(ReturnAnswers, row, user, answers, version, page)
        words = keep_return_answers(
            case_id=fresh.case_id, row_id=row.pk, answers=answers, version=new_version
        )
        if by_button:
            told = without_words(answers, words)
            append(
                NewEntry(
                    payload=StepSaved(step=RETURN_STEP, version=new_version, answers=Committed(dict(told))),
                    actor=actor,
                    subject=subject_of(decision),
                )
            )
    return new_version


def _screen(
    row: StepAnswers | Decision, assessment: Assessment, step: str, answers: Answers, version: int
) -> dict[str, tuple[Word, ...]]:
    """What was just saved is kept with what the screen finds in it. Nothing is refused here."""
    return keep_answers(
        case_id=assessment.case_id,
        kind="decision" if isinstance(row, Decision) else "step",
        row_id=row.pk,
        edition_key=assessment.edition_key,
        step=step,
        answers=answers,
        version=version,
    )


def _compare_and_save(
    model: type[StepAnswers] | type[Decision] | type[ReturnAnswers],
    row: StepAnswers | Decision | ReturnAnswers,
    user: User,
    answers: Answers,
    version: int,
    page: str,
) -> int:
    page = page.replace("\x00", "")[:36]
    # A page that autosaved meanwhile knows an older number than its own last save; that is no conflict.
    expected = row.version if page and row.saved_from == page else version
    changed = model.objects.filter(pk=row.pk, version=expected).update(
        answers=answers,
        version=expected + 1,
        saved_at=now(),
        saved_by=user,
        saved_from=page,
    )
    if not changed:
        fresh = model.objects.select_related("saved_by").get(pk=row.pk)
        raise Conflict(
            version=fresh.version,
            saved=fresh.answers,
            mine=dict(answers),
            saved_by=fresh.saved_by,
            saved_at=fresh.saved_at,
        )
    return expected + 1


def withdraw_decision(*, actor: Actor, user: User, decision: Decision) -> Decision:
    """Abandon a draft. It stays listed; an assessment whose every decision was withdrawn is closed."""
    with transaction.atomic():
        assessment = lock_for_writing(user, decision.assessment_id)
        locked = Decision.objects.select_for_update().get(pk=decision.pk)
        locked.state = workflow.target_of("withdraw", locked.state)
        locked.closed_at = now()
        locked.save()
        append(
            NewEntry(
                payload=DecisionWithdrawn(
                    decision_type=locked.type,
                    direction=locked.direction,
                    outcome=Committed(str(locked.answers.get("outcome", ""))),
                ),
                actor=actor,
                subject=subject_of(locked),
            )
        )
        if not assessment.decisions.exclude(state=workflow.WITHDRAWN).exists():
            _close(actor, assessment)
    return locked


def _close(actor: Actor, assessment: Assessment) -> None:
    if Assessment.objects.filter(pk=assessment.pk, state="open").update(state="closed", closed_at=now()):
        append(
            NewEntry(
                payload=AssessmentClosed(),
                actor=actor,
                subject={"case": assessment.case_id, "assessment": assessment.pk},
            )
        )


def _require_open(case: Case, decision_type: str, direction: str) -> None:
    """A detainer that stands is lifted even after the case was closed, for instance because of citizenship."""
    if case.state == CaseState.OPEN:
        return
    if (decision_type, direction) != ("detainer", "undo") or not standing_detainers(case):
        raise NotAllowed("This case is closed. Open a new case for the person first.")


def _known_type(decision_type: str, direction: str) -> None:
    edition, _ = current()
    try:
        edition.decision_type(decision_type).label(direction)
    except KeyError as error:
        raise NotAllowed(
            "Choose the decision that is being considered from the list.", field="decision_type"
        ) from error
