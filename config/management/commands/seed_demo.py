"""`manage.py seed_demo [--cases N] [--seed S]`: demo offices, accounts and invented persons. Refused in
production.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError

from config.demo.accounts import PASSWORD
from config.demo.seeding import NAMED, seed


class Command(BaseCommand):
    help = "Make the demo accounts and invented cases that are missing. Only with DEBUG=1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--cases", metavar="N", type=int, default=len(NAMED), help="how many invented persons"
        )
        parser.add_argument(
            "--seed", metavar="S", type=int, default=1, help="which ones, beyond the named first"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError(
                "Demo accounts have a published password; seed_demo needs DEBUG=1.", returncode=2
            )
        if options["cases"] < 0 or options["seed"] < 0:
            raise CommandError("--cases and --seed are numbers from 0.", returncode=2)
        try:
            made = seed(cases=options["cases"], seed_=options["seed"])
        except OperationalError as error:
            told = str(error).strip().splitlines()[0]
            raise CommandError(f"The database did not answer: {told}", returncode=2) from error
        if made:
            self.stdout.write(
                f"Made {len(made.offices)} offices, {len(made.accounts)} accounts (password {PASSWORD}) and"
                f" {len(made.cases)} invented cases."
            )
        else:
            self.stdout.write("The demonstration data is there; nothing was added.")
