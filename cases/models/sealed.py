"""A sealed note: that there is one, on which coded ground, and what a supervisor ruled. What it says is not here.

Text and statute lie in the schema `protected`; a statute alone would tell of an asylum claim. Invariants, held by the
database: whoever confirms did not write it; a detail is ruled on by nobody; a reading is never changed.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from ledger.ids import new_id


class NoteGround(models.TextChoices):
    """What a note is for. A detail holds words that tell of a filing which the law keeps confidential."""

    RELIEF = "ground_of_relief", "Ground of a relief"
    BIAS = "bias_motive", "Motive of bias in an offense"
    BENEFIT = "element_of_benefit", "Element of a status or benefit"
    DETAIL = "restricted_detail", "Restricted detail"


class NoteState(models.TextChoices):
    OPEN = "open", "Not yet confirmed"
    CONFIRMED = "confirmed", "Confirmed"
    NOT_CONFIRMED = "not_confirmed", "Not confirmed"


class ReadingPurpose(models.TextChoices):
    """Why a note may be opened; nothing else is a purpose."""

    REVIEW = "review", "Review: to rule on the note"
    RELIEF = "relief", "Relief or benefit: to work on the filing"
    CHARGING = "charging_document", "Charging document"
    TRAVEL = "travel_document", "Travel document"
    CONSULAR = "consular_notice", "Consular notice"


class SealedNote(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sealed_notes")
    ground = models.CharField(max_length=20, choices=NoteGround)
    # Tells notes apart and proves what was written, under the product's own key.
    content_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=14, choices=NoteState, default=NoteState.OPEN)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ruled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ground__in=NoteGround.values), name="sealed_note_ground"),
            models.CheckConstraint(
                condition=Q(state="open", ruled_by__isnull=True)
                | (
                    Q(
                        state__in=("confirmed", "not_confirmed"),
                        ruled_by__isnull=False,
                        ruled_at__isnull=False,
                    )
                    & ~Q(ruled_by=F("written_by"))
                    & ~Q(ground="restricted_detail")
                ),
                name="sealed_note_ruled_by_another",
            ),
        ]
        indexes = [models.Index(fields=["case"], name="sealed_note_of_case")]

    def __str__(self) -> str:
        return NoteGround(self.ground).label


class SealedReading(models.Model):
    """One reading of a note. `entry` is the entry of the log that opened the door."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    note = models.ForeignKey(SealedNote, on_delete=models.PROTECT, related_name="readings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, choices=ReadingPurpose)
    at = models.DateTimeField()
    entry = models.UUIDField()

    def __str__(self) -> str:
        return f"{self.note_id} read"
