"""Reminders as rows that are swept, and what people were told."""

from __future__ import annotations

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
