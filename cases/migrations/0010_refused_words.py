"""Refused words, sealed in the schema `protected`; the door opens for privacy and auditor together. See the SQL."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "protected" / "sql" / "0010_refused_words.sql"

REVERSE = """
REVOKE SELECT ON public.ledger_entry FROM totality_protected;
SET LOCAL ROLE totality_protected;
DROP FUNCTION gate.read_refused_words(uuid);
DROP FUNCTION gate.put_refused_words(uuid, jsonb);
DROP TABLE protected.refused_words;
RESET ROLE;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_rights_of_screened_texts"), ("ledger", "0001_log")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"), REVERSE)]
