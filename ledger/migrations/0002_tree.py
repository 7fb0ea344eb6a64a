"""The tree over the log. Rows come from the sealer alone; the application reads them for proofs and pages."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations, models

import ledger.models

SQL = Path(__file__).resolve().parent / "sql"
TABLES = "ledger_cosignature, ledger_checkpoint, ledger_leaf, ledger_node, ledger_batch, ledger_public_key"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_log")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    (SQL / "0002_tree.sql").read_text(),
                    f"DROP TABLE {TABLES}; REVOKE ALL ON ledger_entry FROM totality_sealer",
                ),
            ],
            state_operations=[
                migrations.CreateModel(
                    name="Batch",
                    fields=[
                        ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("first", models.BigIntegerField()),
                        ("count", models.BigIntegerField()),
                        ("upto", ledger.models.Xid8Field()),
                        ("system_identifier", models.BigIntegerField()),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "db_table": "ledger_batch",
                    },
                ),
                migrations.CreateModel(
                    name="Cosignature",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "size",
                                "witness",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("size", models.BigIntegerField()),
                        ("witness", models.TextField()),
                        ("line", models.TextField()),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "db_table": "ledger_cosignature",
                    },
                ),
                migrations.CreateModel(
                    name="Leaf",
                    fields=[
                        ("index", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("entry_id", models.UUIDField(unique=True)),
                        ("leaf_hash", models.BinaryField()),
                    ],
                    options={
                        "db_table": "ledger_leaf",
                    },
                ),
                migrations.CreateModel(
                    name="LogKey",
                    fields=[
                        ("vkey", models.TextField(primary_key=True, serialize=False)),
                        ("from_size", models.BigIntegerField()),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "db_table": "ledger_public_key",
                    },
                ),
                migrations.CreateModel(
                    name="SignedCheckpoint",
                    fields=[
                        ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("root", models.BinaryField()),
                        ("note", models.TextField()),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "db_table": "ledger_checkpoint",
                    },
                ),
                migrations.CreateModel(
                    name="TreeNode",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "level",
                                "index",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("level", models.SmallIntegerField()),
                        ("index", models.BigIntegerField()),
                        ("hash", models.BinaryField()),
                    ],
                    options={
                        "db_table": "ledger_node",
                    },
                ),
            ],
        ),
    ]
