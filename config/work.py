"""What each role's first page shows: the user's own work."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User
from assessment.models import Decision
from assessment.selectors import work_of
from cases.models import RecordRequest, RequestState
from cases.selectors import visible_cases
from review.selectors import QueueFilter, QueueRow, queue


@dataclass(frozen=True, slots=True)
class OfficerWork:
    returned: list[Decision]
    drafts: list[Decision]
    in_review: list[Decision]
    decided: list[Decision]
    waiting_for_records: list[RecordRequest]


def officer_work(user: User) -> OfficerWork:
    """Returned first, then drafts, records that are awaited, what is in review, what was decided lately."""
    waiting = (
        RecordRequest.objects.filter(
            case__assessments__started_by=user,
            case__assessments__state="open",
            state__in=[RequestState.OPEN, RequestState.REQUESTED],
        )
        .select_related("case__person")
        .order_by("requested_on", "id")
        .distinct()[:50]
    )
    return OfficerWork(**work_of(user), waiting_for_records=list(waiting))


@dataclass(frozen=True, slots=True)
class SupervisorWork:
    mine: list[QueueRow]
    next_due: list[QueueRow]
    unassigned: int


def supervisor_work(user: User) -> SupervisorWork:
    """Decisions that they took, the next ones by due date, and cases that lie in no office (counted up to 1,000)."""
    mine, _ = queue(user, QueueFilter(state="mine"))
    waiting, _ = queue(user, QueueFilter(state="waiting"))
    unassigned = visible_cases(user).filter(office="unassigned", state="open")[:1000].count()
    return SupervisorWork(mine, waiting[:10], unassigned)
