"""The contents with which a database begins are those of its release, in force at once; from then on it takes two people.

Contents and activations are insert-only; a proposal is updated once, when it is settled.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

from ledger.clock import now
from policy.editions import available, load

GRANTS = """
GRANT SELECT, INSERT ON policy_editioncontent, policy_editionactivation TO totality_app;
GRANT USAGE ON SEQUENCE policy_editionactivation_id_seq TO totality_app;
GRANT SELECT, INSERT, UPDATE ON policy_editionproposal TO totality_app;
"""


def put_contents(apps: Any, schema_editor: Any) -> None:
    alias, moment = schema_editor.connection.alias, now()
    contents = apps.get_model("policy", "EditionContent")
    activations = apps.get_model("policy", "EditionActivation")
    for key in available():
        edition = load(key)
        kept = contents.objects.using(alias).create(
            content_digest=edition.content_digest,
            rules_digest=edition.rules_digest,
            edition=key,
            content=edition.content_bytes.decode(),
            kept_at=moment,
        )
        activations.objects.using(alias).create(edition=key, content=kept, activated_at=moment)


class Migration(migrations.Migration):
    dependencies = [("policy", "0003_contents")]

    operations = [
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
        migrations.RunPython(put_contents, migrations.RunPython.noop),
    ]
