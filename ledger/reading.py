"""Reading the log is an event too: each of these is called before the page is sent, and if it fails there is
no page.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import transaction

from ledger import ids
from ledger.actors import Actor
from ledger.filters import LogFilter
from ledger.models import Entry
from ledger.own_events import EntryOpened, LogDownloaded, LogListed
from ledger.selectors import CheckedEntry
from ledger.services import NewEntry, append


@transaction.atomic
def record_listing(*, actor: Actor, filter: LogFilter, shown: Sequence[Entry]) -> Entry:
    """One page of the log is about to be shown."""
    payload = LogListed(filter=filter.as_query(), shown=[str(entry.id) for entry in shown])
    return append(NewEntry(payload=payload, actor=actor))[0]


@transaction.atomic
def record_opening(*, actor: Actor, opened: CheckedEntry) -> Entry:
    """One entry is about to be shown. What it is about is the subject here too, so that a case's readers are
    found.
    """
    about = {
        "entry": opened.entry.id,
        "case": opened.entry.case_id,
        "assessment": opened.entry.assessment_id,
        "decision": opened.entry.decision_id,
    }
    subject = {key: value for key, value in about.items() if value is not None}
    payload = EntryOpened(disclosures=len(opened.openings))
    return append(NewEntry(payload=payload, actor=actor, subject=subject))[0]


@transaction.atomic
def record_download(*, actor: Actor, filter: LogFilter) -> uuid.UUID:
    """The filtered log is about to be sent as a file; returns the id up to which it may hold entries."""
    upto = ids.new_id()
    append(NewEntry(payload=LogDownloaded(filter=filter.as_query(), upto=str(upto)), actor=actor))
    return upto
