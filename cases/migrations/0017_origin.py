"""Where a case came from, if not from the verbs of the product."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0016_imported_by_day"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="origin",
            field=models.CharField(
                blank=True,
                choices=[("", "Recorded"), ("demo", "Demonstration")],
                db_default="",
                default="",
                max_length=4,
            ),
        ),
    ]
