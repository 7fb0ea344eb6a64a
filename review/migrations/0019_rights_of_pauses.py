"""The end of a pause is written later than its beginning. Nobody changes the beginning, and nobody deletes one."""

from __future__ import annotations

from django.db import migrations

GRANTS = """
REVOKE ALL ON review_pause FROM PUBLIC, totality_app;
GRANT SELECT, INSERT ON review_pause TO totality_app;
GRANT UPDATE (ended, ended_by_id, ended_on, ended_at, working_days, end_entry_id) ON review_pause TO totality_app;
"""


class Migration(migrations.Migration):
    dependencies = [("review", "0018_pauses")]

    operations = [migrations.RunSQL(GRANTS, migrations.RunSQL.noop)]
