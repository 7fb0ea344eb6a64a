"""Imported actions are paged through by their day."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0015_pictures"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="encounter",
            index=models.Index(
                condition=models.Q(("layout", ""), _negated=True),
                fields=["on_earliest", "id"],
                name="imported_by_day",
            ),
        ),
    ]
