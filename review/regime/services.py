"""Verbs of the regime: draw a signed version, order full review for an office."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import UNASSIGNED, Office, Role, User
from assessment import workflow
from assessment.after_signing import Signing
from assessment.stops.services import on_approved
from ledger.actors import Actor
from ledger.clock import now, policy_date
from ledger.events import Committed
from ledger.services import NewEntry, append
from review.clocks.reminders import plan
from review.errors import Refused
from review.events import DecisionDrawn, FullReviewOrdered
from review.regime.decide_first import REASONS
from review.regime.draws import Draws, draw
from review.regime.models import FullReview, FullReviewReason, Seed, Selection
from review.regime.seeds import ensure_seed
from review.regime.stages import Stage, stage_of
from review.regime.triggers import fired

# At most one in ten, whatever an edition says: who decides first works twice.
MOST_DECIDE_FIRST: Final = 100
# Among those, so that two draws never add up to more than one in ten.
MOST_MASKED: Final = 50


def prepare() -> None:
    """Before the entry of a signature: the seed's digest stands in the log first."""
    ensure_seed()


def draw_signed(signing: Signing) -> None:
    """Draw the version that was just signed. What is not selected stands as it was signed. In the same transaction."""
    decision, version = signing.decision, signing.version
    edition = signing.draft.edition
    # Shared, so that a seed is not published while somebody draws from it, and signatures do not wait for each other.
    seed = Seed.objects.raw("SELECT * FROM review_seed WHERE closed_at IS NULL FOR SHARE")[0]
    drawn = draw(bytes(seed.secret), decision.pk, version.number)
    stage = stage_of(edition, decision.office_id, signing.draft.day)
    triggers = fired(signing)
    probability = 1000 if triggers else stage.per_thousand
    selected = drawn.sample < probability
    by_lot = selected and not stage.full
    first_share = _first_share(signing) if selected else 0
    masked_share = min(first_share, _masked_share(signing)) if by_lot else 0
    chosen: dict[str, Any] = {
        "selected": selected,
        # One draw for both: a masked read is always one in which the supervisor decides first.
        "decide_first": drawn.decide_first < first_share,
        "masked": drawn.decide_first < masked_share,
        "masked_per_thousand": masked_share,
        "assigned_to": _by_lot(signing, drawn) if by_lot else None,
    }
    selection = _keep(signing, seed, drawn, stage, triggers, probability, chosen)
    if selection.assigned_to_id is not None:
        decision.assigned_to_id = selection.assigned_to_id
        decision.save(update_fields=["assigned_to"])
    if selected:
        plan(decision)
    else:
        decision.state = workflow.target_of("not_select", decision.state)
        decision.due_on = None
        decision.closed_at = version.signed_at
        decision.save()
        on_approved(actor=signing.actor, user=signing.user, decision=decision, outcome=version.outcome)


def _first_share(signing: Signing) -> int:
    """Of a thousand. Never an urgent one, a second version, or one whose very kind of review tells the outcome.

    Where no priority was found, acting needs two supervisors and declining does not: both are left out alike.
    """
    draft = signing.draft
    possible = (
        signing.version.number == 1
        and not draft.mandated
        and (draft.any_priority_found or not draft.priorities_in_force)
        and not signing.decision.urgency
        and not _words_in_reasons(signing)
    )
    return min(draft.edition.review_regime.share("decide_first"), MOST_DECIDE_FIRST) if possible else 0


def _masked_share(signing: Signing) -> int:
    return min(signing.draft.edition.review_regime.share("masked"), MOST_MASKED)


def _words_in_reasons(signing: Signing) -> bool:
    """Words that were refused or contested in the reasons are shown on other pages, so those reasons are known."""
    document = signing.document
    fields = {one.field for one in document.rewritten} | {one.field for one in document.contested.value or []}
    return not fields.isdisjoint(REASONS)


def _by_lot(signing: Signing, drawn: Draws) -> User | None:
    """The supervisor on whom the review falls; for a share one of another office. None where there is nobody.

    An office without another supervisor has all of its drawn reviews made elsewhere.

    A restricted case never leaves its office. Whoever it falls on may read this one decision, wherever they work.
    """
    own = signing.decision.office_id
    others = User.objects.filter(role=Role.SUPERVISOR, is_active=True).exclude(
        pk__in=[signing.user.pk, signing.decision.created_by_id]
    )
    if not signing.decision.case.restricted and drawn.elsewhere < signing.draft.edition.review_regime.share(
        "elsewhere"
    ):
        elsewhere = _one_of(others.exclude(office__in=[own, UNASSIGNED]), drawn)
        if elsewhere is not None:
            return elsewhere
    near = _one_of(others.filter(office=own), drawn)
    if near is not None or signing.decision.case.restricted:
        return near
    # An office whose only supervisor is the author, or that has none.
    return _one_of(others.exclude(office__in=[own, UNASSIGNED]), drawn)


def _one_of(people: QuerySet[User], drawn: Draws) -> User | None:
    found = list(people.order_by("id"))
    return found[drawn.lot % len(found)] if found else None


def _keep(
    signing: Signing,
    seed: Seed,
    drawn: Draws,
    stage: Stage,
    triggers: list[str],
    probability: int,
    chosen: dict[str, Any],
) -> Selection:
    decision, version = signing.decision, signing.version
    assigned = chosen["assigned_to"]
    entry = append(
        NewEntry(
            payload=DecisionDrawn(
                number=version.number,
                edition=version.edition_key,
                full=stage.full,
                stage_per_thousand=stage.per_thousand,
                probability=probability,
                seed=str(seed.pk),
                draw=drawn.sample,
                selected=bool(chosen["selected"]),
                decide_first=bool(chosen["decide_first"]),
                masked=bool(chosen["masked"]),
                masked_per_thousand=int(chosen["masked_per_thousand"]),
                office=assigned.office_id if isinstance(assigned, User) else decision.office_id,
                assigned_to=str(assigned.pk) if isinstance(assigned, User) else "",
                triggers=Committed(triggers),
            ),
            actor=signing.actor,
            subject={
                "case": decision.case_id,
                "assessment": decision.assessment_id,
                "decision": decision.pk,
            },
        )
    )[0]
    return Selection.objects.create(
        decision=decision,
        version_number=version.number,
        edition_key=version.edition_key,
        full=stage.full,
        stage_per_thousand=stage.per_thousand,
        probability=probability,
        triggers=triggers,
        seed=seed,
        draw=drawn.sample,
        office_id=assigned.office_id if isinstance(assigned, User) else decision.office_id,
        entry_id=entry.pk,
        at=entry.at,
        **chosen,
    )


def order_full_review(
    *,
    actor: Actor,
    user: User | None,
    office: Office,
    reason: str,
    starts: datetime.date,
    ends: datetime.date | None,
) -> FullReview:
    """Review everything in an office from a day on. A new office or edition takes the edition's number of days.

    It only ever adds review: nothing here takes a review away. Raises `Refused` with texts by field.
    """
    errors = {}
    if reason not in FullReviewReason.values:
        errors["reason"] = "Choose why everything is reviewed."
    if office.pk == UNASSIGNED:
        errors["office"] = "Choose an office; cases without one are in no review."
    if ends is not None and ends <= starts:
        errors["ends"] = "The last day lies before the first. Write a later day."
    if user is not None and starts < policy_date():
        errors["starts"] = "What was signed already is not drawn again. Write today or a later day."
    if errors:
        raise Refused(errors)
    with transaction.atomic():
        row = FullReview.objects.create(
            office=office, reason=reason, starts=starts, ends=ends, recorded_by=user, recorded_at=now()
        )
        append(
            NewEntry(
                payload=FullReviewOrdered(
                    office=office.pk,
                    reason=reason,
                    starts=starts.isoformat(),
                    ends=ends.isoformat() if ends else "",
                ),
                actor=actor,
            )
        )
    return row
