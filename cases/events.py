"""Events of cases. Their words are neutral: no code or label says what a record holds.

Names, numbers, dates of birth, captions, free text and whatever tells of a protected filing (even the kind
of a fact) are committed values, so that the proof outlives an erasure.
"""

from __future__ import annotations

from typing import Any, Literal

from ledger.events import Committed, EventKind, Payload, event

Part = Literal["fact", "evidence", "record_request", "encounter"]
"""Flags are written as facts: a name of their own would tell of a protected filing."""


@event("cases.person.recorded", kind=EventKind.CHANGE, words="Recorded a person and opened the case")
class PersonRecorded(Payload):
    """A new person with the first case. `shown_duplicates` are the persons that were shown before."""

    office: str
    family_name: Committed[str]
    given_name: Committed[str]
    birth: Committed[str]
    identifiers: Committed[list[str]]
    shown_duplicates: list[str]


@event("cases.person.changed", kind=EventKind.CHANGE, words="Changed what is known of the person")
class PersonChanged(Payload):
    """Name or birth as they stand since."""

    version: int
    family_name: Committed[str]
    given_name: Committed[str]
    birth: Committed[str]


@event("cases.identifier.recorded", kind=EventKind.CHANGE, words="Recorded an identifier")
class IdentifierRecorded(Payload):
    """One more identifier of the person of a case."""

    identifier_kind: str
    value: Committed[str]


@event("cases.record.changed", kind=EventKind.CHANGE, words="Changed the case record")
class RecordChanged(Payload):
    """One row of the record was written. `content` is the row as it stands since."""

    part: Part
    action: Literal["recorded", "changed", "withdrawn"]
    version: int
    content: Committed[dict[str, Any]]


@event("cases.status.saved", kind=EventKind.CHANGE, words="Saved status and removability")
class StatusSaved(Payload):
    """The status page as it stands since. Of protected facts only the kinds that were handed on, never a
    value."""

    version: int
    complete: bool
    content: Committed[dict[str, Any]]
    protected_kinds: Committed[list[str]]


@event("cases.case.taken", kind=EventKind.CHANGE, words="Took the case into the office")
class CaseTaken(Payload):
    """A case that had no office got one."""

    before: str
    after: str


@event("cases.case.opened", kind=EventKind.ACCESS, words="Opened a page of the case")
class CaseOpened(Payload):
    """Somebody looked at a page that shows facts of a person."""

    page: str


@event("cases.person.searched", kind=EventKind.ACCESS, words="Searched for a person")
class PersonSearched(Payload):
    """A search with its reason, and the cases that it showed. `similar`: names that are alike were asked for."""

    query: Committed[str]
    shown: list[str]
    reason: str = ""
    similar: bool = False


@event("cases.list.shown", kind=EventKind.ACCESS, words="Looked at the list of cases")
class CaseListShown(Payload):
    """A page of the list: its filter and the cases on it."""

    office: str
    state: str
    before: str
    shown: list[str]


@event("cases.case.closed", kind=EventKind.CHANGE, words="Closed the case")
class CaseClosed(Payload):
    """Why it was closed tells about the person, so it is committed."""

    reason: Committed[str]


@event("cases.alias.recorded", kind=EventKind.CHANGE, words="Recorded another name of the person")
class AliasRecorded(Payload):
    """One more name of the person of a case."""

    family_name: Committed[str]
    given_name: Committed[str]
    evidence: Committed[str]


@event("cases.alias.withdrawn", kind=EventKind.CHANGE, words="Withdrew another name of the person")
class AliasWithdrawn(Payload):
    """Another name was recorded by mistake; the subject's record names which."""


@event("cases.attachment.recorded", kind=EventKind.CHANGE, words="Attached a file to evidence")
class AttachmentRecorded(Payload):
    """The digest is of the file's bytes, so that a file can be held against the log; its name is committed."""

    sha256: str
    size: int
    media_type: str
    file_name: Committed[str]
    caption: Committed[str]


@event("cases.attachment.opened", kind=EventKind.ACCESS, words="Took a file of the case")
class AttachmentOpened(Payload):
    """A file of evidence was sent to somebody."""

    sha256: str


@event("cases.person.merged", kind=EventKind.CHANGE, words="Merged two records of one person")
class PersonMerged(Payload):
    """Written in each of the two cases. `merge` names the row that can be undone; `role` of this case in it."""

    merge: str
    role: Literal["survivor", "absorbed"]
    other_case: str
    reason: Committed[str]
    moved: Committed[dict[str, Any]]


@event("cases.person.separated", kind=EventKind.CHANGE, words="Undid a merge of two records")
class PersonSeparated(Payload):
    """Written in each of the two cases again."""

    merge: str
    role: Literal["survivor", "absorbed"]
    other_case: str
    reason: Committed[str]


@event("cases.words.contested", kind=EventKind.CHANGE, words="Contested protected words of a text")
class WordsContested(Payload):
    """Which rule found them, where, and on which ground they should stand; a keyed hash instead of the words."""

    contest: str
    row_kind: str
    field: str
    attribute: str
    rule: str
    words_hash: str
    category: str
    statute: Committed[str]
    evidence: Committed[str]


@event("cases.descriptors.taken_out", kind=EventKind.CHANGE, words="Took descriptors out of a text")
class DescriptorsTakenOut(Payload):
    """How many were taken out, and which kinds went to the protected attributes; never a value or a word."""

    count: int
    protected_kinds: Committed[list[str]]


@event("cases.sealed_note.recorded", kind=EventKind.CHANGE, words="Kept a sealed note")
class SealedNoteRecorded(Payload):
    """No word of the note: a keyed hash tells it from others. Its ground may be protected, so it is committed."""

    note: str
    ground: Committed[str]
    content_hash: str


@event("cases.sealed_note.read", kind=EventKind.ACCESS, words="Opened a sealed note")
class SealedNoteRead(Payload):
    """The door of the note opens only within the transaction of this entry."""

    note: str
    purpose: str


@event("cases.sealed_note.ruled", kind=EventKind.CHANGE, words="Ruled on a sealed note")
class SealedNoteRuled(Payload):
    """A supervisor's ruling within a review."""

    note: str
    confirmed: bool
