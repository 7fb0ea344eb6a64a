"""What protects a person, as a row: who set it and who took it off. Setting is immediate; clearing takes two.

Invariants, held by the database: one standing flag a kind and case; whoever confirms a clearing did not ask for
it; a case that 8 U.S.C. 1367 or 8 CFR 208.6 protects stays restricted while such a flag stands.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.models.evidence import Evidence
from ledger.ids import new_id


class FlagKind(models.TextChoices):
    SECTION_1367 = "section_1367", "Protected by 8 U.S.C. 1367"
    ASYLUM_208_6 = "asylum_208_6", "Confidential under 8 CFR 208.6"
    JUVENILE = "juvenile", "Juvenile, or may be one"


RESTRICTING = frozenset({FlagKind.SECTION_1367, FlagKind.ASYLUM_208_6})


class CaseFlag(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="flags")
    kind = models.CharField(max_length=16, choices=FlagKind)
    reason = models.CharField(max_length=400)
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="+")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    clear_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    clear_asked_at = models.DateTimeField(null=True)
    clear_reason = models.CharField(max_length=400, blank=True, default="")
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(cleared_at__isnull=True), name="one_standing_flag_a_kind"
            ),
            models.CheckConstraint(condition=Q(kind__in=FlagKind.values), name="flag_kind"),
            models.CheckConstraint(
                condition=Q(cleared_at__isnull=True, cleared_by__isnull=True)
                | (
                    Q(cleared_at__isnull=False, cleared_by__isnull=False, clear_asked_by__isnull=False)
                    & ~Q(cleared_by=F("clear_asked_by"))
                ),
                name="flag_cleared_by_two",
            ),
        ]

    def __str__(self) -> str:
        return FlagKind(self.kind).label
