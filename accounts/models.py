"""People who use the product, and their offices. One person has one role and one office.

Invariants: an account is never deleted (its id stands in the log); a demo account cannot be active in production.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from ledger.actors import Actor
from ledger.ids import new_id

UNASSIGNED = "unassigned"


class Role(models.TextChoices):
    OFFICER = "officer", "Officer"
    SUPERVISOR = "supervisor", "Supervisor"
    AUDITOR = "auditor", "Auditor"
    REVIEWER = "reviewer", "Case reviewer"
    POLICY = "policy", "Policy manager"
    PRIVACY = "privacy", "Privacy officer"
    ADMIN = "admin", "Administrator"


class Office(models.Model):
    """A field office. `key` is what commands and exports use; `unassigned` holds imported cases of no office."""

    key = models.SlugField(primary_key=True, max_length=40)
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class OfficeZone(models.Model):
    """The time zone in which an office reads its clocks, as an IANA name. The row recorded last counts; each stays."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="zones")
    zone = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["office", "id"], name="zone_of_office")]

    def __str__(self) -> str:
        return f"{self.office_id}: {self.zone}"


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> models.QuerySet[User]:
        """The office comes along: every page names it beside the person."""
        return super().get_queryset().select_related("office")

    def create_user(
        self,
        *,
        username: str,
        password: str,
        full_name: str,
        role: str,
        office: Office,
        is_demo: bool = False,
    ) -> User:
        user = User(username=username, full_name=full_name, role=role, office=office, is_demo=is_demo)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=60, unique=True)
    full_name = models.CharField(max_length=120)
    role = models.CharField(max_length=12, choices=Role)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="users")
    # Reminders without a word about a case go here; empty for none.
    email = models.EmailField(blank=True, default="")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    # Sign-ins are entries of the log, so the row needs no write at sign-in.
    last_login = None

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name", "role"]

    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return f"{self.full_name} ({self.get_role_display()}, {self.office_id})"

    def actor(self) -> Actor:
        return Actor(id=str(self.id), name=self.full_name, role=self.role, office=self.office_id)


class Training(models.Model):
    """One completed training. A correction is a newer row; the newest of a course and edition counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="trainings")
    course = models.CharField(max_length=120)
    edition_key = models.CharField(max_length=10)
    completed_on = models.DateField()
    expires_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "edition_key", "-id"], name="training_of_user")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_on__gt=models.F("completed_on")), name="training_expires_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course}, until {self.expires_on}"
