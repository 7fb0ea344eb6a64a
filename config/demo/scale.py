"""The demonstration at full size: millions of invented cases by COPY, skewed by office, the same for a seed.

The rows carry `origin = demo`. History has no entries of its own: a decision holds one document, which says which
signed decision it is like. The newest that wait have answers as rows and five chained entries each, which tell what
was done: that invented rows were copied in. Each part is one transaction, rows and entries together, so that a run
that was stopped goes on where it stood. The run leaves one entry.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from django.db import connection, connections, transaction

from cases.models import IdentifierKind, PersonIdentifier
from config.demo.events import DemoCopied
from config.demo.field_offices import staffed_offices
from config.demo.patterns import patterns
from config.demo.scale_entries import tell_of
from config.demo.scale_rows import TABLES, Plan, Writer
from ledger.actors import SYSTEM
from ledger.clock import policy_date
from ledger.services import NewEntry, append

# Both far below what a transaction may last, on a busy machine too: an entry takes longer than a row.
PART: Final = 10_000
PART_WITH_ENTRIES: Final = 1_000
WORKERS: Final = 2
SEEDS: Final = 6


def copy_in(
    *, cases: int, assessments: int, seed: int, tell: Callable[[int, int], None] | None = None
) -> int:
    """Copy the missing parts in; returns how many cases were added. The small demonstration must be there."""
    plan = Plan(cases, assessments, seed % SEEDS, policy_date(), staffed_offices(seed), patterns())

    def work(part: range) -> int:
        try:
            return _copy_part(plan, part)
        finally:
            connections.close_all()

    added = 0
    with ThreadPoolExecutor(WORKERS) as pool:
        for copied, part in zip(pool.map(work, parts(plan)), parts(plan), strict=True):
            added += copied
            if tell is not None:
                tell(part.stop, cases)
    if added:
        payload = DemoCopied(cases=cases, assessments=assessments, seed=seed, added=added, newest=plan.newest)
        with transaction.atomic():
            append(NewEntry(payload=payload, actor=SYSTEM))
    return added


def parts(plan: Plan) -> Iterator[range]:
    """The numbers of the cases, in the pieces that are copied in one transaction each."""
    first = 0
    while first < plan.cases:
        size = PART if first < plan.first_newest else PART_WITH_ENTRIES
        # The first piece with entries begins where they begin.
        last = min(first + size, plan.cases, plan.first_newest if first < plan.first_newest else plan.cases)
        yield range(first, last)
        first = last


def _copy_part(plan: Plan, part: range) -> int:
    rows = Writer(plan, part).written()
    with transaction.atomic():
        if PersonIdentifier.objects.filter(
            kind=IdentifierKind.A_NUMBER, namespace="", value=plan.a_number(part.start)
        ).exists():
            return 0
        with connection.cursor() as cursor:
            for table, columns in TABLES.items():
                cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", io.StringIO(rows.text(table)))
        tell_of(rows.newest)
    return len(part)
