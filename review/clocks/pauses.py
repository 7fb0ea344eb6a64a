"""What is read of the pauses of a clock, and how one ends. The review ends it too, so this knows no verb of review."""

from __future__ import annotations

import datetime

from django.urls import reverse

from accounts.models import Role, User
from assessment import workflow
from assessment.carried_codes import DETAINED, IMMINENT_REMOVAL
from assessment.models import Decision
from assessment.panels import Line
from assessment.workdays import add_working_days, working_days_between
from ledger.actors import Actor
from ledger.clock import policy_date
from ledger.services import NewEntry, append
from review.clocks.models import Pause, PauseEnd, PauseReason
from review.clocks.reminders import follow
from review.events import ClockResumed

HELD = {
    DETAINED: "The person is detained, and is held while the clock stands still.",
    IMMINENT_REMOVAL: "The removal is near, and does not wait for this clock. A person in custody is held meanwhile.",
}


def open_pause(decision: Decision) -> Pause | None:
    """The pause in which the decision's clock stands still."""
    return decision.pauses.filter(ended_at__isnull=True).select_related("paused_by").first()


def end_pause(*, actor: Actor, user: User, decision: Decision, ended: PauseEnd) -> Pause | None:
    """End the open pause of a locked decision and move its due date by the working days; None where there is none.

    Inside the caller's transaction, which saves nothing else of the due date.
    """
    pause = open_pause(decision)
    if pause is None:
        return None
    today = policy_date()
    days = working_days_between(pause.paused_on, today)
    was = decision.due_on
    if was is not None and days:
        decision.due_on = add_working_days(was, days)
        decision.save(update_fields=["due_on"])
        follow(decision)
    entry = append(
        NewEntry(
            payload=ClockResumed(
                number=pause.version_number,
                pause=str(pause.pk),
                ended=ended,
                working_days=days,
                was_due_on=_iso(was),
                due_on=_iso(decision.due_on),
            ),
            actor=actor,
            subject={
                "case": decision.case_id,
                "assessment": decision.assessment_id,
                "decision": decision.pk,
            },
        )
    )[0]
    pause.ended, pause.ended_by, pause.ended_on, pause.working_days = ended, user, today, days
    pause.ended_at, pause.end_entry_id = entry.at, entry.pk
    pause.save(update_fields=["ended", "ended_by", "ended_on", "working_days", "ended_at", "end_entry_id"])
    return pause


def _iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def since_words(paused_on: datetime.date, reason: str) -> str:
    """What the queue and the pages say while the clock stands still."""
    label = PauseReason(reason).label
    return f"Paused since {paused_on}: {label[0].lower()}{label[1:]}"


def lines(user: User, decision: Decision) -> list[Line]:
    """Every pause of a signed decision in words, oldest first; of an open one, where a reviewer resumes the clock."""
    if not decision.signed_number:
        return []
    rows = decision.pauses.select_related("paused_by", "ended_by").order_by("id")
    return [_line(user, decision, one) for one in rows]


def _line(user: User, decision: Decision, pause: Pause) -> Line:
    told = f"{pause.paused_by.full_name}, {pause.at:%Y-%m-%d %H:%M} UTC: {pause.note}"
    if pause.ended_at is None or pause.ended_by is None:
        text = " ".join(
            one
            for one in (
                told,
                HELD.get(decision.urgency, ""),
                "The due date moves by the working days of the pause, and no reminder is sent until it ends.",
            )
            if one
        )
        link = (
            (reverse("review:pause", args=[decision.pk]), "Resume the clock")
            if could_review(user, decision)
            else ()
        )
        return Line(since_words(pause.paused_on, pause.reason), text, *link)
    days = f"{pause.working_days} working day{'' if pause.working_days == 1 else 's'}"
    title = f"The clock was paused from {pause.paused_on} to {pause.ended_on}, {days}"
    return Line(
        title,
        f"{pause.get_reason_display()}. {told} \u2013 {pause.get_ended_display()}: {pause.ended_by.full_name}, "
        f"{pause.ended_at:%Y-%m-%d %H:%M} UTC.",
    )


def could_review(user: User, decision: Decision) -> bool:
    """Whether this person could go on with the review: no part in it, and nobody else has it. No query."""
    part = {decision.signed_by_id, decision.created_by_id, decision.escalated_by_id}
    free = decision.state in workflow.WAITING
    mine = decision.state == workflow.CLAIMED and decision.claimed_by_id == user.pk
    return user.role == Role.SUPERVISOR and user.pk not in part and (free or mine)
