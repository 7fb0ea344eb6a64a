"""Who sees which case. Officers and supervisors see the cases of every office, but a restricted one (8
U.S.C. 1367, 8 CFR 208.6) only in its own: elsewhere it does not exist. Nobody else sees a case here."""

from __future__ import annotations

import uuid

from django.db.models import Q, QuerySet

from accounts.models import UNASSIGNED, Role, User
from cases.models import Case, CaseState

CASEWORK = frozenset({Role.OFFICER, Role.SUPERVISOR})


def visible_cases(user: User) -> QuerySet[Case]:
    """The cases that this user may know of."""
    if user.role not in CASEWORK:
        return Case.objects.none()
    return Case.objects.filter(Q(restricted=False) | Q(office_id=user.office_id))


def case_for(user: User, case_id: uuid.UUID) -> Case:
    """One visible case with person, office and status. Raises `Case.DoesNotExist`."""
    return visible_cases(user).select_related("person", "office", "status").get(pk=case_id)


def may_change(user: User, case: Case) -> bool:
    """Whether this user may write in the case: an open one of the own office."""
    return user.role in CASEWORK and case.state == CaseState.OPEN and case.office_id == user.office_id


def may_take(user: User, case: Case) -> bool:
    """Whether this user may take the case into the own office."""
    return (
        user.role in CASEWORK
        and case.state == CaseState.OPEN
        and case.office_id == UNASSIGNED
        and user.office_id != UNASSIGNED
    )
