"""`manage.py export_cases --out FILE.ndjson [--office KEY] [--as USER] [--purpose TEXT]`.

Progress on stderr; the last line of stdout is JSON with the counts and the file's digest. Exit codes: 0 done, 2
cannot.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError

from accounts.models import UNASSIGNED, User
from cases.exports.errors import CannotExport
from cases.exports.services import export_record
from ledger.actors import Actor


class Command(BaseCommand):
    help = "Write the record to a file of lines that import_cases --layout totality reads back."
    requires_migrations_checks = False
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--out", metavar="FILE", type=Path, required=True, help="a file that does not exist yet"
        )
        parser.add_argument("--office", metavar="KEY", default="", help="only cases of this office")
        parser.add_argument(
            "--as",
            dest="username",
            metavar="USER",
            default="",
            help="what this account may see; without it, nothing restricted",
        )
        parser.add_argument(
            "--purpose", metavar="TEXT", default="", help="what the file is for; kept in the log"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = self._user(options["username"])
            actor = (
                user.actor() if user else Actor("command:export_cases", "export_cases", "system", UNASSIGNED)
            )
            done = export_record(
                actor=actor,
                user=user,
                out=options["out"],
                office_key=options["office"],
                purpose=options["purpose"],
                on_progress=lambda persons: self.stderr.write(f"{persons:,} persons"),
            )
        except CannotExport as error:
            raise CommandError(str(error), returncode=2) from error
        except (OperationalError, InterfaceError) as error:
            raise CommandError(f"The database did not answer: {str(error).strip()}", returncode=2) from error
        self.stdout.write(json.dumps(asdict(done)))

    @staticmethod
    def _user(username: str) -> User | None:
        if not username:
            return None
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CannotExport(f"There is no account {username!r}.")
        return user
