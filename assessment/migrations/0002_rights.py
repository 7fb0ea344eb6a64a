"""What was signed is insert-only for the application; drafts and states change."""

from __future__ import annotations

from django.db import migrations

GRANTS = """
GRANT SELECT, INSERT, UPDATE ON assessment_assessment, assessment_stepanswers, assessment_decision TO totality_app;
GRANT SELECT, INSERT ON assessment_decisionversion TO totality_app;
"""


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_initial")]

    operations = [migrations.RunSQL(GRANTS, migrations.RunSQL.noop)]
