"""`policy_schema`: the JSON Schema of an edition, on stdout or, with `--write`, into `policy/editions/schema.json`."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from policy.editions import SCHEMA_FILE, json_schema


class Command(BaseCommand):
    help = (
        "Print the JSON Schema (2020-12) of an edition; --write publishes it as policy/editions/schema.json."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        text = json.dumps(json_schema(), indent=1, sort_keys=True) + "\n"
        if options["write"]:
            SCHEMA_FILE.write_text(text, encoding="utf-8")
        else:
            self.stdout.write(text, ending="")
