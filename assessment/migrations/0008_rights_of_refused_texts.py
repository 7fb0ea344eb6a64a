"""Rights on the table of 0007: what was refused is added and read, never changed."""

from __future__ import annotations

from django.db import migrations

GRANTS = """
REVOKE ALL ON assessment_refusedtext FROM PUBLIC, totality_app;
GRANT SELECT, INSERT ON assessment_refusedtext TO totality_app;
"""


class Migration(migrations.Migration):
    dependencies = [("assessment", "0007_refused_texts")]

    operations = [migrations.RunSQL(GRANTS, migrations.RunSQL.noop)]
