"""A reminder is moved, taken and done; a notification is seen and mailed. Nobody deletes one."""

from __future__ import annotations

from django.db import migrations

GRANTS = """
REVOKE ALL ON review_reminder, review_notification FROM PUBLIC, totality_app;
GRANT SELECT, INSERT ON review_reminder, review_notification TO totality_app;
GRANT UPDATE (due_at, claimed_at, done_at, attempts) ON review_reminder TO totality_app;
GRANT UPDATE (seen_at, mailed_at) ON review_notification TO totality_app;
"""


class Migration(migrations.Migration):
    dependencies = [("review", "0010_clocks")]

    operations = [migrations.RunSQL(GRANTS, migrations.RunSQL.noop)]
