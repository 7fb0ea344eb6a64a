"""Every read of cases that a page or a room above needs. What a user may not know of is not there."""

from __future__ import annotations

from cases.selectors.bundle import CaseRecord, case_record, facts_now
from cases.selectors.case_list import CaseFilters, case_list
from cases.selectors.case_page import WholeCase, whole_case
from cases.selectors.evidence import evidence_of
from cases.selectors.history import current_version_of, fact_at, restored
from cases.selectors.history import restored as row_from
from cases.selectors.people import find_people, identifiers_of, possible_duplicates
from cases.selectors.protection import aliases_of, flags_of
from cases.selectors.record import encounters_of, facts_of
from cases.selectors.sealed import notes_to_rule_on, sealed_notes, texts_with_filings
from cases.selectors.similar import can_search_similar
from cases.selectors.status import age_in_words, age_of, gap_map, requests_of, status_of, stop_signs
from cases.selectors.views import (
    CasePage,
    CaseRow,
    EncounterView,
    EvidenceView,
    FactView,
    GapRow,
    PersonMatch,
    RequestView,
    StopSign,
)
from cases.selectors.visibility import case_for, may_change, may_take, visible_cases
from cases.selectors.words import OpenContest, WordLine, open_contests, refused_contests, words_of_case

__all__ = [
    "CaseFilters",
    "CasePage",
    "CaseRecord",
    "CaseRow",
    "EncounterView",
    "EvidenceView",
    "FactView",
    "GapRow",
    "OpenContest",
    "PersonMatch",
    "RequestView",
    "StopSign",
    "WholeCase",
    "WordLine",
    "age_in_words",
    "age_of",
    "aliases_of",
    "can_search_similar",
    "case_for",
    "case_list",
    "case_record",
    "current_version_of",
    "encounters_of",
    "evidence_of",
    "fact_at",
    "facts_now",
    "facts_of",
    "find_people",
    "flags_of",
    "gap_map",
    "identifiers_of",
    "may_change",
    "may_take",
    "notes_to_rule_on",
    "open_contests",
    "possible_duplicates",
    "refused_contests",
    "requests_of",
    "restored",
    "row_from",
    "sealed_notes",
    "status_of",
    "stop_signs",
    "texts_with_filings",
    "visible_cases",
    "whole_case",
    "words_of_case",
]
