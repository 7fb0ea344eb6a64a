"""Stops and tasks change state; what a version pins and what was done are insert-only for the application."""

from __future__ import annotations

from django.db import migrations

GRANTS = """
GRANT SELECT, INSERT, UPDATE ON assessment_stop, assessment_task TO totality_app;
GRANT SELECT, INSERT ON assessment_pinnedfact, assessment_execution TO totality_app;
GRANT USAGE ON SEQUENCE assessment_pinnedfact_id_seq TO totality_app;
"""


class Migration(migrations.Migration):
    dependencies = [("assessment", "0003_stops_and_tasks")]

    operations = [migrations.RunSQL(GRANTS, migrations.RunSQL.noop)]
