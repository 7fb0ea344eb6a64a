"""Verbs of accounts: sign in, sign out, refuse. Each appends its entry in its own transaction."""

from __future__ import annotations

from django.contrib.auth import login, logout
from django.db import transaction
from django.http import HttpRequest

from accounts.events import SessionClosed, SessionOpened, SessionRefused
from accounts.models import User
from ledger.actors import SYSTEM
from ledger.clock import now
from ledger.events import Committed
from ledger.services import NewEntry, append

SEEN_KEY = "seen"


def sign_in(*, request: HttpRequest, user: User) -> None:
    """Open a session. If the entry cannot be written there is no session."""
    with transaction.atomic():
        append(NewEntry(payload=SessionOpened(), actor=user.actor()))
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        request.session[SEEN_KEY] = int(now().timestamp())
        request.session.save()


def sign_out(*, request: HttpRequest, user: User, reason: str) -> None:
    """Close the session. `reason` is `asked` or `idle`."""
    with transaction.atomic():
        append(NewEntry(payload=SessionClosed(reason=reason), actor=user.actor()))
        logout(request)


def refuse_sign_in(*, username: str, locked: bool) -> None:
    """Write down that a sign-in failed; nobody is known yet, so the system is the actor."""
    with transaction.atomic():
        append(
            NewEntry(payload=SessionRefused(username=Committed(username[:60]), locked=locked), actor=SYSTEM)
        )
