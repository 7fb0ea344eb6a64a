"""The shape of a decision as a document. Nothing protected has a place in it.

Values that may have to be masked, corrected or erased are `Committed`; `opened()` gives the plain form that pages
render, the same that the log gives back from bytes and disclosures.
"""

from __future__ import annotations

from typing import Any

import pydantic
from pydantic import BaseModel, ConfigDict

from assessment.document_footing import FootingLine
from ledger.events import Committed


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Pin(Part):
    """A pinned fact in the version that was pinned, with the evidence under it."""

    ref: str
    label: str
    summary: str
    evidence: list[str]


class FactHeld(Pin):
    """A fact of the record at signing: where the decision uses it (empty: nowhere), and why it could not be used."""

    used_in: list[str]
    why_not: str


class RecordLine(Part):
    kind: str
    label: str
    state: str
    state_label: str
    on: str
    reason: str
    # What the case held of it at signing, one line a request.
    case_says: Committed[list[str]]


class Finding(Part):
    """One priority. `detail` holds what tells about the person."""

    priority: str
    label: str
    finding: str
    finding_label: str
    grounds: list[str]
    detail: Committed[FindingDetail]


class CriterionLine(Part):
    """The answer of a criterion as it stood, with its trace in words. It set neither the finding nor the outcome."""

    key: str
    question: str
    answer: str
    trace: list[str]
    settles: list[str]


class FindingDetail(Part):
    why_current: str
    source: str
    information_date: str
    pins: list[Pin]
    criteria: list[CriterionLine]


class FactorLine(Part):
    """One factor. Only its name is in clear: presence may tell of a protected filing."""

    key: str
    side: str
    label: str
    detail: Committed[FactorDetail]


class FactorDetail(Part):
    presence: str
    presence_label: str
    subtypes: list[str]
    weight: str
    weight_label: str
    why: str
    record: str
    pins: list[Pin]


class Subject(Part):
    name: str
    identifiers: list[str]
    age: str
    office: str


class Dispute(Part):
    answer: str
    answer_label: str
    kinds: list[str]
    pins: list[Pin]


class Reason(Part):
    text: str
    pins: list[Pin]


class ReturnAnswer(Part):
    """A point of the last return in the supervisor's words, and what the officer did about it."""

    ordinal: int
    about: str
    text: str
    answer_label: str
    why: str


class Mandate(Part):
    """The statute that is said to leave no choice, with what it rests on."""

    statute: str
    citation: str
    pins: list[Pin]
    release_date: str
    counsel: str


class Rewritten(Part):
    """Words about an attribute that were refused in a field when signing was tried, and are not there any more."""

    field: str
    label: str
    attribute: str
    about: str
    count: int


class Contested(Part):
    """Words that stand by a contest: where, about what, and on which ground."""

    contest: str
    field: str
    label: str
    attribute: str
    about: str
    category: str
    category_label: str
    statute: str


class Document(Part):
    decision_type: str
    direction: str
    title: str
    outcome: str
    outcome_label: str
    day: str
    edition_title: str
    edition_words: str
    # Status and orders at signing; the digests stand in the entry's edition.
    footing: FootingLine
    overriding_question: str
    subject: Committed[Subject]
    statements: Committed[list[str]]
    records: list[RecordLine]
    findings: list[Finding]
    factors: list[FactorLine]
    dispute: Committed[Dispute]
    consequences: Committed[Reason]
    opposite_case: Committed[Reason]
    rationale: Committed[Reason]
    would_change: Committed[list[str]]
    gaps: Committed[list[str]]
    place: str
    no_priority_ground: Committed[str]
    mandate: Committed[Mandate | None]
    # The whole record at signing, used or not, in its own order.
    facts_held: Committed[list[FactHeld]]
    # What the officer answered to the points of the last return; empty at the first signature.
    return_answers: Committed[list[ReturnAnswer]]
    # Facts about the way of the decision, for the reviewer: two reviewers needed, training lapsed, a reason that
    # says only an offense.
    needs_second_review: bool
    training_lapsed: bool
    label_only: bool
    copied_from: str
    rewritten: list[Rewritten]
    contested: Committed[list[Contested]]


for _part in (RecordLine, Finding, FactorLine, Document):
    _part.model_rebuild()


def opened(value: Any) -> Any:
    """A document (or part) as plain dicts and lists, every committed value in its place."""
    if isinstance(value, Committed):
        return opened(value.value)
    if isinstance(value, pydantic.BaseModel):
        return {name: opened(member) for name, member in value}
    if isinstance(value, list | tuple):
        return [opened(member) for member in value]
    return value
