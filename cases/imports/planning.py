"""One batch compared with the record: what is new, what has changed, what is as it was. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cases.dates import UncertainDate
from cases.imports.births import known_then
from cases.imports.identity import Equals
from cases.imports.rows import ArrivingRow, Identifier, Rejected
from cases.imports.stored import Known, StoredEncounter, known_persons
from cases.models import IdentifierKind
from cases.protected.gate import Attribute
from ledger.ids import new_id


@dataclass(frozen=True, slots=True)
class Arrival:
    """One new or changed encounter with the row that brought it."""

    row: ArrivingRow
    encounter_id: UUID
    case_id: UUID
    ordinal: int
    version: int
    opens_request: bool


@dataclass(frozen=True, slots=True)
class NewIdentifier:
    """An identifier that a row brought for a person."""

    person_id: UUID
    identifier: Identifier


@dataclass(slots=True)
class CaseChange:
    """What the batch brings for one case."""

    case_id: UUID
    person_id: UUID
    created: bool
    arrivals: list[Arrival] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    protected_kinds: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Plan:
    """A batch's writes, in the order in which they are made."""

    new_persons: list[Known] = field(default_factory=list)
    new_identifiers: list[NewIdentifier] = field(default_factory=list)
    new_births: list[Known] = field(default_factory=list)
    cases: dict[UUID, CaseChange] = field(default_factory=dict)
    arrivals: list[Arrival] = field(default_factory=list)
    attributes: dict[tuple[UUID, str, str], Attribute] = field(default_factory=dict)
    imported: int = 0
    unchanged: int = 0
    rejected: list[Rejected] = field(default_factory=list)


def plan_batch(layout: str, rows: Sequence[ArrivingRow], equals: Equals) -> Plan:
    """Places every row; `equals` remembers across batches which equals are taken."""
    plan = Plan()
    known = known_persons(layout, (one for row in rows for one in row.identifiers))
    for row in rows:
        met = [known[one] for one in row.identifiers if one in known]
        if len(met) > 1 and any(one is not met[0] for one in met):
            plan.rejected.append(_two_persons(row, known))
            continue
        if met:
            person = met[0]
        else:
            person = Known(new_id(), 1, None, is_new=True)
            plan.new_persons.append(person)
        fresh = [one for one in row.identifiers if one not in person.identifiers]
        for one in fresh:
            known[one] = person
            person.identifiers.add(one)
            plan.new_identifiers.append(NewIdentifier(person.person_id, one))
        stored = person.encounters.setdefault(row.base, {})
        ordinal, same = equals.place(row, {one: encounter.digest for one, encounter in stored.items()})
        for kind, value in row.protected.items():
            # An exact repeat hands its values over as well: nobody may know whether the gate has them.
            plan.attributes[person.person_id, kind, value] = Attribute(person.person_id, kind, value, layout)
        if same and not fresh:
            plan.unchanged += 1
            continue
        plan.imported += 1
        if same:
            change = _change(plan, person, stored[ordinal].case_id)
        else:
            _take_birth(plan, person, row.birth)
            change = _arrive(plan, person, row, ordinal, stored)
        change.identifiers.extend(fresh)
    return plan


def _two_persons(row: ArrivingRow, known: Mapping[Identifier, Known]) -> Rejected:
    """An A-number belongs to one person; which of two it is, only a person can say."""
    kinds = dict.fromkeys(_words(one) for one in row.identifiers if one in known)
    reason = (
        f"its identifiers ({', '.join(kinds)}) belong to different persons of the record; a supervisor can "
        "merge the two records, then run the file again"
    )
    return Rejected(row.line, "", reason, row.raw)


def _words(identifier: Identifier) -> str:
    return identifier.namespace or IdentifierKind(identifier.kind).label


def _change(plan: Plan, person: Known, case_id: UUID, created: bool = False) -> CaseChange:
    change = plan.cases.get(case_id)
    if change is None:
        change = plan.cases[case_id] = CaseChange(case_id, person.person_id, created)
    return change


def _arrive(
    plan: Plan, person: Known, row: ArrivingRow, ordinal: int, stored: dict[int, StoredEncounter]
) -> CaseChange:
    before = stored.get(ordinal)
    created = before is None and person.case_id is None
    if before is not None:
        case_id, encounter_id, version = before.case_id, before.id, before.version + 1
    else:
        if person.case_id is None:
            person.case_id = new_id()
        case_id, encounter_id, version = person.case_id, new_id(), 1
    change = _change(plan, person, case_id, created)
    opens = row.needs_disposition and not (before is not None and before.has_request)
    arrival = Arrival(row, encounter_id, case_id, ordinal, version, opens)
    has_request = opens or (before is not None and before.has_request)
    stored[ordinal] = StoredEncounter(encounter_id, case_id, row.digest, version, has_request)
    plan.arrivals.append(arrival)
    change.arrivals.append(arrival)
    change.protected_kinds.update(row.protected)
    return change


def _take_birth(plan: Plan, person: Known, told: UncertainDate | None) -> None:
    after = known_then(person.birth, told) if told is not None else None
    if after is None:
        return
    person.birth = after
    if not person.is_new and not person.birth_changed:
        person.birth_changed = True
        plan.new_births.append(person)
