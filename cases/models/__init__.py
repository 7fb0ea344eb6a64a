"""The record, one concern a file."""

from cases.models.action import ActionKind, ImportedAction
from cases.models.alias import PersonAlias
from cases.models.attachment import Attachment
from cases.models.case import Case, CaseState, Origin
from cases.models.encounter import Encounter, LaterOutcome, SourceLabel
from cases.models.evidence import Evidence, Picture
from cases.models.fact import Fact, RecordVersion, Support
from cases.models.flag import RESTRICTING, CaseFlag, FlagKind
from cases.models.import_run import ImportRun
from cases.models.merge import PersonMerge
from cases.models.person import IdentifierKind, Person, PersonIdentifier
from cases.models.record_request import RecordRequest, RequestState
from cases.models.screened import ContestCategory, ContestState, ScreenedText, TextContest
from cases.models.sealed import NoteGround, NoteState, ReadingPurpose, SealedNote, SealedReading
from cases.models.status import AlienageBasis, StatusRecord

__all__ = [
    "RESTRICTING",
    "ActionKind",
    "AlienageBasis",
    "Attachment",
    "Case",
    "CaseFlag",
    "CaseState",
    "ContestCategory",
    "ContestState",
    "Encounter",
    "Evidence",
    "Fact",
    "FlagKind",
    "IdentifierKind",
    "ImportRun",
    "ImportedAction",
    "LaterOutcome",
    "NoteGround",
    "NoteState",
    "Origin",
    "Person",
    "PersonAlias",
    "PersonIdentifier",
    "PersonMerge",
    "Picture",
    "ReadingPurpose",
    "RecordRequest",
    "RecordVersion",
    "RequestState",
    "ScreenedText",
    "SealedNote",
    "SealedReading",
    "SourceLabel",
    "StatusRecord",
    "Support",
    "TextContest",
]
