"""Digests of API tokens. A new token of a person replaces the row."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_rights_of_training")]

    operations = [
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="api_token",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(
            "GRANT SELECT, INSERT, UPDATE ON accounts_apitoken TO totality_app;", migrations.RunSQL.noop
        ),
    ]
