"""`manage.py policy_in_force --on DATE [--known-at DATE] [--decision TYPE] [--json]`.

What was in force on a day, as far as it was known on another day; an empty answer is a valid one. Exit codes: 0 done,
2 cannot run (usage, no database).
"""

from __future__ import annotations

import argparse
import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from policy.selectors import InForce, decision_type_keys, in_force


def day(text: str) -> date:
    """A day written as YYYY-MM-DD and in no other way."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        raise argparse.ArgumentTypeError(f"'{text}' is not a day. Write it as YYYY-MM-DD, as in 2022-03-22.")
    return found


class Command(BaseCommand):
    help = "Say which guidance was in force on a day, for whom, and by what authority."
    requires_migrations_checks = False
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--on", metavar="DATE", type=day, required=True, help="the day that is asked about"
        )
        parser.add_argument(
            "--known-at", metavar="DATE", type=day, help="count only what was recorded by this day"
        )
        parser.add_argument(
            "--decision",
            metavar="TYPE",
            choices=decision_type_keys(),
            default="",
            help="leave out orders that do not reach this type: " + ", ".join(decision_type_keys()),
        )
        parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            answer = in_force(options["on"], options["known_at"], options["decision"])
        except DatabaseError as error:
            told = str(error).strip().splitlines()[0]
            raise CommandError(f"The database did not answer: {told}", returncode=2) from error
        self.stdout.write(json.dumps(answer, ensure_ascii=False) if options["json"] else in_lines(answer))


def in_lines(answer: InForce) -> str:
    """The answer for a reader."""
    lines = [f"On {answer['on']}, as known on {answer['known_at']}:"]
    if not answer["in_force"]:
        lines.append("  no priorities in force")
    for one in (*answer["in_force"], *answer["not_in_force"]):
        until = f" to {one['to']}" if one["to"] else ""
        scope = f" ({one['scope']})" if one["scope"] else ""
        said = f"{one['edition']} {one['component']:4} {one['status']}, from {one['from']}{until}{scope}"
        lines.append(f"  {said}: {one['authority']}")
    return "\n".join(lines)
