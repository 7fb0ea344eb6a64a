"""A cover is ended by one column; what was taken under it is insert-only."""

from __future__ import annotations

from django.db import migrations

GRANTS = """
REVOKE ALL ON review_cover, review_covertaken FROM PUBLIC, totality_app;
GRANT SELECT, INSERT ON review_cover, review_covertaken TO totality_app;
GRANT UPDATE (ended_at) ON review_cover TO totality_app;
"""


class Migration(migrations.Migration):
    dependencies = [("review", "0022_cover_after_hours")]

    operations = [migrations.RunSQL(GRANTS, migrations.RunSQL.noop)]
