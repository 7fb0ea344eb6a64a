"""Imported arrests and signed decisions: single ones through the verbs of the product, many as the rows they leave."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.db import transaction
from django.db.models import F
from pydantic import BaseModel

from accounts.models import Role, User
from assessment.models import Assessment, Decision, DecisionVersion, Execution
from cases.models import ActionKind, Case, Encounter, ImportedAction, Person
from ledger.clock import now
from ledger.events import Committed, EventKind, Payload, event
from ledger.ids import new_id
from ledger.services import NewEntry, append
from tests import factories
from tests.assessment import situations
from tests.assessment.situations import DAY, Situation

TYPES = ["arrest", "detainer"]


class SampleFactor(BaseModel):
    key: str
    detail: Committed[dict[str, str]]


class SampleFinding(BaseModel):
    finding: str
    grounds: list[str]


class SampleDocument(BaseModel):
    findings: list[SampleFinding] = []
    factors: list[SampleFactor] = []


@event("oversight.sample.signed", kind=EventKind.ACCESS, words="Signed a sample for the tests of oversight")
class SampleSigned(Payload):
    """The parts of a signed document that the reports read, in its own shape."""

    document: SampleDocument


def day(after: int) -> datetime.date:
    """So many days after the practice day, on which decisions are signed here."""
    return DAY + datetime.timedelta(days=after)


def officer_of(key: str = "los-angeles", name: str = "Los Angeles") -> User:
    return factories.user(Role.OFFICER, at=factories.office(key, name))


def arrest(case: Case, on: datetime.date, *, until: datetime.date | None = None, **more: Any) -> Encounter:
    """An imported arrest, as the importer writes its row."""
    return Encounter.objects.create(
        **{
            "case": case,
            "kind": "arrest",
            "layout": "ice-arrests",
            "import_key": str(new_id()),
            "on_earliest": on,
            "on_latest": until or on,
            "recorded_at": now(),
            **more,
        }
    )


def action(case: Case, kind: ActionKind, on: datetime.date) -> ImportedAction:
    """An imported action of another kind, as the layout `totality` writes its row."""
    return ImportedAction.objects.create(case=case, kind=kind, happened_on=on, recorded_at=now())


def signed(officer: User | None = None, **answers: Any) -> tuple[Situation, Decision]:
    """A detainer that was decided on the practice day; `answers` change what the document says."""
    at = situations.ready(officer)
    return at, situations.signed(at, **answers)


def many(
    count: int, officer: User, *, type: str = "arrest", outcome: str = "act", direction: str = "do"
) -> list[Decision]:
    """So many signed decisions, each of a person of its own, with a document that finds no priority."""
    return [row(officer, type=type, outcome=outcome, direction=direction) for _ in range(count)]


def row(
    officer: User,
    *,
    type: str = "arrest",
    outcome: str = "act",
    direction: str = "do",
    case: Case | None = None,
    ground: str = "",
    factor: tuple[str, str] | None = None,
    edition: str = "2021-09-30",
) -> Decision:
    """One signed decision, as the rows it leaves; `factor` is key and presence of the only one."""
    at = now()
    if case is None:
        person = Person.objects.create(family_name="Quillworth", given_name="Perrin", recorded_at=at)
        case = Case.objects.create(person=person, office=officer.office, opened_at=at)
    assessment = Assessment.objects.create(
        case=case,
        office=officer.office,
        state="closed",
        started_by=officer,
        started_at=at,
        edition_key=edition,
        outcome_order=["act", "decline"],
    )
    decision = Decision.objects.create(
        assessment=assessment,
        case=case,
        office=officer.office,
        type=type,
        direction=direction,
        state="submitted",
        created_by=officer,
        created_at=at,
        signed_number=1,
        signed_by=officer,
        signed_at=at,
    )
    document = SampleDocument(
        findings=[SampleFinding(finding="found", grounds=[ground])] if ground else [],
        factors=[SampleFactor(key=factor[0], detail=Committed({"presence": factor[1]}))] if factor else [],
    )
    with transaction.atomic():
        entry = append(NewEntry(payload=SampleSigned(document=document), actor=officer.actor()))[0]
    DecisionVersion.objects.create(
        decision=decision,
        number=1,
        entry_id=entry.pk,
        outcome=outcome,
        edition_key=edition,
        signed_by=officer,
        signed_at=at,
    )
    return decision


def mask(*cases: uuid.UUID) -> None:
    """The law masks these cases."""
    Case.objects.filter(pk__in=cases).update(restricted=True, version=F("version") + 1)


def carried_out(decision: Decision, on: datetime.date | None) -> None:
    """What was done is recorded: on that day, or not at all."""
    Execution.objects.create(
        decision=decision,
        carried_out=on is not None,
        on=on,
        recorded_by=decision.created_by,
        recorded_at=now(),
    )
