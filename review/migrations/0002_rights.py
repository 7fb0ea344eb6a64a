"""A review is insert-only for the application."""

from __future__ import annotations

from django.db import migrations

GRANTS = """
GRANT SELECT, INSERT ON review_review, review_returnpoint TO totality_app;
"""


class Migration(migrations.Migration):
    dependencies = [("review", "0001_initial")]

    operations = [migrations.RunSQL(GRANTS, migrations.RunSQL.noop)]
