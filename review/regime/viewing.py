"""Verbs of deciding first: record a view before the officer's is shown, and the second look that a review keeps."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from assessment.models import Decision
from ledger.actors import Actor
from ledger.events import Committed
from ledger.services import NewEntry, append
from review import checks
from review.errors import Refused, Taken
from review.events import ViewRecorded
from review.regime.decide_first import OUTCOMES, SecondLook, decides_first, view_of
from review.regime.models import Moment, SupervisorView


def record_view(
    *, actor: Actor, user: User, decision: Decision, number: int, view: str, reason: str
) -> SupervisorView:
    """Keep what the supervisor would decide on the facts alone; the decision is taken for review with it.

    Raises `Refused` with texts by field, `Taken` when somebody else has it or a newer version was signed.
    """
    # Imported here: the verbs of review ask for the second look.
    from review.services import take_for_deciding

    errors = {}
    if view not in OUTCOMES:
        errors["view_outcome"] = "Say what you would decide on these facts, or that you cannot tell."
    errors |= _reason_errors("view_reason", reason, "Write why. One sentence about the facts is enough.")
    if errors:
        raise Refused(errors)
    with transaction.atomic():
        locked = take_for_deciding(actor=actor, user=user, decision=decision, number=number)
        if not decides_first(locked) or view_of(user, locked) is not None:
            raise Taken(locked)
        return _keep(actor, user, locked, Moment.BEFORE, view, reason, changed=False)


def look_again(user: User, decision: Decision, look: SecondLook | None) -> SupervisorView | None:
    """The first view that a review of this decision compares with; None where none was asked for. Raises `Refused`."""
    if not decides_first(decision) or decision.escalated_by_id is not None:
        return None
    first = view_of(user, decision)
    if first is None:
        raise Refused(
            {"": "Record your own view first. The officer's outcome and reasons are shown after it."}
        )
    errors = {}
    if look is None or look.view not in OUTCOMES:
        errors["view_now"] = "Say what your view is now. It may be the same."
    elif look.view != first.view:
        errors = _reason_errors("view_changed_reason", look.why, "Your view changed. Write what changed it.")
    if errors:
        raise Refused(errors)
    return first


def keep_second_look(
    actor: Actor, user: User, decision: Decision, first: SupervisorView, look: SecondLook
) -> SupervisorView:
    """The view after the comparison, in the transaction of the review."""
    changed = look.view != first.view
    return _keep(actor, user, decision, Moment.AFTER, look.view, look.why if changed else "", changed=changed)


def _keep(
    actor: Actor,
    user: User,
    decision: Decision,
    moment: Moment,
    view: str,
    reason: str,
    *,
    changed: bool,
) -> SupervisorView:
    entry = append(
        NewEntry(
            payload=ViewRecorded(
                number=decision.signed_number,
                moment=moment.value,
                view=view,
                changed=changed,
                reason=Committed(reason),
            ),
            actor=actor,
            subject={
                "case": decision.case_id,
                "assessment": decision.assessment_id,
                "decision": decision.pk,
            },
        )
    )[0]
    return SupervisorView.objects.create(
        decision=decision,
        version_number=decision.signed_number,
        reviewer=user,
        moment=moment,
        view=view,
        reason=reason,
        entry_id=entry.pk,
        at=entry.at,
    )


def _reason_errors(field: str, reason: str, missing: str) -> dict[str, str]:
    if not reason.strip():
        return {field: missing}
    if len(reason) > checks.LONGEST_REASON:
        return {
            field: f"This text has {len(reason):,} characters; {checks.LONGEST_REASON:,} fit. Shorten it."
        }
    found = checks.errors_of_words(checks.protected_words(reason, []))
    return dict.fromkeys([field] if found else [], " ".join(found.values()))
