"""`migrate` runs as the role that owns the tables: the alias `owner`, from DATABASE_OWNER_URL."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.core.management.commands.migrate import Command as DjangoMigrate


class Command(DjangoMigrate):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database="owner" if "owner" in settings.DATABASES else "default")

    def handle(self, *args: Any, **options: Any) -> str | None:
        if "owner" not in settings.DATABASES:
            self.stderr.write(
                "DATABASE_OWNER_URL is not set, so the application's own role migrates; it has no right to make tables."
            )
        return super().handle(*args, **options)
