"""An export as a job, and filters that a person keeps. The row is the whole state: nothing relies on a broker.

A job that runs is held by its heartbeat. Whoever claims it raises `attempts`, so that a worker that was thought dead
and comes back finds that the job is no longer its own.
"""

from __future__ import annotations

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models

from ledger.actors import Actor
from ledger.exports.files import Values
from ledger.exports.scope import Scope, from_data, words_of
from ledger.ids import new_id


class ExportState(models.TextChoices):
    WAITING = "waiting", "Waiting for a worker"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"
    EXPIRED = "expired", "Expired, file removed"


ENDED = (ExportState.DONE, ExportState.FAILED, ExportState.CANCELLED, ExportState.EXPIRED)
UNDER_WAY = (ExportState.WAITING, ExportState.RUNNING)


class Export(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    actor_id = models.TextField()
    actor_name = models.TextField()
    actor_role = models.TextField()
    actor_office = models.TextField()
    purpose = models.TextField()
    filter = models.JSONField(default=dict)
    values = models.CharField(max_length=4, default=Values.OPEN.value)
    formats = ArrayField(models.CharField(max_length=7), default=list)
    since_size = models.BigIntegerField(default=0)
    # The entry that tells of the request; when it is sealed, so is everything before it.
    entry_id = models.UUIDField()
    state = models.CharField(max_length=9, choices=ExportState, default=ExportState.WAITING)
    requested_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    # Thousandths of the whole, so that progress is a whole number.
    share = models.PositiveSmallIntegerField(default=0)
    rows_done = models.BigIntegerField(default=0)
    rows_all = models.BigIntegerField(null=True)
    first = models.BigIntegerField(null=True)
    end = models.BigIntegerField(null=True)
    tree_size = models.BigIntegerField(null=True)
    included = models.BigIntegerField(null=True)
    file_name = models.TextField(default="")
    bytes = models.BigIntegerField(null=True)
    sha256 = models.CharField(max_length=64, default="")
    # What went wrong and what to do, for the person who asked.
    trouble = models.TextField(default="")

    class Meta:
        db_table = "ledger_export"
        indexes = [
            models.Index(
                fields=["due_at"], name="export_open", condition=models.Q(state__in=["waiting", "running"])
            ),
            models.Index(fields=["expires_at"], name="export_done", condition=models.Q(state="done")),
        ]

    def __str__(self) -> str:
        return f"Export {self.id} ({self.state})"

    @property
    def actor(self) -> Actor:
        return Actor(self.actor_id, self.actor_name, self.actor_role, self.actor_office)

    @property
    def scope(self) -> Scope:
        return from_data(self.filter)

    @property
    def words(self) -> str:
        """The filter as a sentence."""
        return words_of(self.filter)

    @property
    def percent(self) -> int:
        return self.share // 10

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def time_left(self) -> timedelta | None:
        """At the pace so far; None while too little is done to tell."""
        if (
            self.state != ExportState.RUNNING
            or not (self.claimed_at and self.heartbeat_at)
            or self.share < 20
        ):
            return None
        passed = self.heartbeat_at - self.claimed_at
        return timedelta(seconds=round(passed.total_seconds() * (1000 - self.share) / self.share))

    @property
    def rows_a_second(self) -> int | None:
        """Rows of the file that is written now, a second since the start."""
        if self.state != ExportState.RUNNING or not (self.claimed_at and self.heartbeat_at and self.rows_all):
            return None
        passed = (self.heartbeat_at - self.claimed_at).total_seconds()
        return round(self.rows_all * self.share / 1000 / passed) if passed > 1 else None


class SavedScope(models.Model):
    """A filter under a name, for its owner alone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner_id = models.TextField()
    name = models.CharField(max_length=80)
    filter = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "ledger_saved_scope"
        constraints = [models.UniqueConstraint(fields=["owner_id", "name"], name="saved_scope_once")]

    def __str__(self) -> str:
        return self.name
