"""Tokens of the API: one a person, shown once, kept as a digest, valid for a time.

A token has 256 random bits, so a plain SHA-256 of it says nothing; the stored row cannot be used to sign in. A new one
replaces the one before. It opens the API alone, with the rights of its person, and signing still asks for the password.
"""

from __future__ import annotations

import datetime
import hashlib
import secrets

from django.db import models, transaction

from accounts.events import TokenIssued
from accounts.models import User
from ledger.actors import Actor
from ledger.clock import now
from ledger.services import NewEntry, append

DAYS = 90
MOST_DAYS = 365


class ApiToken(models.Model):
    """The digest of a person's token."""

    user = models.OneToOneField(User, primary_key=True, on_delete=models.PROTECT, related_name="api_token")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Token of {self.user_id}, until {self.expires_at:%Y-%m-%d}"


def issue_token(*, actor: Actor, user: User, days: int = DAYS) -> str:
    """A new token of this person, in clear for the only time. The one before ends with it.

    Raises `ValueError` for a person who is not active, and for a time that is not 1 to 365 days.
    """
    if not user.is_active:
        raise ValueError(f"{user.username} is not active, so no token was made.")
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(f"A token is valid for 1 to {MOST_DAYS} days; none was made.")
    token = secrets.token_urlsafe(32)
    moment = now()
    expires_at = moment + datetime.timedelta(days=days)
    with transaction.atomic():
        ApiToken.objects.update_or_create(
            user=user,
            defaults={"digest": _digest(token), "created_at": moment, "expires_at": expires_at},
        )
        append(
            NewEntry(
                payload=TokenIssued(expires_on=expires_at.date().isoformat()),
                actor=actor,
                subject={"user": user.pk},
            )
        )
    return token


def user_of_token(token: str) -> User | None:
    """The active person of a token that is still valid; None for any other text. One query."""
    row = (
        ApiToken.objects.select_related("user")
        .filter(digest=_digest(token), expires_at__gt=now(), user__is_active=True)
        .first()
    )
    return row.user if row else None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
