"""Status of the case's person, signs of a stop, age, and the records that are still missing."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from enum import Enum

from cases.dates import Age, age_on
from cases.models import Case, CaseFlag, FlagKind, Person, RecordRequest, RequestState, StatusRecord
from cases.protected import gate
from cases.selectors.views import GapRow, StopSign
from policy.services import current


class Unread(Enum):
    """Tells a status that was not read yet from one that does not exist."""

    UNREAD = "unread"


def age_of(person: Person, on: datetime.date) -> Age | None:
    """The age on a day as an interval; None when no birth date is recorded."""
    birth = person.birth
    return age_on(birth.earliest, birth.latest, on) if birth else None


def age_in_words(person: Person, on: datetime.date) -> str:
    """The age with its certainty."""
    age = age_of(person, on)
    if age is None:
        return "cannot be told: no birth date is recorded"
    return f"{age} (born {person.birth})"


def requests_of(case: Case) -> list[RecordRequest]:
    """The record requests of the case, open ones first as they were made. One query."""
    rows = RecordRequest.objects.filter(case=case).select_related("encounter").order_by("id")
    return in_order(list(rows))


def in_order(rows: Sequence[RecordRequest]) -> list[RecordRequest]:
    """Open requests first; equals stay as they come."""
    order = {
        RequestState.OPEN: 0,
        RequestState.REQUESTED: 1,
        RequestState.UNAVAILABLE: 2,
        RequestState.OBTAINED: 3,
    }
    return sorted(rows, key=lambda row: order[RequestState(row.state)])


def gap_map(case: Case, requests: Sequence[RecordRequest] | None = None) -> list[GapRow]:
    """Every kind of record of the edition, with how many requests stand where."""
    edition, _ = current()
    rows = requests_of(case) if requests is None else requests
    counts = Counter((row.record_kind, row.state) for row in rows)
    return [
        GapRow(
            key=kind.key,
            label=kind.label,
            hint=kind.hint,
            obtained=counts[kind.key, RequestState.OBTAINED],
            requested=counts[kind.key, RequestState.REQUESTED],
            open=counts[kind.key, RequestState.OPEN],
            unavailable=counts[kind.key, RequestState.UNAVAILABLE],
        )
        for kind in edition.record_kinds
    ]


def status_of(case: Case) -> StatusRecord | None:
    """The status page of the case with its bases; None before it is first saved."""
    return (
        StatusRecord.objects.filter(case=case)
        .prefetch_related("bases__evidence")
        .select_related("saved_by")
        .first()
    )


def stop_signs(
    case: Case,
    on: datetime.date,
    *,
    status: StatusRecord | Unread | None = Unread.UNREAD,
    statements: Sequence[str] | None = None,
    flags: frozenset[str] | None = None,
) -> list[StopSign]:
    """Signs that halt every adverse step, in a fixed order: citizenship, minor, 8 U.S.C. 1367, fear of
    return.

    A check that nobody made is a sign as well, and so is a standing flag, whatever the status page says.
    `status`, `statements` and `flags` save queries to who has them already.
    """
    if isinstance(status, Unread):
        status = StatusRecord.objects.filter(case=case).first()
    said = gate.coded_statements(case_id=case.id) if statements is None else statements
    if flags is None:
        flags = frozenset(CaseFlag.objects.filter(case=case, cleared_at=None).values_list("kind", flat=True))
    signs = [
        _citizenship(status, said),
        _minor(status, case.person, on, FlagKind.JUVENILE in flags),
        _section_1367(status, FlagKind.SECTION_1367 in flags),
        _fear(status),
    ]
    return [sign for sign in signs if sign]


def _sign(key: str, words: str, question: str, *, basis: str = "") -> StopSign:
    edition, _ = current()
    clauses = edition.question(question).clauses
    return StopSign(
        key=key, words=words, clause=clauses[0] if clauses else "", check_missing=not basis, basis=basis
    )


def _citizenship(status: StatusRecord | None, statements: Sequence[str]) -> StopSign | None:
    recorded = any(line.startswith(gate.CODED["us_citizenship_sign"]) for line in statements)
    indicia = ",".join(sorted(status.citizenship_indicia)) if status else ""
    basis = f"claim={status.citizenship_claim if status else ''};signs={indicia};record={recorded}"
    if status is not None and status.citizenship_claim == "yes":
        return _sign(
            "citizenship", "There is a claim to United States citizenship.", "citizenship_claim", basis=basis
        )
    if (status is not None and status.citizenship_indicia) or recorded:
        return _sign(
            "citizenship", "There is a sign of United States citizenship.", "citizenship_indicia", basis=basis
        )
    if status is None or status.citizenship_looked in {"", "did_not_look"}:
        return _sign(
            "citizenship", "Nobody has looked for signs of United States citizenship.", "citizenship_indicia"
        )
    if status.citizenship_claim in {"", "unknown"}:
        return _sign(
            "citizenship", "It is not known whether there is a claim to citizenship.", "citizenship_claim"
        )
    return None


def _minor(status: StatusRecord | None, person: Person, on: datetime.date, flagged: bool) -> StopSign | None:
    age = age_of(person, on)
    born = f"born={person.birth}"
    if age is None:
        return _sign(
            "minor",
            "The age cannot be told: no birth date is recorded.",
            "minor_check",
            basis="no birth date",
        )
    if age.high < 18:
        return _sign("minor", "The person is under 18.", "minor_check", basis=born)
    if age.low < 18:
        return _sign(
            "minor",
            f"The age cannot be told: {age}, so the person may be under 18.",
            "minor_check",
            basis=born,
        )
    if (status is None or status.minor_check in {"", "unknown"}) and not flagged:
        return _sign("minor", "The check for a person under 18 was not answered.", "minor_check")
    if status is not None and status.minor_check == "yes":
        return _sign(
            "minor",
            "The status page says that the person is, or may be, under 18.",
            "minor_check",
            basis=f"{born};answer=yes",
        )
    if flagged:
        return _sign(
            "minor",
            "A flag says that the person is, or may be, a juvenile.",
            "minor_check",
            basis=f"{born};flag",
        )
    return None


def _section_1367(status: StatusRecord | None, flagged: bool) -> StopSign | None:
    if status is not None and status.section_1367_check == "yes":
        return _sign("section_1367", "8 U.S.C. 1367 protects this person.", "section_1367_check", basis="yes")
    if flagged:
        return _sign(
            "section_1367",
            "A flag says that 8 U.S.C. 1367 protects this person.",
            "section_1367_check",
            basis="flag",
        )
    if status is None or status.section_1367_check in {"", "unknown"}:
        return _sign("section_1367", "Protection under 8 U.S.C. 1367 was not checked.", "section_1367_check")
    return None


def _fear(status: StatusRecord | None) -> StopSign | None:
    if status is not None and status.fear_of_return == "yes":
        return _sign(
            "fear_of_return",
            "Fear of return was voiced; the referral must be recorded.",
            "fear_of_return",
            basis="yes",
        )
    return None
