"""The calendar as it begins, read from `calendar.yml`, and what the application may do with it.

Rows are insert-only; a proposed change is updated once, when it is settled.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

from ledger.clock import now
from policy.calendar_file import seed

GRANTS = """
GRANT SELECT, INSERT ON policy_calendarrow TO totality_app;
GRANT SELECT, INSERT, UPDATE ON policy_calendarchange TO totality_app;
"""


def put_rows(apps: Any, schema_editor: Any) -> None:
    model = apps.get_model("policy", "CalendarRow")
    moment = now()
    model.objects.using(schema_editor.connection.alias).bulk_create(
        model(
            key=row.key,
            edition=row.edition,
            component=row.component,
            track=row.track,
            event=row.event,
            since=row.since,
            recorded=row.recorded,
            authority=row.authority,
            bodies=list(row.bodies),
            scope=row.scope,
            decision_types=list(row.decision_types),
            statutes=list(row.statutes),
            certainty=row.certainty,
            certainty_note=row.certainty_note,
            sources=list(row.sources),
            replaces_id=row.replaces or None,
            entered_at=moment,
        )
        for row in seed().calendar.rows
    )


class Migration(migrations.Migration):
    dependencies = [("policy", "0001_calendar")]

    operations = [
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
        migrations.RunPython(put_rows, migrations.RunPython.noop),
    ]
