"""One batch compared with the record: what is new, what has changed, what is as it was. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cases.dates import Precision, UncertainDate
from cases.imports.identity import Equals
from cases.imports.rows import ArrivingRow
from cases.imports.stored import Known, StoredEncounter, known_persons
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


@dataclass(slots=True)
class CaseChange:
    """What the batch brings for one case."""

    case_id: UUID
    person_id: UUID
    created: bool
    arrivals: list[Arrival] = field(default_factory=list)
    protected_kinds: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Plan:
    """A batch's writes, in the order in which they are made."""

    new_persons: list[Known] = field(default_factory=list)
    new_births: list[Known] = field(default_factory=list)
    cases: dict[UUID, CaseChange] = field(default_factory=dict)
    arrivals: list[Arrival] = field(default_factory=list)
    attributes: dict[tuple[UUID, str, str], Attribute] = field(default_factory=dict)
    imported: int = 0
    unchanged: int = 0


def plan_batch(layout: str, rows: Sequence[ArrivingRow], equals: Equals) -> Plan:
    """Places every row; `equals` remembers across batches which equals are taken."""
    plan = Plan()
    known = known_persons(layout, (row.source_id for row in rows))
    for row in rows:
        person = known.get(row.source_id)
        if person is None:
            person = known[row.source_id] = Known(new_id(), row.source_id, 1, None, is_new=True)
            plan.new_persons.append(person)
        stored = person.encounters.setdefault(row.base, {})
        ordinal, same = equals.place(row, {one: encounter.digest for one, encounter in stored.items()})
        for kind, value in row.protected.items():
            # An exact repeat hands its values over as well: nobody may know whether the gate has them.
            plan.attributes[person.person_id, kind, value] = Attribute(person.person_id, kind, value, layout)
        if same:
            plan.unchanged += 1
            continue
        plan.imported += 1
        _take_birth_year(plan, person, row.birth_year)
        _arrive(plan, person, row, ordinal, stored)
    return plan


def _arrive(
    plan: Plan, person: Known, row: ArrivingRow, ordinal: int, stored: dict[int, StoredEncounter]
) -> None:
    before = stored.get(ordinal)
    if before is not None:
        case_id, encounter_id, version = before.case_id, before.id, before.version + 1
    else:
        created = person.case_id is None
        if person.case_id is None:
            person.case_id = new_id()
        case_id, encounter_id, version = person.case_id, new_id(), 1
        if created:
            plan.cases[case_id] = CaseChange(case_id, person.person_id, created=True)
    change = plan.cases.setdefault(case_id, CaseChange(case_id, person.person_id, created=False))
    opens = row.needs_disposition and not (before is not None and before.has_request)
    arrival = Arrival(row, encounter_id, case_id, ordinal, version, opens)
    has_request = opens or (before is not None and before.has_request)
    stored[ordinal] = StoredEncounter(encounter_id, case_id, row.digest, version, has_request)
    plan.arrivals.append(arrival)
    change.arrivals.append(arrival)
    change.protected_kinds.update(row.protected)


def _take_birth_year(plan: Plan, person: Known, year: int | None) -> None:
    """A year outside the recorded interval widens it: the sources disagree, and neither is believed alone."""
    if year is None:
        return
    told = UncertainDate.year(year)
    birth = person.birth
    if birth is None:
        person.birth = told
    elif birth.latest < told.earliest or told.latest < birth.earliest:
        person.birth = UncertainDate(
            min(birth.earliest, told.earliest),
            max(birth.latest, told.latest),
            Precision.RANGE,
            birth.certainty,
            f"{birth.words}; {told.words}"[:80],
        )
    else:
        return
    if not person.is_new and not person.birth_changed:
        person.birth_changed = True
        plan.new_births.append(person)
