"""Status and removability of the person of a case: coded answers only.

Country of birth, citizenship, language and sex, when entered by hand, go through `gate` into `protected`;
what comes back to decision pages is a coded statement, kept nowhere here.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from cases.models.case import Case
from cases.models.evidence import Evidence
from ledger.ids import new_id


class StatusRecord(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="status")
    charges = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    # The statute as typed, when the edition's list does not hold the charge.
    charge_other = models.CharField(max_length=120, blank=True, default="")
    immigration_status = models.CharField(max_length=40, blank=True, default="")
    citizenship_claim = models.CharField(max_length=10, blank=True, default="")
    # Each answer below is looked / looked and found nothing / did not look, never one blank for all three.
    citizenship_looked = models.CharField(max_length=20, blank=True, default="")
    citizenship_indicia = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    minor_check = models.CharField(max_length=20, blank=True, default="")
    section_1367_check = models.CharField(max_length=20, blank=True, default="")
    fear_of_return = models.CharField(max_length=20, blank=True, default="")
    representative = models.CharField(max_length=20, blank=True, default="")
    representative_name = models.CharField(max_length=200, blank=True, default="")
    referral_source = models.CharField(max_length=30, blank=True, default="")
    source_relation = models.CharField(max_length=30, blank=True, default="")
    complete = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"Status of {self.case_id}"


class AlienageBasis(models.Model):
    """One basis on which alienage rests, with the evidence for it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    status = models.ForeignKey(StatusRecord, on_delete=models.CASCADE, related_name="bases")
    basis = models.CharField(max_length=40)
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["status", "basis", "evidence"], nulls_distinct=False, name="alienage_basis_once"
            ),
        ]

    def __str__(self) -> str:
        return self.basis
