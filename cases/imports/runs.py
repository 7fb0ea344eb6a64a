"""The row of a run, from start to end. One import at a time, by a lock of the database session."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Final

from django.db import connection, transaction

from cases.imports.errors import CannotRun
from cases.imports.events import ImportFinished, ImportInterrupted, RunEnded
from cases.imports.rows import Counts
from cases.models import ImportRun
from ledger import clock
from ledger.actors import Actor
from ledger.events import Committed
from ledger.services import NewEntry, append

LOCK: Final = "totality.cases.import"
RUNNING: Final = "running"
FINISHED: Final = "finished"
INTERRUPTED: Final = "interrupted"


@contextmanager
def only_one() -> Iterator[None]:
    """A second import would meet the same persons; it is told to wait. The lock dies with its session."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [LOCK])
        if not cursor.fetchone()[0]:
            raise CannotRun("Another import is running. Wait for its end and start again.")
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [LOCK])


def start(*, actor: Actor, layout: str, file_name: str, file_digest: str) -> ImportRun:
    """A new run. Whatever else says that it is running has lost its session: it is closed as interrupted."""
    with transaction.atomic():
        for run in ImportRun.objects.filter(state=RUNNING).order_by("id"):
            run.state = INTERRUPTED
            run.finished_at = clock.now()
            run.save(update_fields=["state", "finished_at"])
            append(NewEntry(payload=_ended(ImportInterrupted, run), actor=actor, subject={"run": run.id}))
        return ImportRun.objects.create(
            layout=layout,
            file_name=file_name[:200],
            file_digest=file_digest,
            started_at=clock.now(),
            state=RUNNING,
        )


def advance(*, run: ImportRun, counts: Counts) -> None:
    """The counts so far, in the transaction of the batch that they include."""
    ImportRun.objects.filter(pk=run.pk).update(**asdict(counts))


def finish(*, actor: Actor, run: ImportRun, counts: Counts) -> None:
    """The run's own entry, with counts and the file's digest."""
    with transaction.atomic():
        run.state, run.finished_at = FINISHED, clock.now()
        for name, value in asdict(counts).items():
            setattr(run, name, value)
        run.save()
        append(NewEntry(payload=_ended(ImportFinished, run), actor=actor, subject={"run": run.id}))


def _ended(kind: type[RunEnded], run: ImportRun) -> RunEnded:
    return kind(
        layout=run.layout,
        file_name=Committed(run.file_name),
        file_digest=run.file_digest,
        read=run.read,
        imported=run.imported,
        unchanged=run.unchanged,
        rejected=run.rejected,
    )
