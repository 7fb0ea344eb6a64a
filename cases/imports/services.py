"""The verb of this room's imports: `import_file`."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final
from uuid import UUID

import psycopg2
from django.db import (
    DatabaseError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
    connection,
    reset_queries,
    transaction,
)

from accounts.models import UNASSIGNED, Office
from cases.imports import runs, totality
from cases.imports.errors import CannotRun
from cases.imports.identity import Equals
from cases.imports.layouts import LAYOUTS, Layout
from cases.imports.planning import plan_batch
from cases.imports.rows import ArrivingRow, Counts, Rejected, RunResult
from cases.imports.source import Source
from cases.imports.totality.reading import RecordFile
from cases.imports.totality.services import import_record
from cases.imports.writing import ChangedMeanwhile, write
from cases.models import ImportRun
from ledger.actors import Actor
from ledger.errors import CaseContended

BATCH: Final = 1000
NAMES: Final = sorted((*LAYOUTS, totality.LAYOUT))
MOST_TRIES: Final = 4
WORTH_A_RETRY: Final = (IntegrityError, ChangedMeanwhile, CaseContended)


def import_file(
    *,
    actor: Actor,
    path: Path,
    layout: str,
    office_key: str = UNASSIGNED,
    on_rejected: Callable[[Rejected], None],
    on_progress: Callable[[Counts, int], None],
    dry_run: bool = False,
) -> RunResult:
    """Read the file and bring the record up to it, 1,000 rows a transaction.

    `on_progress` gets the counts and the number of rows of the file. A dry run compares and counts, and
    writes nothing. Raises `CannotRun`; batches that were committed before stay, and the next run closes this
    one as interrupted.
    """
    started = time.monotonic()
    if layout == totality.LAYOUT:
        if office_key != UNASSIGNED:
            raise CannotRun("The layout totality names the office of every case itself; leave --office out.")
        with RecordFile(path) as file, _answering(), runs.only_one():
            run_id, counts = import_record(
                actor=actor, file=file, on_rejected=on_rejected, on_progress=on_progress, dry_run=dry_run
            )
        return RunResult(run_id, counts, time.monotonic() - started)
    known = LAYOUTS.get(layout)
    if known is None:
        raise CannotRun(f"There is no layout {layout!r}. Known: {', '.join(NAMES)}.")
    with Source(path, known) as source, _answering():
        office = _office(office_key, dry_run)
        with runs.only_one():
            run_id, counts = _run(actor, source, known, office, on_rejected, on_progress, dry_run)
    return RunResult(run_id, counts, time.monotonic() - started)


@contextmanager
def _answering() -> Iterator[None]:
    """The database's silence in one line."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise CannotRun(f"The database did not answer: {_first_line(error)}") from error
    except ProgrammingError as error:
        raise CannotRun(f"The database is not prepared; migrate it first: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)


def _office(key: str, dry_run: bool) -> str:
    if Office.objects.filter(key=key).exists():
        return key
    if key != UNASSIGNED:
        raise CannotRun(
            f"There is no office {key!r}. Known: {', '.join(Office.objects.values_list('key', flat=True))}."
        )
    if not dry_run:
        Office.objects.get_or_create(key=UNASSIGNED, defaults={"name": "Unassigned"})
    return key


def _run(
    actor: Actor,
    source: Source,
    layout: Layout,
    office_key: str,
    on_rejected: Callable[[Rejected], None],
    on_progress: Callable[[Counts, int], None],
    dry_run: bool,
) -> tuple[UUID | None, Counts]:
    total = 0

    def ahead() -> Iterator[ArrivingRow]:
        nonlocal total
        for row in source.rows():
            total += 1
            if isinstance(row, ArrivingRow):
                yield row

    equals = Equals(ahead())
    run = (
        None
        if dry_run
        else runs.start(actor=actor, layout=layout.key, file_name=source.name, file_digest=source.digest)
    )
    counts = Counts()
    on_progress(counts, total)
    with closing(_batches(source.rows())) as batches:
        for batch in batches:
            rows = [row for row in batch if isinstance(row, ArrivingRow)]
            rejected = [row for row in batch if isinstance(row, Rejected)]
            so_far = replace(counts, read=counts.read + len(batch), rejected=counts.rejected + len(rejected))
            counts, refused = _batch(actor, run, layout, office_key, rows, so_far, equals)
            for one in sorted((*rejected, *refused), key=lambda one: one.line):
                on_rejected(one)
            on_progress(counts, total)
            reset_queries()
    if not source.unchanged():
        raise CannotRun(f"{source.name} was changed while it was read. Run it again when it is complete.")
    if run is None:
        return None, counts
    runs.finish(actor=actor, run=run, counts=counts)
    return run.id, counts


def _batches(rows: Iterator[ArrivingRow | Rejected]) -> Generator[list[ArrivingRow | Rejected], None, None]:
    """Up to 1,000 rows at a time; the next ones are read while the database works on these."""

    def take() -> list[ArrivingRow | Rejected]:
        return list(islice(rows, BATCH))

    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="import-reader") as reader:
        coming = reader.submit(take)
        while batch := coming.result():
            coming = reader.submit(take)
            yield batch


def _batch(
    actor: Actor,
    run: ImportRun | None,
    layout: Layout,
    office_key: str,
    rows: list[ArrivingRow],
    counts: Counts,
    equals: Equals,
) -> tuple[Counts, list[Rejected]]:
    """One transaction. Somebody may record the same person at the same moment; then the batch is planned
    again. Answers the counts and the rows that the record itself refuses.
    """
    for attempt in range(1, MOST_TRIES + 1):
        restore = equals.remember(rows)
        try:
            with transaction.atomic():
                if run is None:
                    with connection.cursor() as cursor:
                        cursor.execute("SET TRANSACTION READ ONLY")
                plan = plan_batch(layout.key, rows, equals)
                result = replace(
                    counts,
                    imported=counts.imported + plan.imported,
                    unchanged=counts.unchanged + plan.unchanged,
                    rejected=counts.rejected + len(plan.rejected),
                )
                if run is not None:
                    write(plan, actor=actor, run_id=run.id, layout=layout.key, office_key=office_key)
                    runs.advance(run=run, counts=result)
            return result, plan.rejected
        except (*WORTH_A_RETRY, OperationalError) as error:
            if attempt == MOST_TRIES or not _worth_a_retry(error):
                raise
            restore()
    raise AssertionError("unreachable")


def _worth_a_retry(error: Exception) -> bool:
    if isinstance(error, WORTH_A_RETRY):
        return True
    cause = error.__cause__
    return isinstance(error, DatabaseError) and isinstance(cause, psycopg2.errors.DeadlockDetected)
