"""`manage.py seal_log [--follow]`: give committed entries their place in the tree and sign it. Runs as its own role.

Exit codes: 0 sealed, 1 refused or another sealer is at work, 2 cannot run.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any, Final

import psycopg2
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from ledger.note_keys import NoteError
from ledger.sealing import keys, session
from ledger.sealing.batch import Sealer, TreeDisagrees
from ledger.sealing.folder import Folder
from ledger.sealing.follow import Follower
from ledger.sealing.publishing import Publisher
from ledger.sealing.witnesses import parse_list

REFUSED: Final = 1
CANNOT_RUN: Final = 2
WAIT_SECONDS: Final = 5.0


class Command(BaseCommand):
    help = "Seal the log: give committed entries their place in the tree and sign a checkpoint."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--follow", action="store_true", help="go on until a signal")
        parser.add_argument("--alive", type=Path, help="a file to touch at every round, for a health check")
        parser.add_argument(
            "--make-key",
            action="store_true",
            help="make the key file when it is not there; not for production",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            publisher = _publisher(make_key=options["make_key"])
            if options["follow"]:
                Follower(publisher, options["alive"]).run()
            else:
                self.stdout.write(f"{seal_once(publisher)} entries sealed.")
        except (keys.NoKey, session.NoDatabase, NoteError, psycopg2.OperationalError) as error:
            _end(CANNOT_RUN, error)
        except TreeDisagrees as error:
            _end(REFUSED, error)


def seal_once(publisher: Publisher) -> int:
    """Seal and publish all that is committed now; the number of new leaves. Raises `TreeDisagrees`."""
    opened = session.connect()
    try:
        until = time.monotonic() + WAIT_SECONDS
        while not session.take_lock(opened):
            if time.monotonic() > until:
                raise TreeDisagrees("another sealer is at work; it seals what is committed")
            time.sleep(0.1)
        sealer = Sealer(opened, publisher.keys)
        total = 0
        with opened.cursor() as at:
            publisher.check(at)
            while (count := sealer.seal()) or sealer.is_walking:
                total += count
            publisher.publish(at, now=True)
        return total
    finally:
        opened.close()


def _publisher(*, make_key: bool) -> Publisher:
    environment = dict(os.environ)
    if settings.DEMONSTRATION and not any(
        environment.get(name) for name in (keys.VARIABLE, keys.FILE_VARIABLE)
    ):
        environment[keys.FILE_VARIABLE] = str(settings.DATA_DIR / "log-signing-key")
    file = keys.key_file(environment)
    if make_key and file is not None and not file.exists() and not environment.get(keys.VARIABLE):
        _first_key(file)
    folder = os.environ.get("LOG_CHECKPOINT_DIR", "")
    return Publisher(
        keys.load(settings.LOG_ORIGIN, environment),
        Folder(Path(folder)) if folder else None,
        parse_list(os.environ.get("LOG_WITNESSES", "")),
    )


def _first_key(file: Path) -> None:
    """A key for a log that was never signed; one that was must get its own key back."""
    opened = session.connect()
    try:
        with opened.cursor() as at:
            at.execute("SELECT count(*) FROM public.ledger_public_key")
            row = at.fetchone()
    finally:
        opened.close()
    if row and row[0]:
        raise keys.NoKey(f"{file} is not there, but this log has been signed before. Put its key back.")
    keys.make(settings.LOG_ORIGIN, file)


def _end(code: int, error: Exception) -> None:
    print(f"error: {str(error).strip().splitlines()[0]}", file=sys.stderr)
    sys.exit(code)
