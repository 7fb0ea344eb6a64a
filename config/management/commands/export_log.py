"""`manage.py export_log --out FILE.zip`: the bundle of the decision log, as the page `/exports/` makes it.

Exit codes: 0 written, 1 refused, 2 cannot run. With `--as` the rights of that user hold; without, those of nobody in
particular: masked cases stay masked. `--out` without `.zip` names a new folder.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, transaction

from accounts.models import User
from ledger import clock
from ledger.actors import SYSTEM, Actor
from ledger.exports import bundle, jobs, plan
from ledger.exports.bundle import Request
from ledger.exports.events import ExportFinished
from ledger.exports.files import Values
from ledger.exports.plan import CannotExport
from ledger.exports.running import digest_of
from ledger.exports.scope import ScopeRefused, from_data
from ledger.ids import new_id
from ledger.notes import Checkpoint, Note, NoteError
from ledger.services import NewEntry, append

REFUSED: Final = 1
CANNOT_RUN: Final = 2
PATIENCE: Final = 3


class Command(BaseCommand):
    help = "Write an export of the decision log that can be checked alone."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", required=True, type=Path, metavar="FILE.zip")
        parser.add_argument("--from", dest="since", default="", metavar="DATE", help="first day, UTC")
        parser.add_argument("--to", dest="until", default="", metavar="DATE", help="first day left out, UTC")
        parser.add_argument(
            "--filter", action="append", default=[], metavar="K=V", help="such as outcome=act"
        )
        parser.add_argument("--as", dest="user", default="", metavar="USER", help="in whose name")
        parser.add_argument("--purpose", default="", help="what the export is for")
        parser.add_argument("--format", action="append", default=[], choices=list(bundle.TABLES))
        parser.add_argument("--values", default=Values.OPEN.value, choices=[one.value for one in Values])
        parser.add_argument(
            "--since", dest="kept", default="", metavar="CHECKPOINT", help="file or size, kept from before"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._export(options)
        except jobs.ExportRefused as error:
            _end(REFUSED, error.reason)
        except (CannotExport, ScopeRefused, DatabaseError) as error:
            _end(CANNOT_RUN, str(error))
        except OSError as error:
            _end(CANNOT_RUN, f"{options['out']}: {error.strerror or error}")

    def _export(self, options: dict[str, Any]) -> None:
        out: Path = options["out"]
        if out.exists():
            raise CannotExport(f"{out} exists. Name a file or folder that does not.")
        actor = _actor(options["user"])
        scope = from_data(_filter(options))
        request = Request(
            exporter=actor,
            purpose=options["purpose"].strip() or "Made by the operator’s command export_log",
            values=Values(options["values"]),
            formats=options["format"] or ["csv"],
            since_size=_size(options["kept"]),
        )
        jobs.check_request(
            actor=actor, purpose=request.purpose, values=request.values, formats=request.formats
        )
        id = new_id()
        with transaction.atomic():
            entry = jobs.note_request(actor=actor, export=id, scope=scope, request=request)
        _sealed(entry.id)
        made, part = plan.make(scope), out.with_name(f".{out.stem}.part{out.suffix}")
        try:
            made = bundle.write(made, request, part, clock.now())
            digest, size = (digest_of(part), part.stat().st_size) if part.is_file() else ("", 0)
            part.replace(out)
        finally:
            if part.is_file():
                part.unlink()
        payload = ExportFinished(
            rows=made.rows,
            first=made.first,
            end=made.end,
            tree_size=made.signed.size,
            bytes=size,
            sha256=digest,
        )
        with transaction.atomic():
            append(NewEntry(payload=payload, actor=SYSTEM, subject={"export": id}))
        self.stdout.write(
            f"{out}: {made.rows} of the {made.end - made.first} entries from index {made.first} on."
        )
        self.stdout.write(made.scope.in_words())


def _sealed(entry: Any) -> None:
    """Wait for the sealer; where none runs, seal here, if this process may."""
    try:
        plan.wait_until_sealed(entry, PATIENCE)
    except CannotExport:
        plan.wait_until_sealed(entry, settings.EXPORT_SEAL_SECONDS, each_time=_Sealing())


class _Sealing:
    """Seals when it is called. Once may not be enough: a seal leaves out what any open transaction may precede."""

    def __init__(self) -> None:
        self.may = True

    def __call__(self) -> None:
        if not self.may:
            return
        try:
            call_command("seal_log", stdout=io.StringIO())
        except SystemExit as ended:
            # It has said on stderr why it cannot; a running sealer may still be about to.
            self.may = not ended.code


def _actor(username: str) -> Actor:
    if not username:
        return SYSTEM
    user = User.objects.filter(username=username, is_active=True).select_related("office").first()
    if user is None:
        raise CannotExport(f"There is no active user {username!r}.")
    if user.role not in ("auditor", "privacy"):
        raise jobs.ExportRefused(
            "as", f"{username} is no auditor; exports of the log are for auditors and privacy."
        )
    return user.actor()


def _filter(options: dict[str, Any]) -> dict[str, str]:
    data = {"from": options["since"], "to": options["until"]}
    for pair in options["filter"]:
        name, is_pair, value = pair.partition("=")
        if not is_pair:
            raise ScopeRefused(pair, "write a filter as NAME=VALUE, for example outcome=act")
        data[name] = value
    return {name: value for name, value in data.items() if value}


def _size(kept: str) -> int:
    """The size of a checkpoint that was kept: a number, or the file of its signed note."""
    if not kept or kept.isdecimal():
        return int(kept or 0)
    try:
        return Checkpoint.parse(Note.parse(Path(kept).read_text(encoding="utf-8")).text).size
    except (NoteError, UnicodeDecodeError) as error:
        raise CannotExport(f"{kept}: {error}") from None


def _end(code: int, words: str) -> None:
    print(f"error: {words.strip().splitlines()[0]}", file=sys.stderr)
    sys.exit(code)
