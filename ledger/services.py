"""Writing the log. `append` is the only writer; whoever changes something calls it in the same transaction.

If an entry cannot be written, `append` raises and the surrounding transaction is undone: no change without
its proof.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from typing import Any, Final

import psycopg2
from django.db import DatabaseError, IntegrityError, connection

from ledger import clock, context, ids
from ledger.document import EditionRef, NewEntry, Written, lay_out
from ledger.errors import CaseContended, NoTransaction
from ledger.models import Entry

__all__ = ["EditionRef", "NewEntry", "append"]

# Every lost round means that another writer of the same case committed, so this many rounds outlast a crowd
# of writers.
MOST_ROUNDS: Final = 50
SKEW_REFUSED: Final = "TL001"
SKEW_SECONDS: Final = 5


def append(*entries: NewEntry) -> list[Entry]:
    """Append the entries, in the order given, within the caller's transaction; returns them as stored.

    All go in by one INSERT statement. Those of several cases are written in order of case id, so that two
    callers never wait for each other in a circle. Raises `NoTransaction`, `UnknownEvent`, `PayloadRefused`,
    `CaseContended` or the database's error; after any of these the transaction must not be committed.
    """
    if not connection.in_atomic_block:
        raise NoTransaction(
            "ledger.append must be called inside transaction.atomic(), together with the change."
        )
    if not entries:
        return []
    try:
        return _append(entries)
    except BaseException:
        # Whoever catches this must not commit the change all the same.
        connection.set_rollback(True)
        raise


def _append(entries: Sequence[NewEntry]) -> list[Entry]:
    with connection.cursor() as cursor:
        for _ in range(MOST_ROUNDS):
            # Laid out anew each round: a writer that waited for another's commit would be late with its
            # old time.
            written = _lay_out(entries)
            started = time.monotonic()
            statement, parameters = _statement(written)
            try:
                cursor.execute(statement, parameters)
            except DatabaseError as error:
                if not _may_try_again(error, written, time.monotonic() - started):
                    raise
                cursor.execute("ROLLBACK TO SAVEPOINT ledger_append; RELEASE SAVEPOINT ledger_append")
            else:
                return [_stored(one) for one in written]
    raise CaseContended(f"Other writers took the case's next number {MOST_ROUNDS} times in a row. Try again.")


def _lay_out(entries: Sequence[NewEntry]) -> list[Written]:
    on, request = clock.policy_date(), context.request_id.get()
    return [lay_out(new, id=ids.new_id(), at=clock.now(), policy_date=on, request=request) for new in entries]


def _statement(written: Sequence[Written]) -> tuple[str, list[Any]]:
    """One round trip: the entries, then their disclosures; in a savepoint where a case's number may be lost
    to another.
    """
    ordered = sorted(written, key=lambda one: (one.case_id is not None, str(one.case_id)))
    parameters: list[Any] = []
    for one in ordered:
        parameters += (str(one.id), one.event.kind.value, one.bytes)
    statement = "INSERT INTO public.ledger_entry (id, kind, bytes) VALUES " + ", ".join(
        ["(%s, %s, %s)"] * len(ordered)
    )
    openings = [(one.id, opening) for one in written for opening in one.openings]
    if openings:
        for entry, opening in openings:
            parameters += (str(entry), opening.pointer, opening.salt, opening.value_bytes)
        statement += "; INSERT INTO public.ledger_disclosure (entry_id, pointer, salt, value_bytes) VALUES "
        statement += ", ".join(["(%s, %s, %s, %s)"] * len(openings))
    if any(one.links_case for one in written):
        statement = f"SAVEPOINT ledger_append; {statement}; RELEASE SAVEPOINT ledger_append"
    return statement, parameters


def _may_try_again(error: DatabaseError, written: Sequence[Written], waited: float) -> bool:
    """Only when another took the case's number, or when waiting for that made the entry's time too old."""
    cause = error.__cause__
    if not isinstance(cause, psycopg2.Error) or not any(one.links_case for one in written):
        return False
    if isinstance(error, IntegrityError):
        return cause.diag.constraint_name == "ledger_case_link_pkey"
    return cause.pgcode == SKEW_REFUSED and waited > SKEW_SECONDS / 2


def _stored(one: Written) -> Entry:
    """The row as the database's trigger filled it; `tx_id` is read from the database when it is asked for."""
    return Entry.from_db(
        "default",
        [field.attname for field in Entry._meta.concrete_fields if field.attname != "tx_id"],
        [
            one.id,
            one.at,
            one.policy_date,
            one.event.code,
            one.event.kind.value,
            one.new.actor.id,
            one.new.actor.name,
            one.new.actor.role,
            one.new.actor.office,
            one.case_id,
            one.new.subject.get("assessment"),
            one.new.subject.get("decision"),
            one.bytes,
            hashlib.sha256(b"\x00" + one.bytes).digest(),
        ],
    )
