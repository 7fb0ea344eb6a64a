"""`policy_trace`: every clause of every edition with what carries it and what proves it. Exit 1 for a gap."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from policy.editions import Edition, available, load
from policy.trace.join import Traced, traced
from policy.trace.proofs import FILE, ROOT, read_tests


class Command(BaseCommand):
    help = "Every clause: requirement, whom it binds, what carries it, which tests prove it. Exit 1 where one has none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="The same as one JSON document.")
        parser.add_argument("--edition", help="Only this edition.")
        parser.add_argument("--gaps", action="store_true", help="Only clauses with a gap.")
        parser.add_argument(
            "--write-proofs", action="store_true", help="Write the list of tests that a release carries."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["write_proofs"]:
            FILE.write_text(json.dumps(read_tests(ROOT), indent=1, sort_keys=True) + "\n", encoding="utf-8")
            return
        asked = options["edition"]
        if asked and asked not in available():
            raise CommandError(
                f"There is no edition {asked!r}. Here are: {', '.join(available())}.", returncode=2
            )
        editions = [load(key) for key in ([asked] if asked else available())]
        rows = [(edition, one) for edition in editions for one in traced(edition)]
        missing = [one for _, one in rows if one.gap]
        shown = [(edition, one) for edition, one in rows if one.gap or not options["gaps"]]
        if options["json"]:
            self.stdout.write(json.dumps([as_json(edition, one) for edition, one in shown], indent=1))
        else:
            for edition, one in shown:
                self._print(edition, one)
            self.stdout.write(f"{len(rows)} clauses of {len(editions)} editions, {len(missing)} with a gap.")
        if missing:
            sys.exit(1)

    def _print(self, edition: Edition, one: Traced) -> None:
        clause = one.clause
        self.stdout.write(f"{edition.key} {clause.id} {clause.title} (binds {', '.join(clause.binds)})")
        for kind, carriers in one.by_kind:
            names = "; ".join(f"{item.name} ({item.note})" if item.note else item.name for item in carriers)
            self.stdout.write(f"    {kind}: {names}")
        for test in one.tests:
            self.stdout.write(f"    test: {test}")
        if one.gap:
            self.stdout.write(f"    GAP: {one.gap}")


def as_json(edition: Edition, one: Traced) -> dict[str, Any]:
    """One clause as plain data; `fields`, `rules` and `reports` are the carriers of those kinds."""

    def named(*kinds: str) -> list[str]:
        return [carrier.name for carrier in one.carriers if carrier.kind in kinds]

    return {
        "edition": edition.key,
        "clause": one.clause.id,
        "requirement": one.clause.text,
        "binds": list(one.clause.binds),
        "certainty": one.clause.certainty,
        "like": list(one.clause.like),
        "fields": named("field"),
        "rules": named("rule", "criterion"),
        "reports": named("report", "page"),
        "carriers": [asdict(carrier) for carrier in one.carriers],
        "tests": list(one.tests),
        "gap": one.gap,
    }
