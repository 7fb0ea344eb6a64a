"""The list of cases, newest first, by keyset."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from accounts.models import User
from cases.models import CaseState
from cases.selectors.people import identifier_words
from cases.selectors.views import CasePage, CaseRow
from cases.selectors.visibility import visible_cases

PAGE = 25


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseFilters:
    """`office` is a key or empty for every office; `state` is `open`, `closed` or empty for both."""

    office: str = ""
    state: str = "open"


def case_list(user: User, filters: CaseFilters, before: uuid.UUID | None = None) -> CasePage:
    """25 cases after the key `before`. Two queries."""
    cases = visible_cases(user)
    if filters.office:
        cases = cases.filter(office_id=filters.office)
    if filters.state:
        cases = cases.filter(state=filters.state)
    if before:
        cases = cases.filter(pk__lt=before)
    found = list(
        cases.select_related("person", "office")
        .prefetch_related("person__identifiers")
        .order_by("-pk")[: PAGE + 1]
    )
    rows = tuple(
        CaseRow(
            id=case.id,
            name=case.person.name,
            identifiers=tuple(map(identifier_words, case.person.identifiers.all())),
            office_name=case.office.name,
            state=CaseState(case.state).label,
            opened_at=case.opened_at,
            restricted=case.restricted,
        )
        for case in found[:PAGE]
    )
    return CasePage(rows=rows, next_before=rows[-1].id if len(found) > PAGE else None)
