"""Exports as jobs and kept filters. A job's row moves, a kept filter may go; the application may do both."""

from __future__ import annotations

import django.contrib.postgres.fields
from django.db import migrations, models

import ledger.ids

GRANTS = """
GRANT SELECT, INSERT, UPDATE ON public.ledger_export TO totality_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON public.ledger_saved_scope TO totality_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0002_tree"),
    ]

    operations = [
        migrations.CreateModel(
            name="Export",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ledger.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("actor_id", models.TextField()),
                ("actor_name", models.TextField()),
                ("actor_role", models.TextField()),
                ("actor_office", models.TextField()),
                ("purpose", models.TextField()),
                ("filter", models.JSONField(default=dict)),
                ("values", models.CharField(default="open", max_length=4)),
                (
                    "formats",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=7), default=list, size=None
                    ),
                ),
                ("since_size", models.BigIntegerField(default=0)),
                ("entry_id", models.UUIDField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for a worker"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                            ("expired", "Expired, file removed"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("requested_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("claimed_at", models.DateTimeField(null=True)),
                ("heartbeat_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField(null=True)),
                ("share", models.PositiveSmallIntegerField(default=0)),
                ("rows_done", models.BigIntegerField(default=0)),
                ("rows_all", models.BigIntegerField(null=True)),
                ("first", models.BigIntegerField(null=True)),
                ("end", models.BigIntegerField(null=True)),
                ("tree_size", models.BigIntegerField(null=True)),
                ("included", models.BigIntegerField(null=True)),
                ("file_name", models.TextField(default="")),
                ("bytes", models.BigIntegerField(null=True)),
                ("sha256", models.CharField(default="", max_length=64)),
                ("trouble", models.TextField(default="")),
            ],
            options={
                "db_table": "ledger_export",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "running"])),
                        fields=["due_at"],
                        name="export_open",
                    ),
                    models.Index(
                        condition=models.Q(("state", "done")), fields=["expires_at"], name="export_done"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedScope",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ledger.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("owner_id", models.TextField()),
                ("name", models.CharField(max_length=80)),
                ("filter", models.JSONField(default=dict)),
                ("saved_at", models.DateTimeField()),
            ],
            options={
                "db_table": "ledger_saved_scope",
                "constraints": [
                    models.UniqueConstraint(fields=("owner_id", "name"), name="saved_scope_once")
                ],
            },
        ),
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
    ]
