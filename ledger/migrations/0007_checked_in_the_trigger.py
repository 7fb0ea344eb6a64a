"""What an entry must be is checked in one place, the trigger: constraints beside it made every append dearer."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent / "sql"
BACK = (
    "ALTER TABLE public.ledger_entry"
    " ADD CONSTRAINT ledger_entry_event_is_a_code"
    r" CHECK (event ~ '^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$'),"
    " ADD CONSTRAINT ledger_entry_kind_is_known CHECK (kind IN ('change', 'access')),"
    " ALTER COLUMN tx_id SET DEFAULT pg_current_xact_id();"
)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_frozen_months")]

    operations = [
        migrations.RunSQL(
            (SQL / "0007_checked_in_the_trigger.sql").read_text(),
            BACK + (SQL / "0005_next_number.sql").read_text(),
        )
    ]
