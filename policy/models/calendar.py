"""The calendar as a table, and the changes by which it grows.

Invariants, held by the database as well as by the services: a row is never changed or removed, a correction is a new
row that names the one it replaces; a row comes in by a change that a second person activated, or with the set-up of the
database; a change that is settled stays as it is. People are kept as text, so that accounts may change and this stays.
"""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import MD5, Cast

from ledger.ids import new_id


class ChangeState(models.TextChoices):
    PROPOSED = "proposed", "Proposed"
    ACTIVATED = "activated", "Activated"
    DISCARDED = "discarded", "Discarded"


class CalendarChange(models.Model):
    """Rows that one person proposes. They count from the moment at which another one activates them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    rows = models.JSONField()
    reason = models.CharField(max_length=400)
    state = models.CharField(max_length=9, choices=ChangeState, default=ChangeState.PROPOSED)
    proposed_by = models.CharField(max_length=64)
    proposed_name = models.CharField(max_length=200)
    proposed_at = models.DateTimeField()
    settled_by = models.CharField(max_length=64, blank=True, default="")
    settled_name = models.CharField(max_length=200, blank=True, default="")
    settled_at = models.DateTimeField(null=True, blank=True)
    # Why the second person did not activate it, or why it was taken back.
    settled_reason = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                MD5(Cast("rows", models.TextField())),
                condition=models.Q(state="proposed"),
                name="calendar_change_once",
                violation_error_message="The same change of the calendar waits already.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="activated")
                | (~models.Q(settled_by="") & ~models.Q(settled_by=models.F("proposed_by"))),
                name="calendar_change_by_two",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="calendar_change_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="calendar_change_is_settled_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state <> 'proposed' OR OLD.rows <> NEW.rows OR OLD.reason <> NEW.reason"
                    " OR OLD.proposed_by <> NEW.proposed_by OR OLD.proposed_at <> NEW.proposed_at"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Calendar change of {self.proposed_at:%Y-%m-%d} ({self.state})"


class CalendarRow(models.Model):
    """One event of the calendar; the fields mean what they mean in `policy.calendar.Row`."""

    key = models.CharField(primary_key=True, max_length=60)
    edition = models.CharField(max_length=10)
    component = models.CharField(max_length=4)
    track = models.CharField(max_length=100)
    event = models.CharField(max_length=20)
    since = models.DateField()
    recorded = models.DateField()
    authority = models.CharField(max_length=400)
    bodies = ArrayField(models.CharField(max_length=10), default=list)
    scope = models.CharField(max_length=600, blank=True, default="")
    decision_types = ArrayField(models.CharField(max_length=30), default=list)
    statutes = ArrayField(models.CharField(max_length=60), default=list)
    certainty = models.CharField(max_length=10)
    certainty_note = models.CharField(max_length=600, blank=True, default="")
    # Keys of the citations in `calendar.yml`, or sources in words.
    sources = ArrayField(models.CharField(max_length=200), default=list)
    # Nobody corrects one row in two ways: the second correction corrects the first.
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by", db_column="replaces"
    )
    # The true time at which it came into this database; `recorded` is the day on which it could be known.
    entered_at = models.DateTimeField()
    change = models.ForeignKey(CalendarChange, null=True, on_delete=models.PROTECT, related_name="activated")

    class Meta:
        triggers = [
            pgtrigger.Protect(name="calendar_only_grows", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="calendar_grows_by_two_people",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.change_id IS NULL THEN
                        IF current_user <> (
                            SELECT tableowner FROM pg_catalog.pg_tables
                            WHERE schemaname = TG_TABLE_SCHEMA AND tablename = TG_TABLE_NAME
                        ) THEN
                            RAISE EXCEPTION 'a row of the calendar needs a change that two people made';
                        END IF;
                    ELSIF NOT EXISTS (
                        SELECT FROM policy_calendarchange WHERE id = NEW.change_id AND state = 'activated'
                    ) THEN
                        RAISE EXCEPTION 'the change of this row of the calendar is not activated';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.event} from {self.since}"
