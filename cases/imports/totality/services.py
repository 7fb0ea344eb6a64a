"""The verb of this layout: `import_record`, called by `cases.imports.services.import_file`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from typing import Final
from uuid import UUID

from django.db import DataError, IntegrityError, connection, reset_queries, transaction

from cases.imports import runs
from cases.imports.errors import CannotRun
from cases.imports.rows import Counts, Rejected
from cases.imports.totality import LAYOUT
from cases.imports.totality.planning import Before, plan_batch
from cases.imports.totality.reading import Arrived, RecordFile
from cases.imports.totality.writing import why, write
from cases.models import ImportRun
from ledger.actors import Actor

BATCH: Final = 1000


def import_record(
    *,
    actor: Actor,
    file: RecordFile,
    on_rejected: Callable[[Rejected], None],
    on_progress: Callable[[Counts, int], None],
    dry_run: bool,
) -> tuple[UUID | None, Counts]:
    """Add to the record what it lacks of the file, 1,000 lines a transaction.

    A dry run finds all but what only the tables themselves refuse, such as a second open case. Raises `CannotRun`.
    """
    total = file.count()
    run = (
        None
        if dry_run
        else runs.start(actor=actor, layout=LAYOUT, file_name=file.name, file_digest=file.digest)
    )
    before, counts = Before(dry_run), Counts()
    on_progress(counts, total)
    lines = file.lines()
    while batch := list(islice(lines, BATCH)):
        rejected = [one for one in batch if isinstance(one, Rejected)]
        arrived = [one for one in batch if isinstance(one, Arrived)]
        # Read as far as rejected only; the rest is counted by the transaction that brings it.
        counts = replace(counts, read=counts.read + len(rejected), rejected=counts.rejected + len(rejected))
        counts = _batch(actor, run, arrived, before, counts, rejected)
        for one in sorted(rejected, key=lambda one: one.line):
            on_rejected(one)
        on_progress(counts, total)
        reset_queries()
    if not file.unchanged():
        raise CannotRun(f"{file.name} was changed while it was read. Run it again when it is complete.")
    if run is None:
        return None, counts
    runs.finish(actor=actor, run=run, counts=counts)
    return run.id, counts


def _batch(
    actor: Actor,
    run: ImportRun | None,
    batch: list[Arrived],
    before: Before,
    counts: Counts,
    rejected: list[Rejected],
) -> Counts:
    """One transaction; where the tables refuse it, one for each half, down to the line that they refuse."""
    if not batch:
        return counts
    try:
        return _transaction(actor, run, batch, before, counts, rejected)
    except (IntegrityError, DataError) as error:
        before.accounts.forget()
        if len(batch) == 1:
            field, reason = why(error)
            rejected.append(Rejected(batch[0].line, field, reason, batch[0].raw))
            return replace(counts, read=counts.read + 1, rejected=counts.rejected + 1)
    middle = len(batch) // 2
    counts = _batch(actor, run, batch[:middle], before, counts, rejected)
    return _batch(actor, run, batch[middle:], before, counts, rejected)


def _transaction(
    actor: Actor,
    run: ImportRun | None,
    batch: list[Arrived],
    before: Before,
    counts: Counts,
    rejected: list[Rejected],
) -> Counts:
    with transaction.atomic():
        if run is None:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
        plan = plan_batch(batch, before)
        result = Counts(
            read=counts.read + len(batch),
            imported=counts.imported + plan.imported,
            unchanged=counts.unchanged + plan.unchanged,
            rejected=counts.rejected + len(plan.rejected),
        )
        if run is not None:
            write(plan, actor=actor, run_id=run.id, accounts=before.accounts)
            runs.advance(run=run, counts=result)
    rejected.extend(plan.rejected)
    return result
