"""Verbs of cases. Each is one transaction that appends its entry; what is refused raises
`cases.errors.CaseError`."""

from __future__ import annotations

from cases.services.access import note_case_list, note_case_opened, note_person_search
from cases.services.aliases import record_alias, withdraw_alias
from cases.services.attachments import Upload, attach_files, take_file
from cases.services.contests import raise_contest, rule_on
from cases.services.descriptors import take_descriptors_out
from cases.services.evidence import change_evidence, record_evidence
from cases.services.facts import change_fact, record_fact, withdraw_fact
from cases.services.flags import ask_to_clear, confirm_clearing, keep_flag, set_flag
from cases.services.merges import merge_persons, undo_merge
from cases.services.people import (
    add_identifier,
    change_person,
    create_person_and_case,
    record_encounter,
    take_case,
)
from cases.services.requests import change_record_request, open_record_request
from cases.services.sealed import move_filing, move_words, open_note, rule_on_notes, seal_note
from cases.services.status import save_status
from cases.status_answers import StatusAnswers

__all__ = [
    "StatusAnswers",
    "Upload",
    "add_identifier",
    "ask_to_clear",
    "attach_files",
    "change_evidence",
    "change_fact",
    "change_person",
    "change_record_request",
    "confirm_clearing",
    "create_person_and_case",
    "keep_flag",
    "merge_persons",
    "move_filing",
    "move_words",
    "note_case_list",
    "note_case_opened",
    "note_person_search",
    "open_note",
    "open_record_request",
    "raise_contest",
    "record_alias",
    "record_encounter",
    "record_evidence",
    "record_fact",
    "rule_on",
    "rule_on_notes",
    "save_status",
    "seal_note",
    "set_flag",
    "take_case",
    "take_descriptors_out",
    "take_file",
    "undo_merge",
    "withdraw_alias",
    "withdraw_fact",
]
