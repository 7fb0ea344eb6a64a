"""Another name that a person is known by. A row stays; one that was recorded by mistake is marked withdrawn."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models.functions import Upper

from cases.models.evidence import Evidence
from cases.models.person import Person
from ledger.ids import new_id


class PersonAlias(models.Model):
    """`evidence` is the source of the name, where one is recorded; it lies in a case of the person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="aliases")
    family_name = models.CharField(max_length=100, blank=True, default="")
    given_name = models.CharField(max_length=100, blank=True, default="")
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(
                OpClass(Upper("family_name"), "text_pattern_ops"),
                OpClass(Upper("given_name"), "text_pattern_ops"),
                name="alias_name_prefix",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "family_name", "given_name"],
                condition=models.Q(withdrawn=False),
                name="alias_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """`FAMILY, Given`, as the person's own name is written."""
        return ", ".join(part for part in (self.family_name, self.given_name) if part)
