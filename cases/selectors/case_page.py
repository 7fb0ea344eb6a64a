"""The case page in one query: the case as this user may see it, and its whole record in one document.

Who wrote an earlier version is read from the log, in one more query, and only where a row has earlier versions.
"""

from __future__ import annotations

import datetime
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import JSONField
from django.db.models.expressions import RawSQL

from accounts.models import User
from cases.models import (
    AlienageBasis,
    Attachment,
    Case,
    CaseFlag,
    Encounter,
    Evidence,
    Fact,
    PersonIdentifier,
    RecordRequest,
    StatusRecord,
)
from cases.protected import gate
from cases.screening.held import Held
from cases.screening.store import by_row, contests_by_row
from cases.selectors.bundle import MEMBERS, document, facts_from
from cases.selectors.evidence import evidence_view
from cases.selectors.history import restored
from cases.selectors.people import identifier_words
from cases.selectors.record import encounter_view, withdrawn_views
from cases.selectors.row_history import HistoryLine, histories
from cases.selectors.status import in_order, stop_signs
from cases.selectors.views import EncounterView, EvidenceView, FactView, StopSign
from cases.selectors.visibility import visible_cases
from policy.services import current

PAGE = {
    name: MEMBERS[name]
    for name in ("evidence", "status", "bases", "coded", "identifiers", "screened", "contests")
} | {
    "facts": MEMBERS["facts"].replace(" AND NOT f.withdrawn", ""),
    "encounters": """(
        SELECT jsonb_agg(to_jsonb(e) || jsonb_build_object(
            'label_rows', (
                SELECT coalesce(jsonb_agg(to_jsonb(l) ORDER BY l.id), '[]') FROM cases_sourcelabel l
                WHERE l.encounter_id = e.id AND l.encounter_version = e.version
            ),
            'outcome_rows', (
                SELECT coalesce(jsonb_agg(to_jsonb(o) ORDER BY o.id), '[]') FROM cases_lateroutcome o
                WHERE o.encounter_id = e.id AND o.encounter_version = e.version
            )
        ) ORDER BY e.on_earliest, e.id)
        FROM cases_encounter e WHERE e.case_id = cases_case.id
    )""",
    "requests": """(
        SELECT jsonb_agg(to_jsonb(r) ORDER BY r.id) FROM cases_recordrequest r WHERE r.case_id = cases_case.id
    )""",
    "files": """(
        SELECT jsonb_agg(to_jsonb(a) ORDER BY a.id) FROM cases_attachment a
        JOIN cases_evidence v ON v.id = a.evidence_id WHERE v.case_id = cases_case.id
    )""",
    "aliases": """(
        SELECT jsonb_agg(jsonb_build_object('family', a.family_name, 'given', a.given_name, 'evidence', a.evidence_id)
                         ORDER BY a.family_name, a.given_name, a.id)
        FROM cases_personalias a WHERE a.person_id = cases_case.person_id AND NOT a.withdrawn
    )""",
    "flags": """(
        SELECT jsonb_agg(to_jsonb(g) || jsonb_build_object('by', u.full_name) ORDER BY g.kind, g.id)
        FROM cases_caseflag g JOIN accounts_user u ON u.id = g.set_by_id
        WHERE g.case_id = cases_case.id AND g.cleared_at IS NULL
    )""",
    "versions": """(
        SELECT jsonb_agg(to_jsonb(v) ORDER BY v.row_id, v.version) FROM (
            SELECT 'fact' AS kind, f.id FROM cases_fact f WHERE f.case_id = cases_case.id
            UNION ALL SELECT 'evidence', e.id FROM cases_evidence e WHERE e.case_id = cases_case.id
            UNION ALL SELECT 'encounter', n.id FROM cases_encounter n WHERE n.case_id = cases_case.id
            UNION ALL SELECT 'record_request', r.id FROM cases_recordrequest r WHERE r.case_id = cases_case.id
        ) own JOIN cases_recordversion v ON v.row_kind = own.kind AND v.row_id = own.id
    )""",
    "merged_from": "(SELECT jsonb_agg(m.id) FROM cases_case m WHERE m.merged_into_id = cases_case.id)",
    "merges": """(
        SELECT jsonb_agg(jsonb_build_object(
            'id', m.id, 'on', m.merged_at, 'by', u.full_name, 'reason', m.reason,
            'absorbed_case', m.absorbed_case_id, 'survivor_case', m.survivor_case_id
        ) ORDER BY m.id)
        FROM cases_personmerge m JOIN accounts_user u ON u.id = m.merged_by_id
        WHERE m.undone_at IS NULL AND cases_case.id IN (m.survivor_case_id, m.absorbed_case_id)
    )""",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class MergeLine:
    """A merge that stands, as the page of one of its two cases tells it."""

    id: uuid.UUID
    on: str
    by: str
    reason: str
    absorbed_case: uuid.UUID | None
    survivor_case: uuid.UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class WholeCase:
    """Everything that the case page shows. `history` and `files` are by the id of their row."""

    case: Case
    status: StatusRecord | None
    statements: list[str]
    stops: list[StopSign]
    flags: list[tuple[CaseFlag, str]]
    identifiers: list[str]
    aliases: list[tuple[str, str]]
    encounters: list[EncounterView]
    facts: list[FactView]
    withdrawn: list[FactView]
    evidence: list[EvidenceView]
    files: Mapping[uuid.UUID, Sequence[Attachment]]
    requests: list[RecordRequest]
    history: Mapping[uuid.UUID, Sequence[HistoryLine]]
    merges: list[MergeLine]
    # Whether a text of the case has protected words that wait to be resolved.
    has_words: bool


def whole_case(user: User, case_id: uuid.UUID, on: datetime.date) -> WholeCase:
    """The case and its record on a day. One query, two where a row has history. Raises `Case.DoesNotExist`."""
    case = (
        visible_cases(user)
        .select_related("person", "office")
        .annotate(record=RawSQL(document(PAGE), [], output_field=JSONField()))  # noqa: S611  no value of a person
        .get(pk=case_id)
    )
    found: dict[str, Any] = case.record
    rows = {name: value or [] for name, value in found.items() if name != "status"}
    edition, _ = current()
    evidence_rows = [restored(Evidence, one) for one in rows["evidence"]]
    held = Held(by_row(rows["screened"]), contests_by_row(rows["contests"]))
    evidence = [held.evidence(evidence_view(one, edition), hide=False) for one in evidence_rows]
    by_id = {str(piece.id): piece for piece in evidence}
    encounters = [restored(Encounter, {**one, "content_digest": None}) for one in rows["encounters"]]
    by_encounter = {one.id: one for one in encounters}
    status = restored(StatusRecord, found["status"]) if found["status"] else None
    bases = [restored(AlienageBasis, one) for one in rows["bases"]]
    statements = gate.statements_of(status, [(one.basis, one.evidence_id) for one in bases], rows["coded"])
    files = defaultdict(list)
    for one in rows["files"]:
        files[uuid.UUID(one["evidence_id"])].append(restored(Attachment, one))
    requests = [restored(RecordRequest, one) for one in rows["requests"]]
    for request in requests:
        if request.encounter_id in by_encounter:
            request.encounter = by_encounter[request.encounter_id]
    standing = [one for one in rows["facts"] if not one["withdrawn"]]
    current_rows = {
        row.id: row
        for row in (*encounters, *evidence_rows, *requests, *(restored(Fact, one) for one in rows["facts"]))
    }
    return WholeCase(
        case=case,
        status=status,
        statements=statements,
        stops=stop_signs(
            case,
            on,
            status=status,
            statements=statements,
            flags=frozenset(one["kind"] for one in rows["flags"]),
        ),
        flags=[(restored(CaseFlag, one), one["by"]) for one in rows["flags"]],
        identifiers=[identifier_words(row) for row in _identifiers(rows["identifiers"])],
        aliases=[_alias(one, by_id) for one in rows["aliases"]],
        encounters=[
            _held(held, encounter_view(row, one["label_rows"], one["outcome_rows"], edition, on))
            for row, one in zip(encounters, rows["encounters"], strict=True)
        ],
        facts=[held.fact(one, hide=False) for one in facts_from(standing, by_id, on)],
        withdrawn=withdrawn_views(facts_from([one for one in rows["facts"] if one["withdrawn"]], by_id, on)),
        evidence=evidence,
        files=files,
        requests=in_order(requests),
        history=histories(
            [case.id, *(uuid.UUID(one) for one in rows["merged_from"])],
            rows["versions"],
            current_rows,
            edition,
        ),
        has_words=held.any_open(),
        merges=[
            MergeLine(
                id=uuid.UUID(one["id"]),
                on=one["on"][:10],
                by=one["by"],
                reason=one["reason"],
                absorbed_case=_id(one["absorbed_case"]),
                survivor_case=_id(one["survivor_case"]),
            )
            for one in rows["merges"]
        ],
    )


def _held(held: Held, view: EncounterView) -> EncounterView:
    return replace(view, fact=held.fact(view.fact, hide=False))


def _identifiers(rows: Sequence[Mapping[str, Any]]) -> list[PersonIdentifier]:
    found = [restored(PersonIdentifier, one) for one in rows]
    return sorted(found, key=lambda row: (row.kind, row.id))


def _alias(row: Mapping[str, Any], evidence: Mapping[str, EvidenceView]) -> tuple[str, str]:
    """The name, and its evidence where that is of this case; what another case holds is not told here."""
    name = ", ".join(part for part in (row["family"], row["given"]) if part)
    piece = evidence.get(str(row["evidence"]))
    return name, piece.title if piece else ""


def _id(value: str | None) -> uuid.UUID | None:
    return uuid.UUID(value) if value else None
