"""Every case: its numbers have no gap, and each running hash follows from the one before and the entry's bytes."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection

from ledger import checks
from ledger.findings import Finding, FindingKind
from ledger.verifying.rows import NIL, Tell
from ledger.verifying.times import APART

STEP: Final = 2000


@dataclass(frozen=True, slots=True)
class Link:
    """One number of a case, with its entry where that is there."""

    case_id: uuid.UUID
    number: int
    entry_id: uuid.UUID
    case_hash: bytes
    data: bytes | None
    entry_case_id: uuid.UUID | None
    at: datetime | None


def check_chains(tell: Tell, step: int = STEP) -> int:
    """Look at all cases in order; the number of cases.

    After a break the stored hash is where the next number begins, so that every further change is found too.
    """
    cases, case, number, previous = 0, NIL, 0, b""
    newest: datetime | None = None
    for link in _links(step):
        if link.case_id != case:
            cases, case, number, previous, newest = cases + 1, link.case_id, 0, b"", None
        where = f"case {link.case_id}, number {link.number}"
        if link.number != number + 1:
            words = f"the numbers {number + 1} to {link.number - 1} of the case are missing"
            tell(Finding(FindingKind.GAP, where, words))
        elif link.data is None or link.entry_case_id != link.case_id:
            tell(
                Finding(FindingKind.MISSING, where, f"the entry {link.entry_id} is not in this case any more")
            )
        elif checks.running(previous, checks.leaf(link.data)) != link.case_hash:
            words = f"the entry {link.entry_id} does not follow from the numbers before it"
            tell(Finding(FindingKind.ALTERED, where, words))
        if link.at is not None:
            # The hash of a number goes over the one before, which was committed by then: numbers go with time.
            if newest is not None and link.at < newest - APART:
                words = f"the entry {link.entry_id} is older than one that has a lower number"
                tell(Finding(FindingKind.REORDERED, where, words))
            newest = max(link.at, newest or link.at)
        number, previous = link.number, link.case_hash
    return cases


def _links(step: int) -> Iterator[Link]:
    case, number = NIL, 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT link.case_id, link.number, link.entry_id, link.case_hash, entry.bytes, entry.case_id,"
                "       entry.at"
                "  FROM (SELECT * FROM public.ledger_case_link WHERE (case_id, number) > (%s, %s)"
                "         ORDER BY case_id, number LIMIT %s) AS link"
                "  LEFT JOIN public.ledger_entry AS entry ON entry.id = link.entry_id"
                " ORDER BY link.case_id, link.number",
                [str(case), number, step],
            )
            rows = cursor.fetchall()
        if not rows:
            return
        for case, number, entry_id, case_hash, data, entry_case, at in rows:
            held = None if data is None else bytes(data)
            yield Link(case, number, entry_id, bytes(case_hash), held, entry_case, at)
