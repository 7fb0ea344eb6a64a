"""Columns that several rows of the record share."""

from __future__ import annotations

from django.db import models

from cases.dates import Certainty, Precision, UncertainDate


class UncertainDateColumns(models.Model):
    """An uncertain date `on`, in five columns; all empty when nothing is known."""

    on_earliest = models.DateField(null=True, blank=True)
    on_latest = models.DateField(null=True, blank=True)
    on_precision = models.CharField(max_length=5, blank=True, default="")
    on_certainty = models.CharField(max_length=6, blank=True, default="")
    on_words = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        abstract = True

    @property
    def on(self) -> UncertainDate | None:
        if self.on_earliest is None or self.on_latest is None:
            return None
        return UncertainDate(
            self.on_earliest,
            self.on_latest,
            Precision(self.on_precision),
            Certainty(self.on_certainty),
            self.on_words,
        )

    @on.setter
    def on(self, value: UncertainDate | None) -> None:
        self.on_earliest = value.earliest if value else None
        self.on_latest = value.latest if value else None
        self.on_precision = value.precision if value else ""
        self.on_certainty = value.certainty if value else ""
        self.on_words = value.words[:80] if value else ""
