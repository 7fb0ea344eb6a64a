"""Draws and times of full review are added and read; a seed is retired once, and nothing else of it changes."""

from __future__ import annotations

from django.db import migrations

GRANTS = """
REVOKE ALL ON review_selection, review_fullreview, review_seed FROM PUBLIC, totality_app;
GRANT SELECT, INSERT ON review_selection, review_fullreview, review_seed TO totality_app;
GRANT UPDATE (closed_at) ON review_seed TO totality_app;
"""


class Migration(migrations.Migration):
    dependencies = [("review", "0004_regime")]

    operations = [migrations.RunSQL(GRANTS, migrations.RunSQL.noop)]
