"""Events of oversight: a report was looked at, or taken away as a file."""

from __future__ import annotations

from ledger.events import Committed, EventKind, Payload, event


@event("oversight.report.shown", kind=EventKind.ACCESS, words="Looked at a report of oversight")
class ReportShown(Payload):
    """Which report, under which filter, and the cases that its page names."""

    report: str
    filter: dict[str, str]
    cases: list[str]


@event("oversight.case.searched", kind=EventKind.ACCESS, words="Looked a case up by a number")
class CaseSearched(Payload):
    """The number is committed; the cases that it led to are not."""

    query: Committed[str]
    shown: list[str]


@event("oversight.timeline.opened", kind=EventKind.ACCESS, words="Opened the timeline of a case")
class TimelineOpened(Payload):
    """The case is the subject; which of its entries, and before which."""

    which: str
    before: str


@event(
    "oversight.report.downloaded", kind=EventKind.ACCESS, words="Downloaded a report of oversight as a table"
)
class ReportDownloaded(Payload):
    """Which report was asked for as a file, and under which filter."""

    report: str
    filter: dict[str, str]
