"""Rights of the application's role on accounts and on the tables of the libraries beside them.

New tables give the application SELECT and INSERT only; what must change or go is granted here, table by table.
"""

from __future__ import annotations

from django.db import migrations

GRANTS = """
GRANT SELECT, INSERT, UPDATE, DELETE ON django_session TO totality_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON axes_accessattempt TO totality_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON axes_accessattemptexpiration TO totality_app;
GRANT SELECT, INSERT ON axes_accesslog TO totality_app;
GRANT SELECT, INSERT ON axes_accessfailurelog TO totality_app;
GRANT SELECT, INSERT ON accounts_office TO totality_app;
GRANT SELECT, INSERT, UPDATE ON accounts_user TO totality_app;
GRANT SELECT ON django_migrations TO totality_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("sessions", "0001_initial"),
        ("axes", "0010_accessattemptexpiration"),
    ]

    operations = [migrations.RunSQL(GRANTS, migrations.RunSQL.noop)]
