"""Reminders as rows that are swept, what people were told, and pauses of a clock."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models

from assessment.models import Decision
from ledger.ids import new_id


class ReminderKind(models.TextChoices):
    DUE = "due", "A review is due"
    OVERDUE = "overdue", "A review is overdue"
    ESCALATED = "escalated", "A review has been overdue for a working day"


class Reminder(models.Model):
    """One reminder of one version. Due by the day on which policy is judged, claimed and done at true times."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="reminders")
    version_number = models.PositiveIntegerField()
    kind = models.CharField(max_length=9, choices=ReminderKind)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "review"
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "version_number", "kind"], name="one_reminder_of_a_kind"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], name="reminder_to_send", condition=models.Q(done_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.decision_id}"


class Notification(models.Model):
    """What one person was told, with no word about the person whose case it is."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reminder = models.ForeignKey(Reminder, on_delete=models.PROTECT, related_name="notifications")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notifications")
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    # A mail waits while this is empty and the person has an address.
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "review"
        constraints = [
            models.UniqueConstraint(fields=["reminder", "user"], name="told_once"),
        ]
        indexes = [
            models.Index(
                fields=["user", "-id"], name="notification_unseen", condition=models.Q(seen_at__isnull=True)
            ),
            models.Index(
                fields=["id"], name="notification_to_mail", condition=models.Q(mailed_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reminder.kind} for {self.user_id}"


class PauseReason(models.TextChoices):
    """Why a review cannot go on. None of them tells of the outcome."""

    RECORDS = "records", "Records awaited from another agency"
    INTERPRETER = "interpreter", "Interpreter awaited"
    COUNSEL = "counsel", "Counsel asked for time"
    FACILITY = "facility", "Facility closed"
    SYSTEM = "system", "System unavailable"


class PauseEnd(models.TextChoices):
    RESUMED = "resumed", "Resumed"
    DECIDED = "decided", "Ended by the approval"
    RETURNED = "returned", "Ended by the return"


NOT_BY_THE_AUTHOR = """
IF EXISTS (
    SELECT FROM assessment_decision d
    WHERE d.id = NEW.decision_id AND (
        NEW.paused_by_id IN (d.signed_by_id, d.created_by_id) OR NEW.ended_by_id IN (d.signed_by_id, d.created_by_id)
    )
) THEN
    RAISE EXCEPTION 'four eyes: the author neither pauses nor resumes the clock' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""
BEGINNING = ("id", "decision", "version_number", "reason", "note", "paused_by", "paused_on", "at", "entry_id")
NOT_ENDED = {
    "ended_on__isnull": True,
    "ended_by__isnull": True,
    "end_entry_id__isnull": True,
    "working_days__isnull": True,
    "ended": "",
}
ENDED = {
    "ended_on__isnull": False,
    "ended_by__isnull": False,
    "end_entry_id__isnull": False,
    "working_days__isnull": False,
    "ended__in": PauseEnd.values,
}


class Pause(models.Model):
    """A time in which the clock of a review stood still. Days are those by which policy is judged, times are true.

    Its beginning stays as it was written, and its end is written once.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="pauses")
    version_number = models.PositiveIntegerField()
    reason = models.CharField(max_length=11, choices=PauseReason)
    note = models.TextField()
    paused_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    paused_on = models.DateField()
    at = models.DateTimeField()
    entry_id = models.UUIDField(unique=True)
    ended = models.CharField(max_length=8, choices=PauseEnd, blank=True, default="")
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    ended_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # By so many the due date moved.
    working_days = models.PositiveIntegerField(null=True, blank=True)
    end_entry_id = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        app_label = "review"
        constraints = [
            models.UniqueConstraint(
                fields=["decision"], name="one_open_pause", condition=models.Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, **NOT_ENDED)
                | models.Q(ended_at__isnull=False, **ENDED),
                name="pause_ends_whole",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="four_eyes_pause",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=NOT_BY_THE_AUTHOR,
            ),
            pgtrigger.ReadOnly(name="pause_begins_once", fields=list(BEGINNING)),
            pgtrigger.Protect(
                name="pause_ends_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_at__isnull=False),
            ),
            pgtrigger.Protect(name="pause_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Pause of {self.decision_id}"
