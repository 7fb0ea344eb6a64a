"""A case of one person in one office. Invariant: a person has at most one open case, held by the database."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from accounts.models import Office
from cases.models.person import Person
from ledger.ids import new_id


class CaseState(models.TextChoices):
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class Origin(models.TextChoices):
    """Where a row came from, if not from the verbs of the product."""

    RECORDED = "", "Recorded"
    DEMO = "demo", "Demonstration"


class Case(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases")
    # No index of their own where another one begins with the column, or nothing looks rows up by it: among millions
    # of rows each costs every insert, and offices and users are never deleted.
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="cases", db_index=False)
    state = models.CharField(max_length=8, choices=CaseState, default=CaseState.OPEN)
    # Where even the existence of a fact is protected (8 U.S.C. 1367, 8 CFR 208.6), other offices find
    # nothing.
    restricted = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    # Where a merge closed the case: the case that took its record.
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged_from", db_index=False
    )
    version = models.PositiveIntegerField(default=1)
    # `demo` for what `seed_demo` copied in by numbers; of those rows only the newest have entries, which say so.
    origin = models.CharField(max_length=4, choices=Origin, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(state="open"), name="one_open_case_per_person"
            ),
        ]
        indexes = [
            models.Index(fields=["office", "-id"], name="case_office"),
            models.Index(
                fields=["merged_into"],
                name="case_merged_into",
                condition=models.Q(merged_into__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Case {self.id}"
