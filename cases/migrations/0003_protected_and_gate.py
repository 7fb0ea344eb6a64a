"""The schemas `protected` and `gate`: see the SQL for what they hold and why."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "protected" / "sql" / "0003_protected_and_gate.sql"

REVERSE = """
SET LOCAL ROLE totality_protected;
DROP SCHEMA gate CASCADE;
DROP SCHEMA protected CASCADE;
ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
RESET ROLE;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_rights_and_versions")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"), REVERSE)]
