"""The record, one concern a file."""

from cases.models.case import Case, CaseState
from cases.models.encounter import Encounter, LaterOutcome, SourceLabel
from cases.models.evidence import Evidence
from cases.models.fact import Fact, RecordVersion, Support
from cases.models.import_run import ImportRun
from cases.models.person import IdentifierKind, Person, PersonIdentifier
from cases.models.record_request import RecordRequest, RequestState
from cases.models.status import AlienageBasis, StatusRecord

__all__ = [
    "AlienageBasis",
    "Case",
    "CaseState",
    "Encounter",
    "Evidence",
    "Fact",
    "IdentifierKind",
    "ImportRun",
    "LaterOutcome",
    "Person",
    "PersonIdentifier",
    "RecordRequest",
    "RecordVersion",
    "RequestState",
    "SourceLabel",
    "StatusRecord",
    "Support",
]
