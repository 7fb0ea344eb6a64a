"""One run of an import. An unfinished run is a row that the next run closes as interrupted."""

from __future__ import annotations

from django.db import models

from ledger.ids import new_id


class ImportRun(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    layout = models.CharField(max_length=20)
    file_name = models.CharField(max_length=200)
    file_digest = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=12, default="running")
    read = models.PositiveIntegerField(default=0)
    imported = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.layout} {self.file_name} ({self.state})"
