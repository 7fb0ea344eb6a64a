"""`manage.py verify_log [--key FILE] [--checkpoints DIR] [--json]`: check the whole log where it lies.

Looks at every entry, case, leaf and checkpoint, and lists every finding with its class. Exit codes: 0 all holds,
1 something does not, 2 cannot run.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import Error

from ledger import limits, proofs
from ledger.findings import Finding
from ledger.note_keys import NoteError, PublicKey, parse_keys
from ledger.verifying.report import Report, verify

CANNOT_RUN: Final = 2
NAMES: Final = {
    "entries": "entries",
    "unsealed": "of them not sealed yet",
    "disclosures": "disclosed values",
    "erased": "values erased by order",
    "cases": "chains of cases",
    "leaves": "leaves of the tree",
    "batches": "seals",
    "checkpoints": "checkpoints",
    "published_checkpoints": "published checkpoints",
    "frozen_months": "runs of frozen months",
}


class Command(BaseCommand):
    help = "Check every entry, case chain, leaf and checkpoint of the log in the database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--key", type=Path, help="file with the public keys that are trusted, one on each line"
        )
        parser.add_argument(
            "--checkpoints", type=Path, help="folder of published checkpoints to hold the log against"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")

    def handle(self, *args: Any, **options: Any) -> None:
        findings: list[Finding] = []
        as_json: bool = options["json"]

        def tell(finding: Finding) -> None:
            if as_json:
                findings.append(finding)
            else:
                self.stdout.write(str(finding))

        try:
            keys = _keys(options["key"])
            folder: Path | None = options["checkpoints"]
            if folder and not folder.is_dir():
                raise NoteError(f"{folder} is no folder")
            report = verify(keys, settings.LOG_ORIGIN, tell, folder)
        except (OSError, NoteError, Error) as error:
            print(f"error: {str(error).strip().splitlines()[0]}", file=sys.stderr)
            sys.exit(CANNOT_RUN)
        if as_json:
            self.stdout.write(json.dumps(_as_data(report, findings, keys, given=bool(options["key"]))))
        else:
            self._say(report, keys, given=bool(options["key"]))
        sys.exit(0 if report.holds else 1)

    def _say(self, report: Report, keys: list[PublicKey], *, given: bool) -> None:
        for name, count in report.checked.items():
            self.stdout.write(f"{count:>12,}  {NAMES[name]}")
        for key in keys:
            self.stdout.write(f"key {key.text}\n    {key.fingerprint}")
        if not given:
            self.stdout.write("The keys came from the database itself: compare them with the published ones.")
        self.stdout.write(
            "Everything that was looked at holds." if report.holds else f"{report.findings} findings."
        )
        self.stdout.write("What no check can tell:")
        for sentence in limits.all_sentences():
            self.stdout.write(f"  - {sentence}")


def _keys(file: Path | None) -> list[PublicKey]:
    return parse_keys(file.read_text(encoding="utf-8")) if file else proofs.public_keys()


def _as_data(
    report: Report, findings: list[Finding], keys: list[PublicKey], *, given: bool
) -> dict[str, Any]:
    return {
        **report.as_data(),
        "findings": [
            {"kind": finding.kind.value, "where": finding.where, "words": finding.words}
            for finding in findings
        ],
        "keys": [key.text for key in keys],
        "keys_from": "file" if given else "database",
    }
