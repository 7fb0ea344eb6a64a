"""Absences of supervisors, with dates and whoever covers; views of the queue that a supervisor keeps."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from ledger.ids import new_id


class Absence(models.Model):
    """Both days are included. A change of plans ends it early (`ended_at`); the row stays."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences")
    # Whoever takes what was given to the person; without one, anybody of the office may.
    cover = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="covers"
    )
    starts = models.DateField()
    ends = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "review"
        indexes = [models.Index(fields=["person", "ends"], name="absence_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("starts")), name="absence_ends_later"
            ),
            models.CheckConstraint(
                condition=models.Q(cover__isnull=True) | ~models.Q(cover=models.F("person")),
                name="absence_covered_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} from {self.starts} to {self.ends}"


class SavedView(models.Model):
    """A filter of the queue under a name, for the person who keeps it and nobody else.

    `address` is the filter as the queue's address has it. It names no person of a case, because no filter does.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="saved_views")
    name = models.CharField(max_length=60)
    address = models.CharField(max_length=500)
    saved_at = models.DateTimeField()
    # When the next mail tells how many it lists (`desk.digest`); empty while none was asked for.
    mail_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "review"
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="one_view_of_a_name")]
        indexes = [
            models.Index(fields=["mail_at"], name="view_to_mail", condition=models.Q(mail_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name
