"""An encounter (an arrest or another meeting), what a source labelled it with, and what became of it later.

A label is somebody else's word: it can be read, never pinned. A later outcome is history, never an input.
"""

from __future__ import annotations

from django.db import models

from cases.models.base import UncertainDateColumns
from cases.models.case import Case
from ledger.ids import new_id

CUSTODY = {"": "Not recorded", "at_large": "At large", "custodial": "In custody"}


class Encounter(UncertainDateColumns):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="encounters")
    kind = models.CharField(max_length=20, default="arrest")
    custody = models.CharField(max_length=20, blank=True, default="")
    site = models.CharField(max_length=200, blank=True, default="")
    detention_facility = models.CharField(max_length=200, blank=True, default="")
    detention_place = models.CharField(max_length=200, blank=True, default="")
    detainer_facility = models.CharField(max_length=200, blank=True, default="")
    referral_source = models.CharField(max_length=30, blank=True, default="")
    source_relation = models.CharField(max_length=30, blank=True, default="")
    # Identity of an imported row: layout, source person id, date, site, ordinal among equals.
    layout = models.CharField(max_length=20, blank=True, default="")
    import_key = models.CharField(max_length=400, blank=True, default="")
    content_digest = models.BinaryField(max_length=32, null=True)
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["layout", "import_key"],
                condition=~models.Q(import_key=""),
                name="encounter_import_identity",
            ),
            models.CheckConstraint(
                condition=models.Q(on_earliest__isnull=True, on_latest__isnull=True)
                | models.Q(on_earliest__lte=models.F("on_latest")),
                name="encounter_on_interval",
            ),
        ]
        # Oversight pages through imported actions by their day.
        indexes = [
            models.Index(
                fields=["on_earliest", "id"], name="imported_by_day", condition=~models.Q(layout="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on or 'on an unknown day'}"


class SourceLabel(models.Model):
    """A charge or category as the source wrote it: `kind` is `charge`, `criminality` or `special`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="labels")
    kind = models.CharField(max_length=12)
    code = models.CharField(max_length=20, blank=True, default="")
    text = models.CharField(max_length=200)
    group = models.CharField(max_length=120, blank=True, default="")
    # The version of the encounter that brought the label: a changed row keeps its earlier labels.
    encounter_version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.text


class LaterOutcome(UncertainDateColumns):
    """What the source says happened afterwards. Kept as an outcome; no decision can pin it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="outcomes")
    status = models.CharField(max_length=60)
    encounter_version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.status
