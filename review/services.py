"""Verbs of review: claim, release, approve, return. A supervisor never reviews what they wrote or signed."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from accounts.models import Role, User
from assessment import workflow
from assessment.models import Decision
from assessment.selectors import signed_page
from assessment.stops.services import on_approved
from cases.errors import Refused as CaseRefused
from cases.protected.refused import seal
from cases.screening.words import Word, words_hash
from cases.selectors import OpenContest
from cases.services import rule_on
from ledger.actors import Actor
from ledger.clock import now
from ledger.events import Committed
from ledger.services import NewEntry, append
from review import checks, selectors
from review.checks import Point as Point
from review.clocks.models import PauseEnd
from review.clocks.pauses import end_pause
from review.desk.taking import given_to_another, next_to_take
from review.errors import Refused, Taken
from review.events import (
    ContestRuled,
    DecisionApproved,
    DecisionClaimed,
    DecisionEscalated,
    DecisionReleased,
    DecisionReturned,
    QueueListed,
    RefusedWord,
    Reviewed,
    ReviewOpened,
    TextRefused,
)
from review.models import ReturnPoint, Review, Verdict
from review.oral.selectors import approval_of, verdict_on
from review.regime.decide_first import SecondLook
from review.regime.viewing import keep_second_look, look_again


def claim_next(*, actor: Actor, user: User) -> Decision | None:
    """Take the first decision by due date that was given to them or to nobody; None when there is nothing to take."""
    with transaction.atomic():
        waiting = next_to_take(user) if user.role == Role.SUPERVISOR else None
        if waiting is None:
            return None
        return _claim(actor, user, waiting)


def claim(*, actor: Actor, user: User, decision: Decision) -> Decision:
    """Take one decision. Raises `Taken` when somebody else has it, `Refused` for one's own."""
    with transaction.atomic():
        locked = _locked(user, decision)
        if locked.state == workflow.CLAIMED and locked.claimed_by_id == user.pk:
            return locked
        return _claim(actor, user, locked)


def _claim(actor: Actor, user: User, decision: Decision) -> Decision:
    _four_eyes(user, decision)
    if decision.state == workflow.CLAIMED:
        raise Taken(decision)
    holder = given_to_another(user, decision)
    if holder is not None:
        raise Refused(
            {
                "": f"It was given to {holder.full_name}. In the queue, give it to yourself with a reason first."
            }
        )
    decision.state = workflow.target_of("claim", decision.state)
    decision.claimed_by = user
    decision.claimed_at = now()
    decision.save()
    append(
        NewEntry(
            payload=DecisionClaimed(number=decision.signed_number), actor=actor, subject=_subject(decision)
        )
    )
    return decision


def release(*, actor: Actor, user: User, decision: Decision) -> Decision:
    """Put a claimed decision back into the queue."""
    with transaction.atomic():
        locked = _locked(user, decision)
        if locked.claimed_by_id != user.pk:
            raise Taken(locked)
        back = workflow.target_of("release", locked.state)
        locked.state = workflow.ESCALATED if locked.escalated_by_id else back
        locked.claimed_by = None
        locked.claimed_at = None
        locked.save()
        append(
            NewEntry(
                payload=DecisionReleased(number=locked.signed_number), actor=actor, subject=_subject(locked)
            )
        )
    return locked


def approve(
    *,
    actor: Actor,
    user: User,
    decision: Decision,
    number: int,
    answer: str,
    reason: str,
    acknowledged: bool,
    cosigned: bool = False,
    rulings: Mapping[uuid.UUID, bool] | None = None,
    notes: Mapping[uuid.UUID, bool] | None = None,
    look: SecondLook | None = None,
) -> Review:
    """Approve version `number` with the supervisor's own answer and reason.

    An action outside the priorities goes on to a second supervisor; the approval of the first escalates it.
    """
    return _review(
        actor,
        user,
        decision,
        number,
        Verdict.APPROVED,
        answer,
        reason,
        acknowledged,
        cosigned,
        [],
        rulings or {},
        notes or {},
        look,
    )


def return_decision(
    *,
    actor: Actor,
    user: User,
    decision: Decision,
    number: int,
    answer: str,
    reason: str,
    acknowledged: bool,
    points: Sequence[Point],
    cosigned: bool = False,
    rulings: Mapping[uuid.UUID, bool] | None = None,
    notes: Mapping[uuid.UUID, bool] | None = None,
    look: SecondLook | None = None,
) -> Review:
    """Return version `number` with points; the same answer and reason are asked as for an approval."""
    return _review(
        actor,
        user,
        decision,
        number,
        Verdict.RETURNED,
        answer,
        reason,
        acknowledged,
        cosigned,
        points,
        rulings or {},
        notes or {},
        look,
    )


def _review(
    actor: Actor,
    user: User,
    decision: Decision,
    number: int,
    verdict: Verdict,
    answer: str,
    reason: str,
    acknowledged: bool,
    cosigned: bool,
    points: Sequence[Point],
    rulings: Mapping[uuid.UUID, bool],
    notes: Mapping[uuid.UUID, bool],
    look: SecondLook | None,
) -> Review:
    refuses = not all(rulings.values())
    errors = checks.incomplete(verdict, answer, reason, points, refuses=refuses)
    words = checks.protected_words(reason, points)
    if words:
        with transaction.atomic():
            _note_refused(actor, _locked(user, decision), verdict, words)
    if errors or words:
        raise Refused(checks.errors_of_words(words) | errors)
    with transaction.atomic():
        locked = take_for_deciding(actor=actor, user=user, decision=decision, number=number)
        first = look_again(user, locked, look)
        if verdict == Verdict.APPROVED:
            checks.not_halted(locked)
        version = locked.versions.get(number=number)
        document = signed_page(version).document
        disputed = document["dispute"]["answer"] == "yes"
        lapsed = bool(document.get("training_lapsed"))
        checks.acknowledged(disputed, acknowledged, lapsed and verdict == Verdict.APPROVED, cosigned)
        waiting = checks.rulings_on_contests(document, rulings, verdict)
        points = [*points, *checks.points_of_refusals(waiting, rulings)]
        _rule(user, waiting, rulings)
        checks.rule_on_notes(actor, user, locked, notes)
        oral = verdict_on(approval_of(locked), user, verdict)
        second = locked.escalated_by_id is not None
        escalates = verdict == Verdict.APPROVED and bool(document.get("needs_second_review")) and not second
        shared: dict[str, Any] = {
            "number": number,
            "overriding_answer": answer,
            "reason": Committed(reason),
            "dispute_acknowledged": acknowledged and disputed,
            "training_cosigned": cosigned and lapsed,
            "level": 2 if second else 1,
            "oral": oral,
            "contests": [
                ContestRuled(
                    contest=str(one.contest.pk),
                    attribute=one.contest.attribute,
                    category=one.contest.category,
                    upheld=rulings[one.contest.pk],
                )
                for one in waiting
            ],
        }
        payload: Reviewed
        if escalates:
            payload = DecisionEscalated(**shared)
        elif verdict == Verdict.APPROVED:
            payload = DecisionApproved(**shared)
        else:
            payload = DecisionReturned(**shared, points=[Committed(point.text) for point in points])
        entry = append(NewEntry(payload=payload, actor=actor, subject=_subject(locked)))[0]
        review = Review.objects.create(
            decision=locked,
            version_number=number,
            level=2 if second else 1,
            reviewer=user,
            verdict=verdict,
            overriding_answer=answer,
            reason=reason,
            dispute_acknowledged=acknowledged and disputed,
            training_cosigned=cosigned and lapsed,
            entry_id=entry.pk,
            at=entry.at,
        )
        if first is not None and look is not None:
            keep_second_look(actor, user, locked, first, look)
        ReturnPoint.objects.bulk_create(
            [
                ReturnPoint(review=review, ordinal=index, about=point.about, text=point.text)
                for index, point in enumerate(points, 1)
            ]
        )
        ended = PauseEnd.DECIDED if verdict == Verdict.APPROVED else PauseEnd.RETURNED
        end_pause(actor=actor, user=user, decision=locked, ended=ended)
        verb = "escalate" if escalates else "approve" if verdict == Verdict.APPROVED else "return"
        locked.state = workflow.target_of(verb, locked.state)
        if escalates:
            locked.escalated_by = user
            locked.claimed_by = None
            locked.claimed_at = None
        if locked.state in workflow.FINAL:
            locked.closed_at = entry.at
        locked.save()
        if locked.state == workflow.APPROVED:
            on_approved(actor=actor, user=user, decision=locked, outcome=version.outcome)
    return review


def take_for_deciding(*, actor: Actor, user: User, decision: Decision, number: int) -> Decision:
    """The locked decision, taken by this person, whose version `number` is the one under review.

    Inside the caller's transaction. Raises `Refused` for one's own, `Taken` when somebody was faster.
    """
    locked = _locked(user, decision)
    _four_eyes(user, locked)
    if locked.state in workflow.WAITING:
        locked = _claim(actor, user, locked)
    _approver_first(user, locked)
    if locked.state != workflow.CLAIMED or locked.claimed_by_id != user.pk or locked.signed_number != number:
        raise Taken(locked)
    return locked


def _approver_first(user: User, decision: Decision) -> None:
    """What was approved orally is confirmed by who said so, unless they are away or it was given to another."""
    approval = approval_of(decision)
    if approval is not None and given_to_another(user, decision) == approval.approver:
        raise Refused(
            {
                "": f"{approval.approver.full_name} approved it orally and confirms or returns it. Put it back into "
                "the queue, or give it to yourself there with a reason."
            }
        )


def _rule(user: User, waiting: Sequence[OpenContest], rulings: Mapping[uuid.UUID, bool]) -> None:
    """The rulings into the rows, in the transaction of the review."""
    try:
        rule_on(user=user, rulings={one.contest.pk: rulings[one.contest.pk] for one in waiting})
    except CaseRefused as refused:
        raise Refused({"contests": refused.text}) from refused


def _note_refused(
    actor: Actor, decision: Decision, verdict: Verdict, words: Sequence[tuple[str, str, Word]]
) -> None:
    """One entry of a refusal: which rules, about what, in which field; never the words."""
    counts = Counter((word.rule, word.attribute, where, words_hash(word)) for _, where, word in words)
    payload = TextRefused(
        verb="approve" if verdict == Verdict.APPROVED else "return",
        number=decision.signed_number,
        words=[
            RefusedWord(rule=rule, attribute=attribute, field=where, count=count, words_hash=digest)
            for (rule, attribute, where, digest), count in counts.items()
        ],
    )
    entry = append(NewEntry(payload=payload, actor=actor, subject=_subject(decision)))[0]
    seal(entry_id=entry.pk, refused=[(where, word) for _, where, word in words])


def _locked(user: User, decision: Decision) -> Decision:
    return selectors.reviewable_by(user, own=True).select_for_update(of=("self",)).get(pk=decision.pk)


def _four_eyes(user: User, decision: Decision) -> None:
    if user.role != Role.SUPERVISOR or user.pk in (
        decision.signed_by_id,
        decision.created_by_id,
        decision.escalated_by_id,
    ):
        raise Refused({"": "Nobody reviews their own decision. Another supervisor takes it (clause V.B#23)."})


def _subject(decision: Decision) -> dict[str, uuid.UUID]:
    return {"case": decision.case_id, "assessment": decision.assessment_id, "decision": decision.pk}


def note_queue(*, actor: Actor, filter_words: str, shown: Sequence[uuid.UUID]) -> None:
    with transaction.atomic():
        append(
            NewEntry(payload=QueueListed(filter=filter_words, shown=[str(one) for one in shown]), actor=actor)
        )


def note_opened(*, actor: Actor, decision: Decision) -> None:
    with transaction.atomic():
        append(
            NewEntry(
                payload=ReviewOpened(number=decision.signed_number), actor=actor, subject=_subject(decision)
            )
        )
