"""The entry's columns as an ordinary Django model, and once more with a global hash chain. No table of the product."""

from __future__ import annotations

from django.db import models


class Row(models.Model):
    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    policy_date = models.DateField()
    event = models.TextField()
    kind = models.TextField()
    actor_id = models.TextField()
    actor_name = models.TextField()
    actor_role = models.TextField()
    actor_office = models.TextField()
    case_id = models.UUIDField(null=True)
    assessment_id = models.UUIDField(null=True)
    decision_id = models.UUIDField(null=True)
    request = models.TextField()
    data = models.JSONField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.id)


class Plain(Row):
    class Meta:
        app_label = "ledger"
        managed = False
        db_table = "bench_plain"


class Chained(Row):
    number = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        app_label = "ledger"
        managed = False
        db_table = "bench_chain"
