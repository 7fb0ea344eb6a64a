"""Reading a report is an event: each of these is called before the answer is sent, and if it fails there is none."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import transaction

from ledger.actors import Actor
from ledger.models import Entry
from ledger.services import NewEntry, append
from oversight.events import ReportDownloaded, ReportShown
from oversight.filters import ReportFilter


@transaction.atomic
def note_shown(*, actor: Actor, report: str, filter: ReportFilter, cases: Iterable[uuid.UUID] = ()) -> Entry:
    """A page of a report is about to be shown."""
    named = [str(one) for one in dict.fromkeys(cases)]
    return append(
        NewEntry(payload=ReportShown(report=report, filter=filter.as_query(), cases=named), actor=actor)
    )[0]


@transaction.atomic
def note_downloaded(*, actor: Actor, report: str, filter: ReportFilter) -> Entry:
    """A report is about to be sent as a file."""
    return append(NewEntry(payload=ReportDownloaded(report=report, filter=filter.as_query()), actor=actor))[0]
