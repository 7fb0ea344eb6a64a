"""A plan into the tables and the log, within the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db import models

from accounts.models import Office, User
from cases.exports import lines
from cases.exports.parts import PARTS, Accounts, build
from cases.imports.events import ImportApplied, ImportNamed
from cases.imports.totality import LAYOUT
from cases.imports.totality.planning import Plan
from cases.models import (
    Attachment,
    Case,
    CaseFlag,
    Encounter,
    Evidence,
    Fact,
    LaterOutcome,
    RecordRequest,
    SourceLabel,
    StatusRecord,
)
from cases.screening.fields import texts_of
from cases.screening.store import keep_imported
from ledger.actors import Actor
from ledger.events import Committed
from ledger.services import NewEntry, append

# Which rule of the tables a line can break that planning does not look for, by the name of the rule.
BROKEN: Final = {
    "identifier_unique": ("value", "another row of the record has this identifier"),
    "one_open_case_per_person": ("state", "the person has another open case"),
    "encounter_import_identity": ("import_key", "another encounter has this identity of an extract's row"),
    "action_once_a_day": ("happened_on", "the case has such an action of this day already"),
    "support_once": ("support", "the fact rests on the same evidence twice"),
    "alienage_basis_once": ("bases", "the same basis with the same evidence is there twice"),
    "one_standing_flag_a_kind": ("kind", "the case has such a flag already"),
    "flag_cleared_by_two": ("cleared_by", "a flag is cleared by two people, one who asks and another"),
    "alias_once": ("family_name", "the person has this other name already"),
    "absorbed_once": ("absorbed", "this person was merged into another already"),
    "merge_of_two_persons": ("absorbed", "a person cannot be merged with itself"),
    "cases_statusrecord_case_id_key": ("case", "the case has another status record"),
}


@dataclass(slots=True)
class _Added:
    """What the batch adds to one case, or to a person whose cases are not in it."""

    person: UUID
    case: UUID | None
    rows: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)


def write(plan: Plan, *, actor: Actor, run_id: UUID, accounts: Accounts) -> None:
    """Raises the database's error when a line breaks a rule of the tables."""
    _write_names(plan, actor, run_id, accounts)
    made: dict[type[models.Model], list[models.Model]] = {}
    for key, part in PARTS.items():
        for one in plan.rows:
            if one.content.part == key:
                for row in build(part, one.content, accounts):
                    made.setdefault(type(row), []).append(row)
    for model, rows in made.items():
        model._default_manager.bulk_create(rows)
    keep_imported(_texts(made))
    append(*(_entry(one, actor, run_id) for one in _added(plan)))


def _texts(
    made: Mapping[type[models.Model], Sequence[models.Model]],
) -> Iterable[tuple[UUID, str, UUID, Mapping[str, str]]]:
    """Case, kind, id and texts of every row that has texts; those of a label stand with its encounter."""
    cases: dict[UUID, UUID] = {}
    for rows in made.values():
        for row in rows:
            if isinstance(row, Encounter | Evidence):
                cases[row.pk] = row.case_id
    of_encounters: dict[UUID, list[str]] = {}
    for rows in made.values():
        for row in rows:
            if isinstance(row, SourceLabel):
                of_encounters.setdefault(row.encounter_id, []).extend((row.text, row.group))
            elif isinstance(row, LaterOutcome):
                of_encounters.setdefault(row.encounter_id, []).append(row.status)
            elif isinstance(row, Attachment):
                kind, texts = texts_of(row)
                yield cases[row.evidence_id], kind, row.pk, texts
            elif isinstance(row, Evidence | RecordRequest | Fact | StatusRecord | CaseFlag):
                kind, texts = texts_of(row)
                yield row.case_id, kind, row.pk, texts
    for row in made.get(Encounter, ()):
        if isinstance(row, Encounter):
            kind, texts = texts_of(row)
            labels = "\n".join(text for text in of_encounters.get(row.pk, ()) if text)
            yield row.case_id, kind, row.pk, texts | {"labels": labels}


def why(error: Exception) -> tuple[str, str]:
    """The field and the reason for a line that the tables refuse. The database's own words may hold values."""
    diagnosis = getattr(error.__cause__, "diag", None)
    rule = getattr(diagnosis, "constraint_name", None) or ""
    return BROKEN.get(rule, ("", f"the tables refuse it{f' by their rule {rule}' if rule else ''}"))


def _write_names(plan: Plan, actor: Actor, run_id: UUID, accounts: Accounts) -> None:
    if not plan.offices and not plan.accounts:
        return
    Office.objects.bulk_create(Office(key=one.key, name=one.name) for one in plan.offices)
    users = [
        User(
            username=one.username,
            full_name=one.full_name,
            role=one.role,
            office_id=one.office,
            is_active=False,
        )
        for one in plan.accounts
    ]
    for user in users:
        user.set_unusable_password()
    User.objects.bulk_create(users)
    accounts.look_up([user.username for user in users])
    payload = ImportNamed(
        offices=tuple(one.key for one in plan.offices), accounts=tuple(one.username for one in plan.accounts)
    )
    append(NewEntry(payload=payload, actor=actor, subject={"run": run_id}))


def _added(plan: Plan) -> Iterable[_Added]:
    found: dict[UUID, _Added] = {}
    first = {person: case for case, person in reversed(plan.persons.items())}
    missing = {
        person for one in plan.rows if (person := _person_of(one.content)) is not None and person not in first
    }
    of_stored = Case.objects.filter(person_id__in=missing).order_by("-id").values_list("person_id", "id")
    first.update(of_stored)
    for one in plan.rows:
        person = _person_of(one.content)
        case = first.get(person) if person is not None else _case_of(one.content)
        if person is None:
            person = plan.persons[_case_of(one.content)]
        added = found.setdefault(case or person, _Added(person, case))
        added.rows.append(lines.written(one.content))
        added.parts.append(one.content.part)
    return found.values()


def _person_of(content: Any) -> UUID | None:
    """The person of a line that belongs to no case."""
    if isinstance(content, lines.PersonLine):
        return content.id
    if isinstance(content, lines.MergeLine):
        return content.survivor
    return content.person if isinstance(content, lines.IdentifierLine | lines.AliasLine) else None


def _case_of(content: Any) -> UUID:
    case: UUID = content.id if isinstance(content, lines.CaseLine) else content.case
    return case


def _entry(added: _Added, actor: Actor, run_id: UUID) -> NewEntry:
    subject = {"person": added.person, "run": run_id}
    if added.case is not None:
        subject["case"] = added.case
    return NewEntry(
        payload=ImportApplied(
            layout=LAYOUT,
            case_created="case" in added.parts,
            encounters_added=added.parts.count("encounter"),
            encounters_changed=0,
            record_requests_opened=added.parts.count("record_request"),
            protected_kinds=(),
            rows=Committed(tuple(added.rows)),
        ),
        actor=actor,
        subject=subject,
    )
