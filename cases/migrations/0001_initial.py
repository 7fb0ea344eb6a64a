import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import ledger.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_rights"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ledger.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("layout", models.CharField(max_length=20)),
                ("file_name", models.CharField(max_length=200)),
                ("file_digest", models.CharField(max_length=64)),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("state", models.CharField(default="running", max_length=12)),
                ("read", models.PositiveIntegerField(default=0)),
                ("imported", models.PositiveIntegerField(default=0)),
                ("unchanged", models.PositiveIntegerField(default=0)),
                ("rejected", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ledger.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("closed", "Closed")], default="open", max_length=8
                    ),
                ),
                ("restricted", models.BooleanField(default=False)),
                ("opened_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="accounts.office",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Encounter",
            fields=[
                ("on_earliest", models.DateField(blank=True, null=True)),
                ("on_latest", models.DateField(blank=True, null=True)),
                ("on_precision", models.CharField(blank=True, default="", max_length=5)),
                ("on_certainty", models.CharField(blank=True, default="", max_length=6)),
                ("on_words", models.CharField(blank=True, default="", max_length=80)),
                (
                    "id",
                    models.UUIDField(
                        default=ledger.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(default="arrest", max_length=20)),
                ("custody", models.CharField(blank=True, default="", max_length=20)),
                ("site", models.CharField(blank=True, default="", max_length=200)),
                ("detention_facility", models.CharField(blank=True, default="", max_length=200)),
                ("detention_place", models.CharField(blank=True, default="", max_length=200)),
                ("detainer_facility", models.CharField(blank=True, default="", max_length=200)),
                ("referral_source", models.CharField(blank=True, default="", max_length=30)),
                ("source_relation", models.CharField(blank=True, default="", max_length=30)),
                ("layout", models.CharField(blank=True, default="", max_length=20)),
                ("import_key", models.CharField(blank=True, default="", max_length=400)),
                ("content_digest", models.BinaryField(max_length=32, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="encounters",
                        to="cases.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ledger.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=30)),
                ("source", models.CharField(max_length=200)),
                ("source_relation", models.CharField(max_length=30)),
                ("caption", models.CharField(blank=True, default="", max_length=400)),
                ("information_date", models.DateField(blank=True, null=True)),
                ("obtained_on", models.DateField()),
                ("reviewed_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="cases.case"
                    ),
                ),
                (
                    "obtained_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Fact",
            fields=[
                ("on_earliest", models.DateField(blank=True, null=True)),
                ("on_latest", models.DateField(blank=True, null=True)),
                ("on_precision", models.CharField(blank=True, default="", max_length=5)),
                ("on_certainty", models.CharField(blank=True, default="", max_length=6)),
                ("on_words", models.CharField(blank=True, default="", max_length=80)),
                (
                    "id",
                    models.UUIDField(
                        default=ledger.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("details", models.JSONField(default=dict)),
                ("withdrawn", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="facts", to="cases.case"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LaterOutcome",
            fields=[
                ("on_earliest", models.DateField(blank=True, null=True)),
                ("on_latest", models.DateField(blank=True, null=True)),
                ("on_precision", models.CharField(blank=True, default="", max_length=5)),
                ("on_certainty", models.CharField(blank=True, default="", max_length=6)),
                ("on_words", models.CharField(blank=True, default="", max_length=80)),
                (
                    "id",
                    models.UUIDField(
                        default=ledger.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("status", models.CharField(max_length=60)),
                ("encounter_version", models.PositiveIntegerField(default=1)),
                (
                    "encounter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcomes",
                        to="cases.encounter",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ledger.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("family_name", models.CharField(blank=True, default="", max_length=100)),
                ("given_name", models.CharField(blank=True, default="", max_length=100)),
                ("birth_earliest", models.DateField(blank=True, null=True)),
                ("birth_latest", models.DateField(blank=True, null=True)),
                ("birth_precision", models.CharField(blank=True, default="", max_length=5)),
                ("birth_certainty", models.CharField(blank=True, default="", max_length=6)),
                ("birth_words", models.CharField(blank=True, default="", max_length=80)),
                ("version", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Upper("family_name"), "text_pattern_ops"
                        ),
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Upper("given_name"), "text_pattern_ops"
                        ),
                        name="person_name_prefix",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("birth_earliest__isnull", True), ("birth_latest__isnull", True)),
                            ("birth_earliest__lte", models.F("birth_latest")),
                            _connector="OR",
                        ),
                        name="person_birth_interval",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="case",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="cases.person"
            ),
        ),
        migrations.CreateModel(
            name="PersonIdentifier",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ledger.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("a_number", "A-number"),
                            ("source_id", "Source id"),
                            ("fbi_ucn", "FBI UCN"),
                            ("fin", "Fingerprint id"),
                            ("state_id", "State id"),
                        ],
                        max_length=12,
                    ),
                ),
                ("namespace", models.CharField(blank=True, default="", max_length=20)),
                ("value", models.CharField(max_length=60)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="identifiers",
                        to="cases.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecordRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ledger.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("record_kind", models.CharField(max_length=30)),
                ("asked_of", models.CharField(blank=True, default="", max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To be requested"),
                            ("requested", "Requested"),
                            ("obtained", "Obtained"),
                            ("unavailable", "Could not be had"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("requested_on", models.DateField(blank=True, null=True)),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("unavailable_reason", models.CharField(blank=True, default="", max_length=40)),
                ("note", models.CharField(blank=True, default="", max_length=400)),
                ("version", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="record_requests",
                        to="cases.case",
                    ),
                ),
                (
                    "encounter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="record_requests",
                        to="cases.encounter",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecordVersion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("row_kind", models.CharField(max_length=20)),
                ("row_id", models.UUIDField()),
                ("version", models.PositiveIntegerField()),
                ("content", models.JSONField()),
                ("replaced_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("row_kind", "row_id", "version"), name="record_version_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceLabel",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ledger.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("code", models.CharField(blank=True, default="", max_length=20)),
                ("text", models.CharField(max_length=200)),
                ("group", models.CharField(blank=True, default="", max_length=120)),
                ("encounter_version", models.PositiveIntegerField(default=1)),
                (
                    "encounter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="labels",
                        to="cases.encounter",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StatusRecord",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ledger.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "charges",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                ("charge_other", models.CharField(blank=True, default="", max_length=120)),
                ("immigration_status", models.CharField(blank=True, default="", max_length=40)),
                ("citizenship_claim", models.CharField(blank=True, default="", max_length=10)),
                ("citizenship_looked", models.CharField(blank=True, default="", max_length=20)),
                (
                    "citizenship_indicia",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                ("minor_check", models.CharField(blank=True, default="", max_length=20)),
                ("section_1367_check", models.CharField(blank=True, default="", max_length=20)),
                ("fear_of_return", models.CharField(blank=True, default="", max_length=20)),
                ("representative", models.CharField(blank=True, default="", max_length=20)),
                ("representative_name", models.CharField(blank=True, default="", max_length=200)),
                ("referral_source", models.CharField(blank=True, default="", max_length=30)),
                ("source_relation", models.CharField(blank=True, default="", max_length=30)),
                ("complete", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField()),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="status", to="cases.case"
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AlienageBasis",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ledger.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("basis", models.CharField(max_length=40)),
                (
                    "evidence",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.evidence",
                    ),
                ),
                (
                    "status",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bases",
                        to="cases.statusrecord",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Support",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ledger.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="support",
                        to="cases.evidence",
                    ),
                ),
                (
                    "fact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="support", to="cases.fact"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="fact",
            name="evidence",
            field=models.ManyToManyField(related_name="facts", through="cases.Support", to="cases.evidence"),
        ),
        migrations.AddConstraint(
            model_name="encounter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("import_key", ""), _negated=True),
                fields=("layout", "import_key"),
                name="encounter_import_identity",
            ),
        ),
        migrations.AddConstraint(
            model_name="encounter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("on_earliest__isnull", True), ("on_latest__isnull", True)),
                    ("on_earliest__lte", models.F("on_latest")),
                    _connector="OR",
                ),
                name="encounter_on_interval",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["office", "-id"], name="case_office"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("person",), name="one_open_case_per_person"
            ),
        ),
        migrations.AddIndex(
            model_name="personidentifier",
            index=models.Index(fields=["value"], name="identifier_value"),
        ),
        migrations.AddConstraint(
            model_name="personidentifier",
            constraint=models.UniqueConstraint(
                fields=("kind", "namespace", "value"), name="identifier_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="recordrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "requested", "obtained", "unavailable"])),
                name="record_request_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="alienagebasis",
            constraint=models.UniqueConstraint(
                fields=("status", "basis", "evidence"), name="alienage_basis_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="support",
            constraint=models.UniqueConstraint(fields=("fact", "evidence"), name="support_once"),
        ),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(fields=["case", "kind"], name="fact_case_kind"),
        ),
        migrations.AddConstraint(
            model_name="fact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("on_earliest__isnull", True), ("on_latest__isnull", True)),
                    ("on_earliest__lte", models.F("on_latest")),
                    _connector="OR",
                ),
                name="fact_on_interval",
            ),
        ),
    ]
