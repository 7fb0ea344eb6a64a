"""Rights on the tables of 0011, and the door of the notes' words: see the SQL for what it holds and why."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "protected" / "sql" / "0011_sealed_notes.sql"
GRANTS = """
REVOKE ALL ON cases_sealednote, cases_sealedreading FROM PUBLIC, totality_app;
GRANT SELECT, INSERT ON cases_sealednote, cases_sealedreading TO totality_app;
GRANT UPDATE (state, ruled_by_id, ruled_at) ON cases_sealednote TO totality_app;
"""
REVERSE = """
SET LOCAL ROLE totality_protected;
DROP FUNCTION gate.read_status_note(uuid, uuid);
DROP FUNCTION gate.put_status_note(uuid, uuid, jsonb);
DROP TABLE protected.status_note;
RESET ROLE;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_sealed_notes")]

    operations = [
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), REVERSE),
    ]
