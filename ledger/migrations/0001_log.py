"""The log: entries by month, case links, disclosures, and what keeps all three from being changed.

Run by totality_owner. Columns come from the bytes, so that they cannot disagree with what is hashed. Rights alone already
forbid the application to change a row; the triggers stand behind them and also stop an owner's slip of the hand.
"""

from __future__ import annotations

from pathlib import Path

from django.db import migrations, models

import ledger.models

SQL = Path(__file__).resolve().parent / "sql"


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    (SQL / "0001_tables.sql").read_text(),
                    "DROP TABLE ledger_disclosure, ledger_case_link, ledger_entry",
                ),
                migrations.RunSQL(
                    (SQL / "0001_functions.sql").read_text(),
                    "DROP FUNCTION ledger_fill_entry, ledger_check_disclosures, ledger_refuse_change,"
                    " ledger_make_partition, ledger_id_floor CASCADE",
                ),
                migrations.RunSQL((SQL / "0001_triggers_and_rights.sql").read_text(), migrations.RunSQL.noop),
            ],
            state_operations=[
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        ("policy_date", models.DateField()),
                        ("event", models.TextField()),
                        ("kind", models.TextField()),
                        ("actor_id", models.TextField()),
                        ("actor_name", models.TextField()),
                        ("actor_role", models.TextField()),
                        ("actor_office", models.TextField()),
                        ("case_id", models.UUIDField(null=True)),
                        ("assessment_id", models.UUIDField(null=True)),
                        ("decision_id", models.UUIDField(null=True)),
                        ("bytes", models.BinaryField()),
                        ("leaf_hash", models.BinaryField()),
                        ("tx_id", ledger.models.Xid8Field()),
                    ],
                    options={
                        "db_table": "ledger_entry",
                        "verbose_name": "log entry",
                        "verbose_name_plural": "log entries",
                    },
                ),
                migrations.CreateModel(
                    name="CaseLink",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "case_id",
                                "number",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("case_id", models.UUIDField()),
                        ("number", models.BigIntegerField()),
                        ("entry_id", models.UUIDField(unique=True)),
                        ("case_hash", models.BinaryField()),
                    ],
                    options={"db_table": "ledger_case_link"},
                ),
                migrations.CreateModel(
                    name="Disclosure",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "entry_id",
                                "pointer",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("entry_id", models.UUIDField()),
                        ("pointer", models.TextField()),
                        ("salt", models.BinaryField()),
                        ("value_bytes", models.BinaryField()),
                    ],
                    options={"db_table": "ledger_disclosure"},
                ),
            ],
        ),
    ]
