"""Evidence: what a fact rests on, by kind and source. Kinds and relations are codes of the edition."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from cases.models.case import Case
from ledger.ids import new_id


class Picture(models.TextChoices):
    """Whether it is a picture or recording, and whether that shows what may never be a factor. Empty: nobody said."""

    NONE = "none", "No: a document, or a scan of one"
    ORDINARY = (
        "ordinary",
        "Yes, and it shows no protest, worship, press work, petition or other protected activity",
    )
    PROTECTED = "protected", "Yes, and it shows such an activity"


class Evidence(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=30)
    source = models.CharField(max_length=200)
    source_relation = models.CharField(max_length=30)
    caption = models.CharField(max_length=400, blank=True, default="")
    picture = models.CharField(max_length=9, choices=Picture, blank=True, default="", db_default="")
    # The day of the information itself, and when we had it; the first may be unknown.
    information_date = models.DateField(null=True, blank=True)
    obtained_on = models.DateField()
    obtained_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reviewed_on = models.DateField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind}: {self.source}"
