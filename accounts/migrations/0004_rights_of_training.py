"""Trainings are insert-only for the application."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_training")]

    operations = [
        migrations.RunSQL(
            "GRANT SELECT, INSERT ON accounts_training TO totality_app;", migrations.RunSQL.noop
        )
    ]
