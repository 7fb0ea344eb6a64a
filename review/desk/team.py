"""Workload of a team: what each supervisor has and was given, how old the queue is, how it would be spread.

Counts of work that waits, in the order of names. Nobody is ranked, and no figure is about what was decided.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q

from accounts.models import User
from assessment import workflow
from assessment.models import Decision
from ledger.clock import policy_date
from review.clocks.models import Pause
from review.desk.people import absent_today, supervisors

SPREAD_AT_ONCE = 200
# As `filters.RUNNING` has it.
RUNNING = Q(
    ~Exists(
        Pause.objects.filter(
            decision=OuterRef("pk"), ended_at__isnull=True, paused_on__lte=OuterRef("due_on")
        )
    )
)


@dataclass(frozen=True, slots=True)
class Load:
    """One supervisor's share of what is in review."""

    person: User
    taken: int
    given: int
    overdue: int
    away: bool

    @property
    def total(self) -> int:
        return self.taken + self.given


@dataclass(frozen=True, slots=True)
class Ageing:
    """How much is in review by its due date, in words that follow the calendar."""

    words: str
    number: int
    address: str


def loads(user: User) -> list[Load]:
    """Every active supervisor of the office, by name. Three queries, each by the index of what is taken or given."""
    today = policy_date()
    late = Count("id", filter=Q(due_on__lt=today) & RUNNING)
    office = Decision.objects.filter(office_id=user.office_id)
    taken = {
        who: (number, overdue)
        for who, number, overdue in office.filter(state=workflow.CLAIMED)
        .values_list("claimed_by")
        .annotate(number=Count("id"), late=late)
    }
    people = supervisors(user.office_id)
    given = {
        who: (number, overdue)
        for who, number, overdue in office.filter(state__in=sorted(workflow.WAITING), assigned_to__in=people)
        .values_list("assigned_to")
        .annotate(number=Count("id"), late=late)
    }
    away = {one.pk for one in absent_today(user.office_id)}
    nothing = (0, 0)
    return [
        Load(
            person=one,
            taken=taken.get(one.pk, nothing)[0],
            given=given.get(one.pk, nothing)[0],
            overdue=taken.get(one.pk, nothing)[1] + given.get(one.pk, nothing)[1],
            away=one.pk in away,
        )
        for one in people
    ]


_AGES = """count(*) FILTER (WHERE d.due_on < %(day)s) AS overdue, count(*) FILTER (WHERE d.due_on = %(day)s) AS today,
    count(*) FILTER (WHERE d.due_on > %(day)s) AS later"""
_IN_REVIEW = "d.office_id = %(office)s AND d.state IN ('submitted', 'claimed', 'escalated')"
# Exact at any length: the long part is counted once, by office and due date, as the queue's own index has them. What is
# the exception there (taken, given, a clock that stands still) is counted apart and taken off.
AGED = f"""
    SELECT every.overdue - still.overdue, every.today - still.today, every.later - still.later,
        still.overdue + still.today + still.later,
        every.overdue + every.today + every.later
        - (SELECT count(*) FROM assessment_decision d WHERE d.office_id = %(office)s AND d.state = 'claimed')
        - (SELECT count(*) FROM assessment_decision d
            WHERE d.office_id = %(office)s AND d.state IN ('submitted', 'escalated') AND d.assigned_to_id IS NOT NULL)
    FROM (SELECT {_AGES} FROM assessment_decision d WHERE {_IN_REVIEW}) every, (
        SELECT {_AGES} FROM review_pause u JOIN assessment_decision d ON d.id = u.decision_id
        WHERE u.ended_at IS NULL AND u.paused_on <= d.due_on AND {_IN_REVIEW}
    ) still
"""


def ageing(user: User) -> list[Ageing]:
    """The office's decisions in review by due date, with the address that lists them: exact, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(AGED, {"office": user.office_id, "day": policy_date()})
        overdue, today, later, paused, free = cursor.fetchone()
    return [
        Ageing("Overdue", overdue, "due=overdue"),
        Ageing("Due today", today, "due=today"),
        Ageing("Due later", later, ""),
        Ageing("Paused, not due meanwhile", paused, ""),
        Ageing("In nobody's hands", free, "state=waiting"),
    ]


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the free decisions a supervisor would get, and how many they would then have."""

    person: User
    has: int
    gets: int

    @property
    def then(self) -> int:
        return self.has + self.gets


def preview(user: User, held: Sequence[Load]) -> tuple[list[Share], list[tuple[uuid.UUID, User]]]:
    """Spread what is in nobody's hands so that everybody who is there has about the same number.

    By due date, each to whoever has least; equals by name. What a decision is about plays no part.
    """
    there = [one for one in held if not one.away]
    if not there:
        return [], []
    free = Decision.objects.filter(
        state__in=sorted(workflow.WAITING), office_id=user.office_id, assigned_to__isnull=True
    ).order_by("due_on", "id")
    has = {one.person.pk: one.total for one in there}
    shares: list[tuple[uuid.UUID, User]] = []
    for key, *own in free.values_list("id", "signed_by_id", "created_by_id", "escalated_by_id")[
        :SPREAD_AT_ONCE
    ]:
        may = [one.person for one in there if one.person.pk not in own]
        if may:
            person = min(may, key=lambda one: has[one.pk])
            has[person.pk] += 1
            shares.append((key, person))
    gets = Counter(person.pk for _, person in shares)
    return [Share(one.person, one.total, gets[one.person.pk]) for one in there], shares
