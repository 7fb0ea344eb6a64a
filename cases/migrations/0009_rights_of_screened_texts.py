"""Rights on the tables of 0008: what the screen found follows its text; of a contest only the ruling is ever changed."""

from __future__ import annotations

from django.db import migrations

GRANTS = """
REVOKE ALL ON cases_screenedtext, cases_textcontest FROM PUBLIC, totality_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON cases_screenedtext TO totality_app;
GRANT SELECT, INSERT ON cases_textcontest TO totality_app;
GRANT UPDATE (case_id, state, ruled_by_id, ruled_at) ON cases_textcontest TO totality_app;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_screened_texts")]

    operations = [migrations.RunSQL(GRANTS, migrations.RunSQL.noop)]
