"""`manage.py seed_demo [--cases N] [--assessments N] [--seed S]`: demo offices, accounts and invented persons.

With `--assessments`, or with more than 100,000 cases, the cases beyond the named ones come by COPY. Refused in
production.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError

from config.demo.accounts import PASSWORD
from config.demo.scale import copy_in
from config.demo.seeding import NAMED, seed

MOST = 11_000_000
BY_VERBS = 100_000


class Command(BaseCommand):
    help = "Make the demo accounts and invented cases that are missing. Only with DEBUG=1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--cases", metavar="N", type=int, default=len(NAMED), help="how many invented persons"
        )
        parser.add_argument(
            "--assessments",
            metavar="N",
            type=int,
            default=0,
            help="how many of the cases have a decision; the cases then come by COPY",
        )
        parser.add_argument(
            "--seed", metavar="S", type=int, default=1, help="which ones, beyond the named first"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError(
                "Demo accounts have a published password; seed_demo needs DEBUG=1.", returncode=2
            )
        cases, assessments, number = options["cases"], options["assessments"], options["seed"]
        if min(cases, assessments, number) < 0:
            raise CommandError("--cases, --assessments and --seed are numbers from 0.", returncode=2)
        if max(cases, assessments) > MOST or assessments > cases:
            raise CommandError(
                f"--cases is at most {MOST:,}, and --assessments at most --cases.", returncode=2
            )
        copied = bool(assessments) or cases > BY_VERBS
        try:
            made = seed(cases=len(NAMED) if copied else cases, seed_=number)
            added = (
                copy_in(cases=cases, assessments=assessments, seed=number, tell=self._tell) if copied else 0
            )
        except OperationalError as error:
            told = str(error).strip().splitlines()[0]
            raise CommandError(f"The database did not answer: {told}", returncode=2) from error
        if made:
            self.stdout.write(
                f"Made {len(made.offices)} offices, {len(made.accounts)} accounts (password {PASSWORD}) and"
                f" {len(made.cases)} invented cases with {made.actions} imported actions."
            )
        if added:
            self.stdout.write(f"Copied {added:,} invented cases in.")
        if not made and not added:
            self.stdout.write("The demonstration data is there; nothing was added.")

    def _tell(self, copied: int, cases: int) -> None:
        if copied % 500_000 == 0 or copied == cases:
            self.stderr.write(f"{copied:,} of {cases:,} cases")
