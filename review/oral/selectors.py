"""Reads of oral approvals: who could have given one, what was recorded, and how it reads in words."""

from __future__ import annotations

import datetime
import zoneinfo

from django.db.models import Q
from django.urls import reverse

from accounts.models import Role, User
from accounts.zones import told as in_zone
from assessment import workflow
from assessment.carried_codes import APPROVED_ORALLY
from assessment.models import Decision
from assessment.panels import Line
from ledger.clock import policy_date
from review.models import Absence, OralApproval, Review, Verdict


def stand_ins(decision: Decision, day: datetime.date) -> set[object]:
    """Ids of those who cover for the decision's authors on a day: they would approve their own side's work."""
    authors = [decision.signed_by_id, decision.created_by_id]
    rows = Absence.objects.filter(person__in=authors, starts__lte=day, ends__gte=day, ended_at__isnull=True)
    return set(rows.values_list("cover_id", flat=True))


def could_approve(decision: Decision) -> list[User]:
    """Supervisors who may have approved it orally, by name: of its office, or the one to whom it was given."""
    people = User.objects.filter(role=Role.SUPERVISOR, is_active=True)
    return list(
        people.filter(Q(office=decision.office_id) | Q(pk=decision.assigned_to_id))
        .exclude(pk__in=[decision.signed_by_id, decision.created_by_id])
        .order_by("full_name", "id")
    )


def may_record(user: User, decision: Decision) -> bool:
    """The author, while the version waits for its review and nothing was recorded about it. No query."""
    return (
        user.pk in (decision.signed_by_id, decision.created_by_id)
        and decision.state in workflow.IN_REVIEW
        and APPROVED_ORALLY not in decision.notices
    )


def approval_of(decision: Decision) -> OralApproval | None:
    """The oral approval of the version that was signed last. No query where the decision carries no mark of one."""
    if APPROVED_ORALLY not in decision.notices:
        return None
    return (
        decision.oral_approvals.filter(version_number=decision.signed_number)
        .select_related("approver", "given_to")
        .first()
    )


def answer_to(approval: OralApproval, review: Review | None) -> str:
    """What the review made of it, as a code; empty while nobody reviewed it."""
    if review is None:
        return ""
    return verdict_on(approval, review.reviewer, review.verdict)


def verdict_on(approval: OralApproval | None, reviewer: User, verdict: str) -> str:
    """`confirmed` and `not_confirmed` are the approver's own; another supervisor's review is `by_another`."""
    if approval is None:
        return ""
    if reviewer.pk != approval.approver_id:
        return "by_another"
    return "confirmed" if verdict == Verdict.APPROVED else "not_confirmed"


TITLES = {
    "": "Approved orally, to be confirmed",
    "confirmed": "Approved orally, confirmed",
    "not_confirmed": "Approved orally, not confirmed",
    "by_another": "Approved orally, reviewed by another supervisor",
}


def lines(user: User, decision: Decision) -> list[Line]:
    """What pages say of the oral approval of a decision; for its author, where to record one."""
    approval = approval_of(decision)
    if approval is None:
        if not may_record(user, decision):
            return []
        return [
            Line(
                "Was it approved orally?",
                "When it could not wait and a supervisor approved it orally, record that with its own time. "
                "It stays in review until the supervisor confirms or returns it.",
                reverse("review:oral", args=[decision.pk]),
                "Record an oral approval",
            )
        ]
    review = (
        decision.reviews.filter(version_number=approval.version_number).select_related("reviewer").first()
    )
    title = TITLES[answer_to(approval, review)]
    return [Line(title, f"{told(approval)} {_since(approval, review)}")]


def told(approval: OralApproval) -> str:
    """When, by whom, to whom, how and why; then when it was written down and how long after."""
    lag = lag_words(approval.recorded_at - approval.given_at)
    return (
        f"{approval.approver.full_name} approved it on {_at(approval.given_at, approval.zone)}, "
        f"{approval.get_means_display().lower()}, to {approval.given_to.full_name}. "
        f"Why it could not wait: {approval.get_why_display().lower()}. "
        f"Recorded on {_at(approval.recorded_at, approval.zone)}, {lag} later."
    )


def _since(approval: OralApproval, review: Review | None) -> str:
    if review is not None:
        words = {
            "confirmed": "confirmed it",
            "not_confirmed": "did not confirm it and returned the decision",
            "by_another": f"reviewed it instead: {review.get_verdict_display().lower()}",
        }[answer_to(approval, review)]
        return f"{review.reviewer.full_name} {words} on {_at(review.at)}."
    late = " That day is past; nothing confirms it by itself." if approval.confirm_by < policy_date() else ""
    return f"{approval.approver.full_name} confirms or returns it by {approval.confirm_by}.{late}"


def _at(moment: datetime.datetime, zone: str = "UTC") -> str:
    return in_zone(moment, zoneinfo.ZoneInfo(zone))


def lag_words(lag: datetime.timedelta) -> str:
    minutes = int(lag.total_seconds()) // 60
    days, hours = divmod(minutes // 60, 24)
    parts = [(days, "d"), (hours, "h"), (minutes % 60, "min")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "less than a minute"
