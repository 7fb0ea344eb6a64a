"""What the record holds of the persons of a batch, read in three queries whatever the batch's size."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection

from cases.dates import Certainty, Precision, UncertainDate
from cases.imports.identity import read_key
from cases.models import Case, CaseState, IdentifierKind, PersonIdentifier


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
    source_id: str
    version: int
    birth: UncertainDate | None
    case_id: UUID | None = None
    is_new: bool = False
    birth_changed: bool = False
    encounters: dict[bytes, dict[int, StoredEncounter]] = field(default_factory=dict)


def known_persons(layout: str, source_ids: Iterable[str]) -> dict[str, Known]:
    """Persons by the source's id."""
    found: dict[str, Known] = {}
    identifiers = PersonIdentifier.objects.filter(
        kind=IdentifierKind.SOURCE_ID, namespace=layout, value__in=set(source_ids)
    ).values_list(
        "value",
        "person_id",
        "person__version",
        "person__birth_earliest",
        "person__birth_latest",
        "person__birth_precision",
        "person__birth_certainty",
        "person__birth_words",
    )
    for value, person_id, version, earliest, latest, precision, certainty, words in identifiers:
        birth = _birth(earliest, latest, precision, certainty, words)
        found[value] = Known(person_id, value, version, birth)
    by_person = {one.person_id: one for one in found.values()}
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
