"""Who takes the next number of a case is settled inside the database, without an error that a writer must undo."""

from __future__ import annotations

import re
from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent / "sql"


def earlier() -> str:
    """The function as the first migration made it."""
    functions = (SQL / "0001_functions.sql").read_text()
    found = re.search(r"CREATE FUNCTION public\.ledger_fill_entry\(.*?\$body\$;", functions, re.DOTALL)
    if found is None:
        raise LookupError("0001_functions.sql no longer holds ledger_fill_entry")
    return found.group().replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_erasing")]

    operations = [migrations.RunSQL((SQL / "0005_next_number.sql").read_text(), earlier())]
