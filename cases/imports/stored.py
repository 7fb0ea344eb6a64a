"""What the record holds of the persons of a batch, read in three queries whatever the batch's size."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection
from django.db.models import Q

from cases.dates import Certainty, Precision, UncertainDate
from cases.imports.identity import read_key
from cases.imports.rows import Identifier
from cases.models import Case, CaseState, PersonIdentifier


@dataclass(slots=True)
class StoredEncounter:
    """An encounter that an earlier row made."""

    id: UUID
    case_id: UUID
    digest: bytes
    version: int
    has_request: bool


@dataclass(slots=True)
class Known:
    """A person as far as a batch needs to know; changed in place while the batch is planned."""

    person_id: UUID
    version: int
    birth: UncertainDate | None
    case_id: UUID | None = None
    is_new: bool = False
    birth_changed: bool = False
    identifiers: set[Identifier] = field(default_factory=set)
    encounters: dict[bytes, dict[int, StoredEncounter]] = field(default_factory=dict)


def known_persons(layout: str, identifiers: Iterable[Identifier]) -> dict[Identifier, Known]:
    """Persons by each of the identifiers that a row may name them by; two identifiers may be one person."""
    found: dict[Identifier, Known] = {}
    values: dict[tuple[str, str], set[str]] = {}
    for one in identifiers:
        values.setdefault((one.kind, one.namespace), set()).add(one.value)
    asked = Q(pk__in=[])
    for (kind, namespace), wanted in values.items():
        asked |= Q(kind=kind, namespace=namespace, value__in=wanted)
    rows = PersonIdentifier.objects.filter(asked).values_list(
        "kind",
        "namespace",
        "value",
        "person_id",
        "person__version",
        "person__birth_earliest",
        "person__birth_latest",
        "person__birth_precision",
        "person__birth_certainty",
        "person__birth_words",
    )
    by_person: dict[UUID, Known] = {}
    for kind, namespace, value, person_id, version, earliest, latest, precision, certainty, words in rows:
        person = by_person.get(person_id)
        if person is None:
            birth = _birth(earliest, latest, precision, certainty, words)
            person = by_person[person_id] = Known(person_id, version, birth)
        identifier = Identifier(kind, namespace, value)
        person.identifiers.add(identifier)
        found[identifier] = person
    if by_person:
        open_cases = Case.objects.filter(person_id__in=by_person, state=CaseState.OPEN)
        for person_id, case_id in open_cases.values_list("person_id", "id"):
            by_person[person_id].case_id = case_id
        _add_encounters(layout, by_person)
    return found


def _birth(
    earliest: datetime.date | None, latest: datetime.date | None, precision: str, certainty: str, words: str
) -> UncertainDate | None:
    if earliest is None or latest is None:
        return None
    return UncertainDate(earliest, latest, Precision(precision), Certainty(certainty), words)


def _add_encounters(layout: str, by_person: dict[UUID, Known]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.person_id, e.id, e.case_id, e.import_key, e.content_digest, e.version, EXISTS ("
            " SELECT 1 FROM cases_recordrequest r"
            " WHERE r.encounter_id = e.id AND r.record_kind = 'dispositions')"
            " FROM cases_case c JOIN cases_encounter e ON e.case_id = c.id"
            " WHERE c.person_id = ANY(%s) AND e.layout = %s AND e.import_key <> ''",
            [list(by_person), layout],
        )
        for person_id, encounter_id, case_id, key, content, version, has_request in cursor.fetchall():
            base, ordinal = read_key(key)
            stored = StoredEncounter(encounter_id, case_id, bytes(content or b""), version, has_request)
            by_person[person_id].encounters.setdefault(base, {})[ordinal] = stored
