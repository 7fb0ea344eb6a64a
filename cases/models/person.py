"""A noncitizen, and the identifiers that sources know the person by.

Invariants: identifiers are rows and never the primary key; an A-number belongs to one person; nothing
protected is here: country of birth, citizenship, language and sex lie in the schema `protected`, which this
code cannot read.
"""

from __future__ import annotations

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models.functions import Upper

from cases.dates import Certainty, Precision, UncertainDate
from ledger.ids import new_id


class Person(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    family_name = models.CharField(max_length=100, blank=True, default="")
    given_name = models.CharField(max_length=100, blank=True, default="")
    birth_earliest = models.DateField(null=True, blank=True)
    birth_latest = models.DateField(null=True, blank=True)
    birth_precision = models.CharField(max_length=5, blank=True, default="")
    birth_certainty = models.CharField(max_length=6, blank=True, default="")
    birth_words = models.CharField(max_length=80, blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                OpClass(Upper("family_name"), "text_pattern_ops"),
                OpClass(Upper("given_name"), "text_pattern_ops"),
                name="person_name_prefix",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(birth_earliest__isnull=True, birth_latest__isnull=True)
                | models.Q(birth_earliest__lte=models.F("birth_latest")),
                name="person_birth_interval",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Family name, given name; an extract without names gives `Name not recorded`."""
        parts = [part for part in (self.family_name, self.given_name) if part]
        return ", ".join(parts) or "Name not recorded"

    @property
    def birth(self) -> UncertainDate | None:
        if self.birth_earliest is None or self.birth_latest is None:
            return None
        return UncertainDate(
            self.birth_earliest,
            self.birth_latest,
            Precision(self.birth_precision),
            Certainty(self.birth_certainty),
            self.birth_words,
        )

    @birth.setter
    def birth(self, value: UncertainDate | None) -> None:
        self.birth_earliest = value.earliest if value else None
        self.birth_latest = value.latest if value else None
        self.birth_precision = value.precision if value else ""
        self.birth_certainty = value.certainty if value else ""
        self.birth_words = value.words[:80] if value else ""


class IdentifierKind(models.TextChoices):
    A_NUMBER = "a_number", "A-number"
    SOURCE_ID = "source_id", "Source id"
    FBI = "fbi_ucn", "FBI UCN"
    FINGERPRINT = "fin", "Fingerprint id"
    STATE_ID = "state_id", "State id"


class PersonIdentifier(models.Model):
    """`value` is normalised (`A012345678`); a source id carries its layout in `namespace`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=12, choices=IdentifierKind)
    namespace = models.CharField(max_length=20, blank=True, default="")
    value = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "namespace", "value"], name="identifier_unique"),
        ]
        indexes = [models.Index(fields=["value"], name="identifier_value")]

    def __str__(self) -> str:
        if self.kind == IdentifierKind.A_NUMBER and len(self.value) == 10:
            return f"{self.value[:4]}-{self.value[4:7]}-{self.value[7:]}"
        return self.value
