"""Events of exports. The purpose is free text and committed; a filter holds codes, days and ids only."""

from __future__ import annotations

from pydantic import NonNegativeInt

from ledger.events import Committed, EventKind, Payload, event


@event("ledger.export.requested", kind=EventKind.ACCESS, words="Asked for an export of the log")
class ExportRequested(Payload):
    """What was asked for, before anything is read; the export's id is the subject `export`."""

    filter: dict[str, str]
    values: str
    formats: list[str]
    purpose: Committed[str]


@event("ledger.export.finished", kind=EventKind.ACCESS, words="An export of the log was finished")
class ExportFinished(Payload):
    """What the file holds, so that it can be told from a changed one later."""

    rows: NonNegativeInt
    first: NonNegativeInt
    end: NonNegativeInt
    tree_size: NonNegativeInt
    bytes: NonNegativeInt
    sha256: str


@event("ledger.export.downloaded", kind=EventKind.ACCESS, words="Downloaded an export of the log")
class ExportDownloaded(Payload):
    """`begin` is not 0 where a download that broke off goes on."""

    begin: NonNegativeInt
    sha256: str


@event("ledger.export.cancelled", kind=EventKind.ACCESS, words="Cancelled an export of the log")
class ExportCancelled(Payload):
    """Nothing of it is kept."""


@event("ledger.export.failed", kind=EventKind.ACCESS, words="An export of the log failed")
class ExportFailed(Payload):
    """Nothing of it is kept; `attempts` is how often it was tried."""

    attempts: NonNegativeInt


@event("ledger.export.expired", kind=EventKind.ACCESS, words="The file of an export was removed")
class ExportExpired(Payload):
    """Its time was over."""


@event("ledger.export.listed", kind=EventKind.ACCESS, words="Looked at the exports of the log")
class ExportsListed(Payload):
    """Which exports were shown."""

    shown: list[str]


@event("ledger.export.opened", kind=EventKind.ACCESS, words="Looked at an export of the log")
class ExportOpened(Payload):
    """One export was shown; its id is the subject `export`."""


@event("ledger.filter.saved", kind=EventKind.CHANGE, words="Kept a filter of the log")
class FilterSaved(Payload):
    name: Committed[str]
    filter: dict[str, str]


@event("ledger.filter.removed", kind=EventKind.CHANGE, words="Removed a kept filter of the log")
class FilterRemoved(Payload):
    filter: dict[str, str]


@event("ledger.months.frozen", kind=EventKind.ACCESS, words="Froze closed months of the log")
class MonthsFrozen(Payload):
    """The data files of a filter over closed months, by name and SHA-256; exports of the same copy them from now on."""

    filter: dict[str, str]
    values: str
    formats: list[str]
    revision: NonNegativeInt
    reason: str
    first: NonNegativeInt
    end: NonNegativeInt
    rows: NonNegativeInt
    files: dict[str, str]
