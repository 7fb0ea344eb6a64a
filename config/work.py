"""What each role's first page shows: the user's own work."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from assessment.models import Decision, Stop, Task
from assessment.selectors import work_of
from assessment.stops.selectors import open_stops_of_office, open_tasks
from cases.models import RecordRequest, RequestState
from cases.selectors import visible_cases
from config.events import WorkShown
from ledger.actors import Actor
from ledger.services import NewEntry, append
from policy import feedback
from policy.calendar_changes.selectors import waiting as changes_waiting
from policy.content_selectors import Line as ContentLine
from policy.content_selectors import lines as content_lines
from policy.models import CalendarChange
from review.asking.models import Question
from review.asking.selectors import asked_of
from review.clocks.models import Notification
from review.clocks.reminders import unseen
from review.desk.filters import QueueFilter
from review.desk.queue import QueueRow, queue


@dataclass(frozen=True, slots=True)
class OfficerWork:
    returned: list[Decision]
    drafts: list[Decision]
    in_review: list[Decision]
    decided: list[Decision]
    waiting_for_records: list[RecordRequest]
    tasks: list[Task]

    @property
    def cases(self) -> list[uuid.UUID]:
        """The cases that records and tasks name."""
        return [one.case_id for one in self.waiting_for_records] + [one.case_id for one in self.tasks]


def officer_work(user: User) -> OfficerWork:
    """Returned first, then drafts, records that are awaited, what is in review, what was decided lately."""
    waiting = (
        RecordRequest.objects.filter(
            case__in=visible_cases(user),
            case__assessments__started_by=user,
            case__assessments__state="open",
            state__in=[RequestState.OPEN, RequestState.REQUESTED],
        )
        .select_related("case__person")
        .order_by("requested_on", "id")
        .distinct()[:50]
    )
    work = work_of(user)
    # An officer who moved to another office still wrote these; a restricted case did not move along.
    listed = {decision.case_id for decisions in work.values() for decision in decisions}
    visible = set(visible_cases(user).filter(pk__in=listed).values_list("pk", flat=True)) if listed else set()
    shown = {
        name: [decision for decision in decisions if decision.case_id in visible]
        for name, decisions in work.items()
    }
    return OfficerWork(**shown, waiting_for_records=list(waiting), tasks=open_tasks(user))


@dataclass(frozen=True, slots=True)
class SupervisorWork:
    mine: list[QueueRow]
    next_due: list[QueueRow]
    unassigned: int
    stops: list[Stop]
    tasks: list[Task]
    notifications: list[Notification]
    asked: list[Question]

    @property
    def cases(self) -> list[uuid.UUID]:
        """The cases that stops, tasks and questions name."""
        named = [one.case_id for one in self.stops] + [one.case_id for one in self.tasks]
        return named + [one.decision.case_id for one in self.asked]


def supervisor_work(user: User) -> SupervisorWork:
    """Decisions that they took, the next ones by due date, and cases that lie in no office (counted up to 1,000)."""
    mine, _ = queue(user, QueueFilter(state="mine"))
    waiting, _ = queue(user, QueueFilter(state="waiting"), most=10)
    unassigned = visible_cases(user).filter(office="unassigned", state="open")[:1000].count()
    return SupervisorWork(
        mine,
        waiting,
        unassigned,
        open_stops_of_office(user),
        open_tasks(user),
        unseen(user),
        asked_of(user),
    )


@dataclass(frozen=True, slots=True)
class PolicyWork:
    """What waits for this policy manager: changes that another one put forward, own ones, contents, feedback."""

    to_look_at: list[CalendarChange]
    own: list[CalendarChange]
    contents: list[ContentLine]
    feedback: int


def policy_work(user: User) -> PolicyWork:
    """The own work of a policy manager. It names no case and no person of one."""
    changes = changes_waiting()
    me = user.actor().id
    return PolicyWork(
        to_look_at=[one for one in changes if one.proposed_by != me],
        own=[one for one in changes if one.proposed_by == me],
        contents=[one for one in content_lines() if one.differs or one.proposal],
        feedback=feedback.waiting().count(),
    )


def note_work_shown(
    *, actor: Actor, decisions: Iterable[uuid.UUID] = (), cases: Iterable[uuid.UUID] = ()
) -> None:
    """One entry for a first page that is about to name people."""
    payload = WorkShown(decisions=[str(one) for one in decisions], cases=[str(one) for one in cases])
    with transaction.atomic():
        append(NewEntry(payload=payload, actor=actor))
