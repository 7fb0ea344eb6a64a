"""A kept filter is replaced and removed by its owner."""

from __future__ import annotations

from django.db import migrations

GRANTS = """
REVOKE ALL ON review_savedview FROM PUBLIC, totality_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON review_savedview TO totality_app;
"""


class Migration(migrations.Migration):
    dependencies = [("review", "0015_saved_views")]

    operations = [migrations.RunSQL(GRANTS, migrations.RunSQL.noop)]
