"""What was frozen of closed months: rows that are only added."""

from __future__ import annotations

from django.db import migrations, models

import ledger.ids

ONLY_GROWS = """
CREATE TRIGGER ledger_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON public.ledger_frozen_months
    FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_refuse_change();
CREATE TRIGGER ledger_only_grows_row BEFORE UPDATE OR DELETE ON public.ledger_frozen_months
    FOR EACH ROW EXECUTE FUNCTION public.ledger_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0005_next_number"),
    ]

    operations = [
        migrations.CreateModel(
            name="FrozenMonths",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ledger.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("revision", models.PositiveIntegerField()),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("first", "The months were frozen for the first time"),
                            ("erased", "A value of these months was erased by order"),
                            ("masked", "Other cases of these months are masked now"),
                            ("late", "An entry of these months was sealed only after they were frozen"),
                            ("lost", "The frozen files were lost or damaged and were made anew from the log"),
                        ],
                        max_length=6,
                    ),
                ),
                ("filter", models.JSONField(default=dict)),
                ("values", models.CharField(max_length=4)),
                ("formats", models.JSONField(default=list)),
                ("first", models.BigIntegerField()),
                ("end", models.BigIntegerField()),
                ("rows", models.BigIntegerField()),
                ("decisions", models.BigIntegerField(null=True)),
                ("erasures", models.BigIntegerField()),
                ("masked", models.CharField(max_length=64)),
                ("files", models.JSONField(default=list)),
                ("frozen_at", models.DateTimeField()),
                ("entry_id", models.UUIDField()),
            ],
            options={
                "db_table": "ledger_frozen_months",
                "constraints": [
                    models.UniqueConstraint(fields=("key", "revision"), name="frozen_months_once")
                ],
            },
        ),
        migrations.RunSQL(ONLY_GROWS, migrations.RunSQL.noop),
    ]
