"""Writing the log. `append` is the only writer; whoever changes something calls it in the same transaction.

If an entry cannot be written, `append` raises and the surrounding transaction is undone: no change without
its proof.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import psycopg2
from django.db import DatabaseError, connection
from django.db.models.base import ModelState

from ledger import clock, context, ids
from ledger.document import EditionRef, NewEntry, Written, lay_out
from ledger.errors import CaseContended, NoTransaction
from ledger.models import Entry

__all__ = ["EditionRef", "NewEntry", "append"]

# Of several entries, a later one's time may have grown too old while an earlier one waited for its case's number.
MOST_ROUNDS: Final = 50
CONTENDED: Final = "TL002"
SKEW_REFUSED: Final = "TL001"
SKEW_SECONDS: Final = 5
TOO_MANY: Final = "Other writers of the same case went first again and again. Try once more."


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
                if _code(error) == CONTENDED:
                    raise CaseContended(TOO_MANY) from error
                if not _may_try_again(error, written, time.monotonic() - started):
                    raise
                cursor.execute("ROLLBACK TO SAVEPOINT ledger_append; RELEASE SAVEPOINT ledger_append")
            else:
                return [_stored(one) for one in written]
    raise CaseContended(TOO_MANY)


def _lay_out(entries: Sequence[NewEntry]) -> list[Written]:
    on, request = clock.policy_date(), context.request_id.get()
    return [lay_out(new, id=ids.new_id(), at=clock.now(), policy_date=on, request=request) for new in entries]


def _statement(written: Sequence[Written]) -> tuple[str, list[Any]]:
    """One round trip: the entries, then their disclosures; in a savepoint where one may have to be written again.

    Bytes go as the text that they are: as a literal of bytes each would be two hex digits for the database to read.
    """
    ordered = written
    if len(written) > 1:
        ordered = sorted(written, key=lambda one: (one.case_id is not None, str(one.case_id)))
    parameters: list[Any] = []
    for one in ordered:
        parameters += (str(one.id), one.event.kind.value, one.bytes.decode())
    statement = "INSERT INTO public.ledger_entry (id, kind, bytes) VALUES " + ", ".join(
        ["(%s, %s, convert_to(%s, 'UTF8'))"] * len(ordered)
    )
    openings = [(one.id, opening) for one in written for opening in one.openings]
    if openings:
        for entry, opening in openings:
            parameters += (str(entry), opening.pointer, opening.salt, opening.value_bytes.decode())
        statement += "; INSERT INTO public.ledger_disclosure (entry_id, pointer, salt, value_bytes) VALUES "
        statement += ", ".join(["(%s, %s, %s, convert_to(%s, 'UTF8'))"] * len(openings))
    if _may_grow_old(written):
        statement = f"SAVEPOINT ledger_append; {statement}; RELEASE SAVEPOINT ledger_append"
    return statement, parameters


def _may_try_again(error: DatabaseError, written: Sequence[Written], waited: float) -> bool:
    """Only when waiting for another writer of a case made the time of an entry after it too old."""
    return _may_grow_old(written) and _code(error) == SKEW_REFUSED and waited > SKEW_SECONDS / 2


def _may_grow_old(written: Sequence[Written]) -> bool:
    """Whether an entry may wait for a case's number while another one, already laid out, waits behind it."""
    return len(written) > 1 and any(one.links_case for one in written)


def _code(error: DatabaseError) -> str | None:
    cause = error.__cause__
    return cause.pgcode if isinstance(cause, psycopg2.Error) else None


@lru_cache(maxsize=1)
def _stored_columns() -> list[str]:
    return [field.attname for field in Entry._meta.concrete_fields if field.attname != "tx_id"]


def _stored(one: Written) -> Entry:
    """The row as the database's trigger filled it; `tx_id` is read from the database when it is asked for.

    What `Entry.from_db` gives, made without it: a good part of an append's Python, and most callers look at the id.
    """
    row = Entry.__new__(Entry)
    row._state = ModelState()
    row._state.adding, row._state.db = False, "default"
    values = (
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
    )
    row.__dict__.update(zip(_stored_columns(), values, strict=True))
    return row
