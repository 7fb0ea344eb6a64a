"""`manage.py import_cases FILE --layout NAME [--office KEY] [--rejects FILE] [--dry-run]`.

Progress on stderr; the last line of stdout is JSON with the counts. Exit codes: 0 done, 1 some rows were
refused, 2 cannot run.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import UNASSIGNED
from cases.imports.errors import CannotRun
from cases.imports.reporting import Progress, Rejects
from cases.imports.services import NAMES, import_file
from ledger.actors import Actor


@contextmanager
def rare_collections() -> Iterator[None]:
    """A batch is many small objects and no cycles; looking for cycles all the time costs an eighth of the run."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class Command(BaseCommand):
    help = "Import an extract of arrests, or a file of export_cases, into the record. A second run changes nothing."
    requires_migrations_checks = False
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--layout", metavar="NAME", required=True, choices=NAMES)
        parser.add_argument("--office", metavar="KEY", default=UNASSIGNED, help="office that gets new cases")
        parser.add_argument("--rejects", metavar="FILE", type=Path, help="CSV of the rows that were refused")
        parser.add_argument("--dry-run", action="store_true", help="read and compare, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        path, rejects_path = options["file"], options["rejects"]
        if rejects_path is not None and rejects_path.resolve() == path.resolve():
            raise CommandError("--rejects would overwrite the file itself.", returncode=2)
        office = options["office"]
        try:
            with rare_collections(), Rejects(rejects_path, sys.stderr) as rejects:
                result = import_file(
                    actor=Actor(
                        id="command:import_cases",
                        name="import_cases",
                        role="system",
                        office=options["office"],
                    ),
                    path=path,
                    layout=options["layout"],
                    office_key=office,
                    on_rejected=rejects,
                    on_progress=Progress(sys.stderr),
                    dry_run=options["dry_run"],
                )
                rejects.close()
        except CannotRun as error:
            raise CommandError(str(error), returncode=2) from error
        except KeyboardInterrupt:
            raise CommandError(
                "Interrupted. What was committed stays; running it again does the rest.", returncode=2
            ) from None
        self.stdout.write(json.dumps(asdict(result.counts)))
        if result.counts.rejected:
            sys.exit(1)
