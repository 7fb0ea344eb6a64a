"""What a supervisor compares before two records of one person become one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from accounts.models import User
from cases.models import Case, CaseState, Evidence, Fact, Person, RecordRequest, StatusRecord
from cases.selectors.people import identifiers_of
from cases.selectors.visibility import visible_cases


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """One of the two records. `cases` are those that this user may know of; `counts` pairs words and numbers."""

    case: Case
    name: str
    birth: str
    identifiers: tuple[str, ...]
    aliases: tuple[str, ...]
    cases: tuple[Case, ...]
    counts: tuple[tuple[str, int], ...]
    status: str


def side(user: User, case: Case) -> Side:
    """The record of the case's person as this user may see it."""
    person: Person = case.person
    cases = tuple(
        visible_cases(user).select_related("office").filter(person=person).order_by("-state", "-id")
    )
    opened = next((one for one in cases if one.state == CaseState.OPEN), None)
    status = StatusRecord.objects.filter(case=opened).first() if opened else None
    counted = Case.objects.filter(pk__in=[one.pk for one in cases]).aggregate(
        encounters=Count("encounters", distinct=True)
    )
    ids = [one.pk for one in cases]
    return Side(
        case=case,
        name=person.name,
        birth=str(person.birth or "not recorded"),
        identifiers=identifiers_of(case),
        aliases=tuple(row.name for row in person.aliases.filter(withdrawn=False).order_by("id")),
        cases=cases,
        counts=(
            ("Encounters", counted["encounters"]),
            ("Facts", Fact.objects.filter(case__in=ids, withdrawn=False).count()),
            ("Evidence", Evidence.objects.filter(case__in=ids).count()),
            ("Record requests", RecordRequest.objects.filter(case__in=ids).count()),
        ),
        status="not filled in" if status is None else "complete" if status.complete else "not complete",
    )
