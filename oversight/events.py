"""Events of oversight: a report was looked at, or taken away as a file."""

from __future__ import annotations

from ledger.events import EventKind, Payload, event


@event("oversight.report.shown", kind=EventKind.ACCESS, words="Looked at a report of oversight")
class ReportShown(Payload):
    """Which report, under which filter, and the cases that its page names."""

    report: str
    filter: dict[str, str]
    cases: list[str]


@event(
    "oversight.report.downloaded", kind=EventKind.ACCESS, words="Downloaded a report of oversight as a table"
)
class ReportDownloaded(Payload):
    """Which report was asked for as a file, and under which filter."""

    report: str
    filter: dict[str, str]
