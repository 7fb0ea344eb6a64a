"""What the API answers about cases. Names are those of the page's fields; protected facts are coded statements."""

from __future__ import annotations

import datetime
import uuid
from typing import Any, Literal

from pydantic import BaseModel

from cases import selectors
from cases.facts import KINDS
from cases.models import Case, RecordRequest
from cases.selectors import CaseRow, EncounterView, EvidenceView, FactView, PersonMatch


class Written(BaseModel):
    """A row that was written, and its version now."""

    id: uuid.UUID
    version: int


class CaseLine(BaseModel):
    """One line of the list or of a search; `matched` says by what a search found it."""

    id: uuid.UUID
    name: str
    birth: str
    identifiers: list[str]
    matched: str
    office_name: str
    state: Literal["open", "closed"]
    restricted: bool


class CaseLines(BaseModel):
    """A page of the list, or what a search found. `next` is the address of the following page, or empty."""

    results: list[CaseLine]
    next: str


class EvidenceShape(BaseModel):
    id: uuid.UUID
    version: int
    kind: str
    kind_label: str
    source: str
    source_relation: str
    caption: str
    information_date: datetime.date | None
    obtained_on: datetime.date
    reviewed_on: datetime.date | None


class FactShape(BaseModel):
    """`ref` is what an answer of an assessment pins. `why_not` says why it cannot be pinned, else it is empty."""

    id: uuid.UUID
    version: int
    ref: str
    kind: str
    label: str
    summary: str
    on: str
    details: dict[str, Any]
    evidence: list[uuid.UUID]
    why_not: str
    vacated: bool


class LabelShape(BaseModel):
    """A word of the source; it can be read, never pinned."""

    kind: str
    code: str
    text: str


class EncounterShape(BaseModel):
    """An encounter with the labels of its source and what became of it later."""

    ref: str
    summary: str
    on: str
    site: str
    custody: str
    why_not: str
    labels: list[LabelShape]
    outcomes: list[str]


class RequestShape(BaseModel):
    id: uuid.UUID
    version: int
    record_kind: str
    asked_of: str
    state: str
    requested_on: datetime.date | None
    answered_on: datetime.date | None
    reviewed_on: datetime.date | None
    unavailable_reason: str
    note: str


class StopShape(BaseModel):
    """Something that halts every adverse step, or a check that nobody made."""

    key: str
    words: str
    clause: str
    check_missing: bool


class StatusShape(BaseModel):
    """Whether the status page is complete. Its answers are told as statements of the case."""

    version: int
    complete: bool


class StatusSavedShape(StatusShape):
    missing: list[str]


class PersonShape(BaseModel):
    name: str
    birth: str
    age: str
    identifiers: list[str]


class CaseShape(BaseModel):
    """The record of one case. `statements` are what may be said of status and removability."""

    id: uuid.UUID
    version: int
    office: str
    state: str
    restricted: bool
    person: PersonShape
    status: StatusShape | None
    statements: list[str]
    stops: list[StopShape]
    encounters: list[EncounterShape]
    facts: list[FactShape]
    evidence: list[EvidenceShape]
    requests: list[RequestShape]


def line_of_match(one: PersonMatch) -> CaseLine:
    return CaseLine(
        id=one.case_id,
        name=one.name,
        birth=one.birth,
        identifiers=list(one.identifiers),
        matched=one.matched,
        office_name=one.office_name,
        state="open" if one.open else "closed",
        restricted=one.restricted,
    )


def line_of_row(row: CaseRow) -> CaseLine:
    return CaseLine(
        id=row.id,
        name=row.name,
        birth="",
        identifiers=list(row.identifiers),
        matched="",
        office_name=row.office_name,
        state="open" if row.state == "Open" else "closed",
        restricted=row.restricted,
    )


def evidence_shape(one: EvidenceView) -> EvidenceShape:
    return EvidenceShape(
        id=one.id,
        version=one.version,
        kind=one.kind,
        kind_label=one.kind_label,
        source=one.source,
        source_relation=one.relation,
        caption=one.caption,
        information_date=one.information_date,
        obtained_on=one.obtained_on,
        reviewed_on=one.reviewed_on,
    )


def fact_shape(one: FactView) -> FactShape:
    return FactShape(
        id=one.id,
        version=one.version,
        ref=one.ref,
        kind=one.kind,
        label=one.label,
        summary=one.summary,
        on=str(one.on or ""),
        details=dict(one.details),
        evidence=[piece.id for piece in one.evidence],
        why_not=one.why_not,
        vacated=one.vacated,
    )


def encounter_shape(one: EncounterView) -> EncounterShape:
    return EncounterShape(
        ref=one.fact.ref,
        summary=one.fact.summary,
        on=str(one.fact.on or ""),
        site=one.site,
        custody=one.custody,
        why_not=one.fact.why_not,
        labels=[LabelShape(kind=label.kind, code=label.code, text=label.text) for label in one.labels],
        outcomes=list(one.outcomes),
    )


def request_shape(row: RecordRequest) -> RequestShape:
    return RequestShape(
        id=row.id,
        version=row.version,
        record_kind=row.record_kind,
        asked_of=row.asked_of,
        state=row.state,
        requested_on=row.requested_on,
        answered_on=row.answered_on,
        reviewed_on=row.reviewed_on,
        unavailable_reason=row.unavailable_reason,
        note=row.note,
    )


def case_shape(case: Case, day: datetime.date) -> CaseShape:
    """The record as it stands, judged on a day."""
    from cases.protected.gate import coded_statements
    from cases.selectors.record import recorded_facts

    status = getattr(case, "status", None)
    statements = coded_statements(case_id=case.id)
    evidence = selectors.evidence_of(case)
    facts = recorded_facts(case, day, {view.id: view for view in evidence})
    return CaseShape(
        id=case.id,
        version=case.version,
        office=case.office_id,
        state=case.state,
        restricted=case.restricted,
        person=PersonShape(
            name=case.person.name,
            birth=str(case.person.birth or ""),
            age=selectors.age_in_words(case.person, day),
            identifiers=list(selectors.identifiers_of(case)),
        ),
        status=StatusShape(version=status.version, complete=status.complete) if status else None,
        statements=statements,
        stops=[
            StopShape(key=one.key, words=one.words, clause=one.clause, check_missing=one.check_missing)
            for one in selectors.stop_signs(case, day, status=status, statements=statements)
        ],
        encounters=[encounter_shape(one) for one in selectors.encounters_of(case, day)],
        facts=[fact_shape(one) for one in facts],
        evidence=[evidence_shape(one) for one in evidence],
        requests=[request_shape(row) for row in selectors.requests_of(case)],
    )


FACT_KINDS = (*KINDS, "encounter")
