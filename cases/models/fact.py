"""A fact is a typed row with versions: `kind` names its type in `cases.facts`, `details` fits that type.

Support links a fact to evidence. A pin (in `assessment`) names the fact and its version; `RecordVersion`
keeps what a row was before each change, written by a trigger so that no way in can skip it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from cases.models.base import UncertainDateColumns
from cases.models.case import Case
from cases.models.evidence import Evidence
from ledger.ids import new_id


class Fact(UncertainDateColumns):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=20)
    details = models.JSONField(default=dict)
    withdrawn = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    evidence = models.ManyToManyField(Evidence, through="Support", related_name="facts")

    class Meta:
        indexes = [models.Index(fields=["case", "kind"], name="fact_case_kind")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(on_earliest__isnull=True, on_latest__isnull=True)
                | models.Q(on_earliest__lte=models.F("on_latest")),
                name="fact_on_interval",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Support(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="support")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="support")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fact", "evidence"], name="support_once")]

    def __str__(self) -> str:
        return f"{self.fact_id} rests on {self.evidence_id}"


class RecordVersion(models.Model):
    """What a row of the record was before a change. Insert-only, filled by a trigger."""

    id = models.BigAutoField(primary_key=True)
    row_kind = models.CharField(max_length=20)
    row_id = models.UUIDField()
    version = models.PositiveIntegerField()
    content = models.JSONField()
    replaced_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["row_kind", "row_id", "version"], name="record_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.row_kind} {self.row_id} version {self.version}"
