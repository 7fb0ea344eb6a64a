"""Supervisors of an office: who is there, who is away, who covers for whom."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import Role, User
from ledger.clock import policy_date
from review.models import Absence


@dataclass(frozen=True, slots=True)
class Away:
    """The ids of those whose decisions this supervisor may take: covered ones, and absent ones whom nobody covers."""

    covered: frozenset[str]
    uncovered: frozenset[str]


def supervisors(office: str) -> list[User]:
    """The active supervisors of an office, by name."""
    return list(
        User.objects.filter(role=Role.SUPERVISOR, office_id=office, is_active=True).order_by(
            "full_name", "id"
        )
    )


def absences(office: str, day: datetime.date | None = None) -> list[Absence]:
    """Absences of an office's supervisors that last on the day or begin later, by first day."""
    rows = Absence.objects.filter(
        person__office_id=office, ends__gte=day or policy_date(), ended_at__isnull=True
    )
    return list(rows.select_related("person", "cover").order_by("starts", "id"))


def away_today(user: User) -> Away:
    """Whose given decisions fall to this supervisor today. One query."""
    today = policy_date()
    rows = Absence.objects.filter(
        Q(cover=user) | Q(person__office_id=user.office_id, cover__isnull=True),
        starts__lte=today,
        ends__gte=today,
        ended_at__isnull=True,
    ).values_list("person_id", "cover_id")
    return Away(
        covered=frozenset(str(person) for person, cover in rows if cover == user.pk),
        uncovered=frozenset(str(person) for person, cover in rows if not cover and person != user.pk),
    )


def absent_today(office: str) -> set[User]:
    return {row.person for row in absences(office) if row.starts <= policy_date()}
