"""`manage.py set_office_zone OFFICE ZONE`: the time zone in which an office asks for and tells times."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError

from accounts.models import Office
from accounts.zones import set_zone
from ledger.actors import SYSTEM


class Command(BaseCommand):
    help = "Record the time zone of an office, as an IANA name. Times are kept in UTC whatever it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("office", metavar="OFFICE", help="key of the office, such as el-paso")
        parser.add_argument("zone", metavar="ZONE", help="such as America/Denver")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            row = set_zone(
                actor=SYSTEM, office=Office.objects.get(pk=options["office"]), zone=options["zone"]
            )
        except Office.DoesNotExist as error:
            raise CommandError(f"There is no office '{options['office']}'.", returncode=1) from error
        except ValueError as error:
            raise CommandError(str(error), returncode=1) from error
        except OperationalError as error:
            told = str(error).strip().splitlines()[0]
            raise CommandError(f"The database did not answer: {told}", returncode=2) from error
        self.stdout.write(f"{row.office.name} reads its clocks in {row.zone}.")
