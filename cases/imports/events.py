"""Events of imports and exports: what a run brought for each case, how it ended, and which file was written.

What a row says of a person is committed and lies beside the entry, so that it can go without breaking a
proof. Protected attributes are named by kind only.
"""

from __future__ import annotations

from pydantic import NonNegativeInt

from ledger.events import Committed, EventKind, Payload, event


@event("cases.import.applied", kind=EventKind.CHANGE, words="Recorded what an import brought for the case")
class ImportApplied(Payload):
    """One case that a batch created or changed; the subject `run` is the run.

    `rows` has one line of words for each encounter added or changed, its id and version first, and for each
    identifier added. An import of the whole record gives the lines themselves; one of persons alone may have
    no case.
    """

    layout: str
    case_created: bool
    encounters_added: NonNegativeInt
    encounters_changed: NonNegativeInt
    record_requests_opened: NonNegativeInt
    protected_kinds: tuple[str, ...]
    rows: Committed[tuple[str, ...]]


class RunEnded(Payload):
    """What both ends of a run say. Counts are rows; `file_digest` is SHA-256 in hex."""

    layout: str
    file_name: Committed[str]
    file_digest: str
    read: NonNegativeInt
    imported: NonNegativeInt
    unchanged: NonNegativeInt
    rejected: NonNegativeInt


@event("cases.import.finished", kind=EventKind.CHANGE, words="Finished an import")
class ImportFinished(RunEnded):
    """The whole file was read."""


@event("cases.import.interrupted", kind=EventKind.CHANGE, words="Closed an interrupted import")
class ImportInterrupted(RunEnded):
    """A run stopped before its end; the counts are those of the batches that had been committed."""


@event("cases.import.named", kind=EventKind.CHANGE, words="Added offices and accounts that an import names")
class ImportNamed(Payload):
    """Offices by key, accounts by user name. The accounts cannot sign in."""

    offices: tuple[str, ...]
    accounts: tuple[str, ...]


@event("cases.record.exported", kind=EventKind.ACCESS, words="Exported cases to a file")
class RecordExported(Payload):
    """A file of cases: `office` is empty for all, `file_digest` is SHA-256 in hex."""

    office: str
    purpose: Committed[str]
    persons: NonNegativeInt
    cases: NonNegativeInt
    lines: NonNegativeInt
    file_digest: str
