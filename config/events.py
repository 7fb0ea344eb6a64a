"""Events of the shell: the first page of an officer or supervisor names people, so it is a list like any other."""

from __future__ import annotations

from ledger.events import EventKind, Payload, event


@event("config.work.shown", kind=EventKind.ACCESS, words="Looked at the own work")
class WorkShown(Payload):
    """The own work was shown: ids of the decisions and of the cases whose records are awaited."""

    decisions: list[str]
    cases: list[str]
