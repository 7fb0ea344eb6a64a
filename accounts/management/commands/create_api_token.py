"""`manage.py create_api_token USERNAME [--days N]`: a new token of the API for one person, printed once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError

from accounts.models import User
from accounts.tokens import DAYS, issue_token
from ledger.actors import SYSTEM


class Command(BaseCommand):
    help = "Make a new API token for a person; the one before ends. It is shown this once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="USERNAME")
        parser.add_argument("--days", metavar="N", type=int, default=DAYS, help="how long it is valid")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = User.objects.get(username=options["username"])
            token = issue_token(actor=SYSTEM, user=user, days=options["days"])
        except User.DoesNotExist as error:
            raise CommandError(f"There is no user '{options['username']}'.", returncode=1) from error
        except ValueError as error:
            raise CommandError(str(error), returncode=1) from error
        except OperationalError as error:
            told = str(error).strip().splitlines()[0]
            raise CommandError(f"The database did not answer: {told}", returncode=2) from error
        self.stdout.write(token)
