"""`manage.py receipt ENTRY_ID --out FILE.json`: the inclusion proof of one entry, without its content.

Exit codes: 0 written, 1 not sealed yet or no such entry, 2 cannot run.
"""

from __future__ import annotations

import json
import sys
import uuid
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import Error

from ledger import receipts


class Command(BaseCommand):
    help = "Write the receipt of one entry: proof that it exists in the signed log, without what it says."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("entry", type=uuid.UUID, help="id of the entry")
        parser.add_argument("--out", type=Path, required=True, help="the file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = receipts.receipt(options["entry"])
            options["out"].write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        except receipts.NotSealed as error:
            print(f"error: {error}", file=sys.stderr)
            sys.exit(1)
        except (OSError, Error) as error:
            print(f"error: {str(error).strip().splitlines()[0]}", file=sys.stderr)
            sys.exit(2)
        self.stdout.write(
            f"{options['out']}: entry {made['entry_id']} is leaf {made['index']} of {made['tree_size']}."
        )
