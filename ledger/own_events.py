"""The log's own events: reading it is an event too."""

from __future__ import annotations

from pydantic import NonNegativeInt

from ledger.commitments import Committed
from ledger.events import EventKind, Payload, event


@event("ledger.log.listed", kind=EventKind.ACCESS, words="Listed entries of the log")
class LogListed(Payload):
    """One page of the log was shown: under which filter, and which entries."""

    filter: dict[str, str]
    shown: list[str]


@event("ledger.entry.opened", kind=EventKind.ACCESS, words="Opened an entry of the log")
class EntryOpened(Payload):
    """One entry was shown with what it discloses; its id is the subject `entry`."""

    disclosures: NonNegativeInt


@event("ledger.log.downloaded", kind=EventKind.ACCESS, words="Downloaded entries of the log as a table")
class LogDownloaded(Payload):
    """The filtered log was asked for as a file; `upto` is the newest entry that the file may hold."""

    filter: dict[str, str]
    upto: str


@event("ledger.disclosure.erased", kind=EventKind.CHANGE, words="Erased a disclosed value by order")
class DisclosureErased(Payload):
    """A value is gone by order: that at `pointer` of the subject `entry`. The database asks for this entry by its code
    and these two.
    """

    pointer: str
    authority: str
    order: Committed[str]
