"""An absence is recorded, and ended early once; nothing else of it changes."""

from __future__ import annotations

from django.db import migrations

GRANTS = """
REVOKE ALL ON review_absence FROM PUBLIC, totality_app;
GRANT SELECT, INSERT ON review_absence TO totality_app;
GRANT UPDATE (ended_at) ON review_absence TO totality_app;
"""


class Migration(migrations.Migration):
    dependencies = [("review", "0006_absences")]

    operations = [migrations.RunSQL(GRANTS, migrations.RunSQL.noop)]
