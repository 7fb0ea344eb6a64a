"""Erasing a value by order: the one way in which something leaves the log, and it leaves a trace.

The entry's bytes and every proof stay; salt and value of one commitment go. Who ordered it, and under what authority,
is an entry of its own, in the same transaction and in the chain of the same case.
"""

from __future__ import annotations

import uuid
from enum import StrEnum

from django.db import connection, transaction

from ledger.actors import Actor
from ledger.commitments import Committed
from ledger.errors import LedgerError
from ledger.models import Disclosure, Entry
from ledger.own_events import DisclosureErased
from ledger.services import NewEntry, append


class NothingToErase(LedgerError):
    """The entry has no such value, or it was erased before."""


class Authority(StrEnum):
    """On whose word a value may go."""

    COURT = "court"
    STATUTE = "statute"
    PRIVACY_OFFICER = "privacy_officer"


@transaction.atomic
def erase_disclosure(*, actor: Actor, entry: Entry, pointer: str, authority: Authority, order: str) -> Entry:
    """Erase what opens the commitment at `pointer` (RFC 6901) of `entry`; returns the entry that tells of it.

    `order` is the order's own reference and is kept beside the bytes like any text about a person. Raises
    `NothingToErase`. Who may do this is the caller's rule.
    """
    if not Disclosure.objects.filter(entry_id=entry.id, pointer=pointer).exists():
        raise NothingToErase(f"The entry {entry.id} discloses nothing at {pointer}.")
    about = {
        "entry": entry.id,
        "case": entry.case_id,
        "assessment": entry.assessment_id,
        "decision": entry.decision_id,
    }
    subject: dict[str, uuid.UUID] = {name: id for name, id in about.items() if id is not None}
    payload = DisclosureErased(pointer=pointer, authority=authority.value, order=Committed(order))
    told = append(NewEntry(payload=payload, actor=actor, subject=subject))[0]
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_gate.erase_disclosure(%s, %s)", [str(entry.id), pointer])
        row = cursor.fetchone()
    if not (row and row[0]):
        # Another erased it in between; then this order has nothing to tell.
        raise NothingToErase(f"The entry {entry.id} discloses nothing at {pointer} any more.")
    return told
