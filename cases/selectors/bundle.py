"""The whole record that an assessment looks at, in one query.

A page of the assessment shows facts, evidence, status and signs together; asking for each apart costs a dozen round
trips. PostgreSQL puts the rows into one document, and they become the same views as everywhere else.
"""

from __future__ import annotations

import datetime
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from cases.facts import KINDS
from cases.models import AlienageBasis, Case, Encounter, Evidence, Fact, StatusRecord
from cases.protected import gate
from cases.screening.held import Held
from cases.screening.store import Contests, Screened, by_row, contests_by_row
from cases.selectors.evidence import evidence_view
from cases.selectors.history import restored
from cases.selectors.record import encounter_fact, fact_view
from cases.selectors.status import stop_signs
from cases.selectors.views import EvidenceView, FactView, RequestView, StopSign
from policy.services import current

# Members of the document, each for the case `cases_case`, so that a page asks for what it shows and no more.
MEMBERS = {
    "encounters": """(
        SELECT jsonb_agg(to_jsonb(e) ORDER BY e.on_earliest, e.id) FROM cases_encounter e
        WHERE e.case_id = cases_case.id
    )""",
    "evidence": """(
        SELECT jsonb_agg(to_jsonb(v) ORDER BY v.id) FROM cases_evidence v WHERE v.case_id = cases_case.id
    )""",
    "facts": """(
        SELECT jsonb_agg(to_jsonb(f) || jsonb_build_object('support', (
            SELECT coalesce(jsonb_agg(s.evidence_id ORDER BY s.evidence_id), '[]')
            FROM cases_support s WHERE s.fact_id = f.id
        )) ORDER BY f.on_earliest, f.id)
        FROM cases_fact f WHERE f.case_id = cases_case.id AND NOT f.withdrawn
    )""",
    "status": "(SELECT to_jsonb(t) FROM cases_statusrecord t WHERE t.case_id = cases_case.id)",
    "bases": """(
        SELECT jsonb_agg(to_jsonb(b)) FROM cases_alienagebasis b
        JOIN cases_statusrecord t ON t.id = b.status_id WHERE t.case_id = cases_case.id
    )""",
    "coded": """(
        SELECT jsonb_agg(jsonb_build_array(g.code, g.sources) ORDER BY g.code) FROM (
            SELECT coded.code, sum(coded.sources)::integer AS sources
            FROM public.cases_persons_of(cases_case.person_id) AS person, gate.coded_statements(person) AS coded
            GROUP BY coded.code
            UNION SELECT n.ground || ':' || n.state, 1 FROM public.cases_held_by(cases_case.id) AS held
                JOIN cases_sealednote n ON n.case_id = held
        ) g
    )""",
    "labels": """(
        SELECT jsonb_agg(DISTINCT l.text) FROM cases_sourcelabel l
        JOIN cases_encounter e ON e.id = l.encounter_id WHERE e.case_id = cases_case.id
    )""",
    "requests": """(
        SELECT jsonb_agg(jsonb_build_object(
            'record_kind', r.record_kind, 'state', r.state, 'asked_of', r.asked_of, 'requested_on', r.requested_on,
            'answered_on', r.answered_on, 'reviewed_on', r.reviewed_on, 'reviewed_by', reader.full_name,
            'unavailable_reason', r.unavailable_reason, 'recorded_by', writer.full_name, 'encounter', e.on_words
        ) ORDER BY r.id) FROM cases_recordrequest r
        LEFT JOIN cases_encounter e ON e.id = r.encounter_id
        LEFT JOIN accounts_user reader ON reader.id = r.reviewed_by_id
        LEFT JOIN accounts_user writer ON writer.id = r.recorded_by_id
        WHERE r.case_id = cases_case.id
    )""",
    "identifiers": """(
        SELECT jsonb_agg(to_jsonb(i) ORDER BY i.id) FROM cases_personidentifier i
        WHERE i.person_id = cases_case.person_id
    )""",
    "screened": """(
        SELECT jsonb_agg(jsonb_build_object(
            'row_id', s.row_id, 'field', s.field, 'text_digest', s.text_digest, 'lexicon', s.lexicon,
            'findings', s.findings, 'words_until', s.words_until
        ))
        FROM cases_screenedtext s WHERE s.case_id = cases_case.id
    )""",
    "contests": """(
        SELECT jsonb_agg(jsonb_build_object(
            'id', c.id, 'row_id', c.row_id, 'field', c.field, 'key', c.key, 'state', c.state,
            'category', c.category, 'statute', c.statute
        ))
        FROM cases_textcontest c WHERE c.case_id = cases_case.id
    )""",
    "flags": """(
        SELECT jsonb_agg(g.kind ORDER BY g.kind) FROM cases_caseflag g
        WHERE g.case_id = cases_case.id AND g.cleared_at IS NULL
    )""",
}


# What the facts of a case, and whether they may be shown, hang on.
OF_FACTS = ("encounters", "evidence", "facts", "screened", "contests")


def document(members: Mapping[str, str]) -> str:
    """SQL of one JSON document with these members."""
    pairs = ", ".join(f"'{name}', {sql}" for name, sql in members.items())
    return f"jsonb_build_object({pairs})"


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseRecord:
    """`signs` are those of `on`; `relations` are the source relations of encounters; `requests` are in their order."""

    facts: list[FactView]
    evidence: list[EvidenceView]
    status: StatusRecord | None
    statements: list[str]
    signs: list[StopSign]
    relations: frozenset[str]
    # Whether the last encounter was in custody.
    in_custody: bool
    labels: list[str]
    requests: list[RequestView]
    identifiers: list[dict[str, Any]]
    screened: Screened
    contests: Contests


def case_record(case: Case, on: datetime.date) -> CaseRecord:
    """Everything of the case's record that an assessment needs, judged on a day. One query; `case.person` is read."""
    found = _read(case, MEMBERS)
    rows = {name: value or [] for name, value in found.items() if name != "status"}
    encounters = [restored(Encounter, one) for one in rows["encounters"]]
    status = restored(StatusRecord, found["status"]) if found["status"] else None
    bases = [restored(AlienageBasis, one) for one in rows["bases"]]
    statements = gate.statements_of(status, [(one.basis, one.evidence_id) for one in bases], rows["coded"])
    screened, contests = by_row(rows["screened"]), contests_by_row(rows["contests"])
    facts, evidence = _held(rows, encounters, Held(screened, contests), on)
    return CaseRecord(
        facts=facts,
        evidence=evidence,
        status=status,
        statements=statements,
        signs=stop_signs(case, on, status=status, statements=statements, flags=frozenset(rows["flags"])),
        relations=frozenset(one.source_relation for one in encounters),
        in_custody=bool(encounters) and encounters[-1].custody == "custodial",
        labels=rows["labels"],
        requests=[_request(one) for one in rows["requests"]],
        identifiers=rows["identifiers"],
        screened=screened,
        contests=contests,
    )


def facts_now(case: Case, on: datetime.date) -> list[FactView]:
    """The facts of `case_record` alone. One query, which asks for nothing else."""
    found = _read(case, {name: MEMBERS[name] for name in OF_FACTS})
    rows = {name: value or [] for name, value in found.items()}
    held = Held(by_row(rows["screened"]), contests_by_row(rows["contests"]))
    return _held(rows, [restored(Encounter, one) for one in rows["encounters"]], held, on)[0]


def _read(case: Case, members: Mapping[str, str]) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {document(members)} FROM cases_case WHERE id = %s", [case.pk])
        row = cursor.fetchone()
    found: dict[str, Any] = row[0] if isinstance(row[0], dict) else json.loads(row[0])
    return found


def _held(
    rows: Mapping[str, Any], encounters: Sequence[Encounter], held: Held, on: datetime.date
) -> tuple[list[FactView], list[EvidenceView]]:
    """Facts, encounters first, and evidence; what has unresolved words is held back."""
    edition, _ = current()
    evidence = [held.evidence(evidence_view(restored(Evidence, one), edition)) for one in rows["evidence"]]
    by_id = {str(piece.id): piece for piece in evidence}
    facts = [encounter_fact(one, edition, on) for one in encounters] + facts_from(rows["facts"], by_id, on)
    return [held.fact(one) for one in facts], evidence


def _request(row: Mapping[str, Any]) -> RequestView:
    def day(name: str) -> datetime.date | None:
        return datetime.date.fromisoformat(row[name]) if row[name] else None

    return RequestView(
        record_kind=row["record_kind"],
        state=row["state"],
        asked_of=row["asked_of"],
        requested_on=day("requested_on"),
        answered_on=day("answered_on"),
        reviewed_on=day("reviewed_on"),
        reviewed_by=row["reviewed_by"] or "",
        unavailable_reason=row["unavailable_reason"],
        recorded_by=row["recorded_by"] or "",
        encounter=row["encounter"] or "",
    )


def facts_from(
    rows: list[dict[str, Any]], evidence: Mapping[str, EvidenceView], on: datetime.date
) -> list[FactView]:
    """Facts in the order of their kinds, from rows with their `support`; `evidence` by its id as text."""
    order = {key: place for place, key in enumerate(KINDS)}
    views = []
    for one in rows:
        fact = restored(Fact, one)
        support = tuple(evidence[key] for key in one["support"] if key in evidence)
        views.append(
            fact_view(uuid.UUID(str(fact.id)), fact.kind, fact.version, fact.details, fact.on, support, on)
        )
    return sorted(views, key=lambda view: order.get(view.kind, len(order)))
