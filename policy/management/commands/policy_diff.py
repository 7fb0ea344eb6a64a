"""`policy_diff EDITION EDITION`: what changes between two editions, with the clauses behind it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from policy.editions import Edition, available, load
from policy.editions.diff import Difference, Entry, compare


class Command(BaseCommand):
    help = "What changes in clauses, priorities, criteria, factors, questions and rules between two editions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("before", metavar="EDITION")
        parser.add_argument("after", metavar="EDITION")
        parser.add_argument("--json", action="store_true", help="The same as one JSON document.")
        parser.add_argument(
            "--rules", action="store_true", help="Only what changes a rule; wording is left out."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = compare(_edition(options["before"]), _edition(options["after"]))
        if options["json"]:
            self.stdout.write(json.dumps(as_json(found), indent=1))
            return
        self.stdout.write(f"{found.before.key} {found.before.short_title}")
        self.stdout.write(f"{found.after.key} {found.after.short_title}")
        self.stdout.write(f"Rules: {_word(found.rules)}. Content: {_word(found.content)}.")
        for section in found.sections:
            entries = [entry for entry in section.entries if entry.rule or not options["rules"]]
            if entries:
                self.stdout.write(f"\n{section.title}")
            for entry in entries:
                self._entry(entry, rules=options["rules"])

    def _entry(self, entry: Entry, *, rules: bool) -> None:
        mark = {"both": "~", "before": "-", "after": "+"}[entry.sides]
        clauses = _arrow(", ".join(entry.clauses_before), ", ".join(entry.clauses_after))
        name = entry.key if entry.label == entry.key else f"{entry.key} {entry.label}".strip()
        self.stdout.write(f"  {mark} {name}" + (f" [{clauses}]" if clauses else ""))
        for value in entry.values:
            if (value.rule or not rules) and (
                entry.sides == "both" or value.before + value.after != "listed"
            ):
                self.stdout.write(f"      {value.name}: {_arrow(value.before, value.after)}")


def _edition(key: str) -> Edition:
    if key not in available():
        raise CommandError(
            f"There is no edition {key!r}. Name two of: {', '.join(available())}.", returncode=2
        )
    return load(key)


def _word(differs: bool) -> str:
    return "differ" if differs else "the same"


def _arrow(before: str, after: str) -> str:
    return before if before == after else f"{before or '(not there)'} -> {after or '(not there)'}"


def as_json(found: Difference) -> dict[str, Any]:
    """The difference as plain data."""
    return {
        "before": found.before.key,
        "after": found.after.key,
        "rules_differ": found.rules,
        "content_differs": found.content,
        "sections": [
            {
                "title": section.title,
                "entries": [{**asdict(one), "rule": one.rule} for one in section.entries],
            }
            for section in found.sections
        ],
    }
