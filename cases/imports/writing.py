"""A plan into the tables and the log, within the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg2.extras import execute_values

from cases.dates import UncertainDate
from cases.imports.copying import copy_rows
from cases.imports.events import ImportApplied
from cases.imports.identity import import_key
from cases.imports.planning import Arrival, CaseChange, Plan
from cases.imports.rows import Identifier, Label
from cases.imports.stored import Known
from cases.models import (
    Case,
    CaseState,
    Encounter,
    LaterOutcome,
    Person,
    PersonIdentifier,
    RecordRequest,
    RequestState,
    SourceLabel,
)
from cases.protected import gate
from cases.screening.fields import COLUMNS
from cases.screening.store import keep_imported
from ledger import clock
from ledger.actors import Actor
from ledger.events import Committed
from ledger.ids import new_id
from ledger.services import NewEntry, append


class ChangedMeanwhile(Exception):
    """A row of the record has changed since the batch was planned; plan it again."""


def write(plan: Plan, *, actor: Actor, run_id: UUID, layout: str, office_key: str) -> None:
    """Raises `ChangedMeanwhile`, or the database's error when somebody made the same person just now."""
    at = clock.now()
    copy_rows(
        Person, [{"id": one.person_id, "recorded_at": at, **_birth(one.birth)} for one in plan.new_persons]
    )
    copy_rows(
        PersonIdentifier,
        [
            {
                "id": new_id(),
                "person_id": one.person_id,
                "kind": one.identifier.kind,
                "namespace": one.identifier.namespace,
                "value": one.identifier.value,
            }
            for one in plan.new_identifiers
        ],
    )
    _widen_births(plan.new_births)
    copy_rows(
        Case,
        [
            {
                "id": change.case_id,
                "person_id": change.person_id,
                "office_id": office_key,
                "state": CaseState.OPEN.value,
                "opened_at": at,
            }
            for change in plan.cases.values()
            if change.created
        ],
    )
    added = [one for one in plan.arrivals if one.version == 1]
    copy_rows(Encounter, [{**_encounter(one, layout), "recorded_at": at} for one in added])
    _change_encounters([one for one in plan.arrivals if one.version > 1])
    copy_rows(SourceLabel, [row for one in plan.arrivals for row in _labels(one)])
    copy_rows(LaterOutcome, [row for one in plan.arrivals for row in _outcomes(one)])
    copy_rows(
        RecordRequest,
        [
            {
                "id": new_id(),
                "case_id": one.case_id,
                "encounter_id": one.encounter_id,
                "record_kind": "dispositions",
                "state": RequestState.OPEN.value,
                "recorded_at": at,
            }
            for one in plan.arrivals
            if one.opens_request
        ],
    )
    keep_imported((one.case_id, "encounter", one.encounter_id, _texts(one)) for one in plan.arrivals)
    gate.put_many(plan.attributes.values())
    append(*(_entry(change, actor=actor, run_id=run_id, layout=layout) for change in plan.cases.values()))


def _on(value: UncertainDate | None, prefix: str) -> dict[str, Any]:
    return {
        f"{prefix}_earliest": value.earliest if value else None,
        f"{prefix}_latest": value.latest if value else None,
        f"{prefix}_precision": value.precision.value if value else "",
        f"{prefix}_certainty": value.certainty.value if value else "",
        f"{prefix}_words": value.words[:80] if value else "",
    }


def _birth(value: UncertainDate | None) -> dict[str, Any]:
    return _on(value, "birth")


def _encounter(one: Arrival, layout: str) -> dict[str, Any]:
    row = one.row
    return {
        "id": one.encounter_id,
        "case_id": one.case_id,
        **_on(UncertainDate.day(row.on), "on"),
        "custody": row.custody,
        "site": row.site,
        "detention_facility": row.detention_facility,
        "detention_place": row.detention_place,
        "detainer_facility": row.detainer_facility,
        "referral_source": row.referral_source,
        "source_relation": row.source_relation,
        "layout": layout,
        "import_key": import_key(row.base, one.ordinal),
        "content_digest": row.digest,
    }


def _texts(one: Arrival) -> dict[str, str]:
    """What a row says in words; labels and later outcomes as one text each."""
    texts = {name: str(getattr(one.row, name)) for name in COLUMNS["encounter"] if name != "on_words"}
    texts["labels"] = "\n".join(
        text for label in one.row.labels for text in (label.text, label.group) if text
    )
    texts["outcomes"] = one.row.outcome.status if one.row.outcome else ""
    return texts


def _labels(one: Arrival) -> list[dict[str, Any]]:
    return [
        {
            "id": new_id(),
            "encounter_id": one.encounter_id,
            "kind": label.kind,
            "code": label.code,
            "text": label.text,
            "group": label.group,
            "encounter_version": one.version,
        }
        for label in one.row.labels
    ]


def _outcomes(one: Arrival) -> list[dict[str, Any]]:
    outcome = one.row.outcome
    if outcome is None:
        return []
    return [
        {
            "id": new_id(),
            "encounter_id": one.encounter_id,
            "status": outcome.status,
            "encounter_version": one.version,
            **_on(outcome.on, "on"),
        }
    ]


def _change_encounters(changed: Sequence[Arrival]) -> None:
    _update(
        "UPDATE cases_encounter e SET custody = v.custody, detention_facility = v.facility,"
        " detention_place = v.place, detainer_facility = v.detainer, referral_source = v.referral,"
        " source_relation = v.relation, content_digest = v.digest, version = v.version"
        " FROM (VALUES %s) AS v (id, version, custody, facility, place, detainer, referral, relation, digest)"
        " WHERE e.id = v.id AND e.version = v.version - 1",
        [
            (
                str(one.encounter_id),
                one.version,
                one.row.custody,
                one.row.detention_facility,
                one.row.detention_place,
                one.row.detainer_facility,
                one.row.referral_source,
                one.row.source_relation,
                one.row.digest,
            )
            for one in changed
        ],
        "(%s::uuid, %s::integer, %s, %s, %s, %s, %s, %s, %s::bytea)",
    )


def _widen_births(persons: Sequence[Known]) -> None:
    _update(
        "UPDATE cases_person p SET birth_earliest = v.earliest, birth_latest = v.latest,"
        " birth_precision = v.precision, birth_certainty = v.certainty, birth_words = v.words,"
        " version = p.version + 1"
        " FROM (VALUES %s) AS v (id, version, earliest, latest, precision, certainty, words)"
        " WHERE p.id = v.id AND p.version = v.version",
        [(str(one.person_id), one.version, *_birth(one.birth).values()) for one in persons],
        "(%s::uuid, %s::integer, %s::date, %s::date, %s, %s, %s)",
    )


def _update(statement: str, rows: list[tuple[Any, ...]], template: str) -> None:
    if not rows:
        return
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        execute_values(cursor, statement, rows, template=template, page_size=len(rows))
        if cursor.rowcount != len(rows):
            raise ChangedMeanwhile


def _entry(change: CaseChange, *, actor: Actor, run_id: UUID, layout: str) -> NewEntry:
    return NewEntry(
        payload=ImportApplied(
            layout=layout,
            case_created=change.created,
            encounters_added=sum(one.version == 1 for one in change.arrivals),
            encounters_changed=sum(one.version > 1 for one in change.arrivals),
            record_requests_opened=sum(one.opens_request for one in change.arrivals),
            protected_kinds=tuple(sorted(change.protected_kinds)),
            rows=Committed((*map(_row, change.arrivals), *map(_identifier, change.identifiers))),
        ),
        actor=actor,
        subject={"case": change.case_id, "person": change.person_id, "run": run_id},
    )


def _label(label: Label) -> str:
    code = "" if label.text.startswith(label.code) else f"{label.code} "
    return f"{label.kind}: {code}{label.text}"


def _identifier(one: Identifier) -> str:
    return f"identifier {one.kind} {one.namespace} {one.value}".replace("  ", " ")


def _row(one: Arrival) -> str:
    """What the row says of the person, in words, protected columns left out."""
    row = one.row
    told = [
        f"{one.encounter_id} version {one.version}",
        row.identifiers[0].value,
        row.on.isoformat(),
        row.site,
        row.custody,
        row.detention_facility,
        row.detention_place,
        row.detainer_facility,
        f"born {row.birth}" if row.birth is not None else "",
        *(_label(label) for label in row.labels),
    ]
    if row.outcome is not None:
        told.append(f"later: {row.outcome.status} {row.outcome.on or ''}".rstrip())
    return "; ".join(part for part in told if part)
