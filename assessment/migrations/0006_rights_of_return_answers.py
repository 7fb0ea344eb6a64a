"""Answers to the points of a return are saved like a step; nobody deletes them."""

from __future__ import annotations

from django.db import migrations

GRANTS = """
REVOKE ALL ON assessment_returnanswers FROM PUBLIC, totality_app;
GRANT SELECT, INSERT, UPDATE ON assessment_returnanswers TO totality_app;
"""


class Migration(migrations.Migration):
    dependencies = [("assessment", "0005_answers_to_returns")]

    operations = [migrations.RunSQL(GRANTS, migrations.RunSQL.noop)]
