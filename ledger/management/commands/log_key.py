"""`manage.py log_key --out FILE|- [--after FILE]`: make a signing key of the log, or the one that follows another.

Prints the public key, which is to be published apart from the log. Exit codes: 0 made, 2 cannot run.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from ledger.note_keys import NoteError
from ledger.sealing import keys


class Command(BaseCommand):
    help = "Make a signing key of the log in a new file, and print its public key."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, required=True, help="the new file; - prints the secret")
        parser.add_argument("--after", type=Path, help="the key file that it takes the place of")

    def handle(self, *args: Any, **options: Any) -> None:
        origin: str = settings.LOG_ORIGIN
        try:
            before = None
            if options["after"]:
                before = keys.load(origin, {keys.FILE_VARIABLE: str(options["after"])})
            if str(options["out"]) == "-":
                made = keys.generate(origin, before)
                self.stdout.write(";".join(made.text.split()))
            else:
                made = keys.make(origin, options["out"], before)
        except (keys.NoKey, NoteError) as error:
            print(f"error: {error}", file=sys.stderr)
            sys.exit(2)
        public = made.signing.public
        # Apart from the secret, which may go into a file.
        self.stderr.write(f"public key   {public.text}\nfingerprint  {public.fingerprint}")
