"""Somebody who is signed in, without the sign-in: one row, where Django's own shortcut makes a session three times.

Thousands of requests of the tests begin so; signing in itself has tests of its own in `tests/accounts`.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from accounts.models import User
from accounts.services import SEEN_KEY
from config.sessions import SessionStore
from ledger.clock import now

BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(user: User) -> Client:
    """A client with a fresh session of this user, who was seen this moment; no entry is in the way."""
    held = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: BACKEND,
        HASH_SESSION_KEY: user.get_session_auth_hash(),
        SEEN_KEY: int(now().timestamp()),
    }
    row = SessionStore().create_model_instance(held)
    row.save(force_insert=True)
    one = Client()
    one.cookies[settings.SESSION_COOKIE_NAME] = row.session_key
    return one
