"""Views of supervisors are added and read, never changed."""

from __future__ import annotations

from django.db import migrations

GRANTS = """
REVOKE ALL ON review_supervisorview FROM PUBLIC, totality_app;
GRANT SELECT, INSERT ON review_supervisorview TO totality_app;
"""


class Migration(migrations.Migration):
    dependencies = [("review", "0008_views")]

    operations = [migrations.RunSQL(GRANTS, migrations.RunSQL.noop)]
