"""Rows of the demonstration at full size: marked, and with a document that the database refuses for any other row."""

from __future__ import annotations

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_api_token"),
        ("assessment", "0012_not_selected"),
        ("cases", "0017_origin"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="assessment",
            name="origin",
            field=models.CharField(
                blank=True,
                choices=[("", "Recorded"), ("demo", "Demonstration")],
                db_default="",
                default="",
                max_length=4,
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="demo_document",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="origin",
            field=models.CharField(
                blank=True,
                choices=[("", "Recorded"), ("demo", "Demonstration")],
                db_default="",
                default="",
                max_length=4,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="decision",
            trigger=pgtrigger.compiler.Trigger(
                name="origin_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."origin" IS DISTINCT FROM (NEW."origin") OR OLD."demo_document" IS DISTINCT FROM (NEW."demo_document"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="88badac8e6e564cd8c52ff3540c3173479b0cc20",
                    operation="UPDATE",
                    pgid="pgtrigger_origin_stays_0b385",
                    table="assessment_decision",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("demo_document__isnull", True), ("origin", "demo"), _connector="OR"),
                name="document_in_the_row_is_demo",
            ),
        ),
    ]
