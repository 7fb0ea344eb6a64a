"""Verbs of cases. Each is one transaction that appends its entry; what is refused raises
`cases.errors.CaseError`."""

from __future__ import annotations

from cases.services.access import note_case_list, note_case_opened, note_person_search
from cases.services.evidence import change_evidence, record_evidence
from cases.services.facts import change_fact, record_fact, withdraw_fact
from cases.services.people import (
    add_identifier,
    change_person,
    create_person_and_case,
    record_encounter,
    take_case,
)
from cases.services.requests import change_record_request, open_record_request
from cases.services.status import save_status
from cases.status_answers import StatusAnswers

__all__ = [
    "StatusAnswers",
    "add_identifier",
    "change_evidence",
    "change_fact",
    "change_person",
    "change_record_request",
    "create_person_and_case",
    "note_case_list",
    "note_case_opened",
    "note_person_search",
    "open_record_request",
    "record_encounter",
    "record_evidence",
    "record_fact",
    "save_status",
    "take_case",
    "withdraw_fact",
]
