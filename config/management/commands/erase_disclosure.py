"""`manage.py erase_disclosure ENTRY POINTER --as USER --authority A --order TEXT`: erase one value of the log by order.

Only a privacy officer's account may. Exit codes: 0 erased, 1 refused, 2 cannot run.
"""

from __future__ import annotations

import sys
import uuid
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.db import Error

from accounts.models import Role, User
from ledger.erasing import Authority, NothingToErase, erase_disclosure
from ledger.models import Entry


class Command(BaseCommand):
    help = "Erase one disclosed value of the log by order; an entry tells of it, and every proof still holds."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("entry", type=uuid.UUID, help="id of the entry")
        parser.add_argument("pointer", help="place of the value in the entry, such as /data/name")
        parser.add_argument("--as", dest="username", required=True, help="account of the privacy officer")
        parser.add_argument("--authority", required=True, choices=[one.value for one in Authority])
        parser.add_argument(
            "--order", required=True, help="reference of the order, such as its docket number"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = User.objects.filter(username=options["username"], is_active=True).first()
            if user is None or user.role != Role.PRIVACY:
                _end(1, f"{options['username']} is no active account of a privacy officer.")
            entry = Entry.objects.filter(id=options["entry"]).first()
            if entry is None:
                _end(1, f"there is no entry {options['entry']}.")
            told = erase_disclosure(
                actor=user.actor(),
                entry=entry,
                pointer=options["pointer"],
                authority=Authority(options["authority"]),
                order=options["order"],
            )
        except NothingToErase as error:
            _end(1, str(error))
        except Error as error:
            _end(2, f"the database did not do it: {str(error).strip().splitlines()[0]}")
        self.stdout.write(f"Erased. The entry {told.id} tells of it.")


def _end(code: int, words: str) -> NoReturn:
    print(f"error: {words}", file=sys.stderr)
    sys.exit(code)
