"""Sessions in the database, read together with the version of the policy calendar.

A calendar that two people changed must count on the very next page of everybody, in every process, and a page view must
not pay a query for it: the session is read anyway, once a request.
"""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils import timezone

from policy import calendar_store


class SessionStore(DatabaseSessionStore):
    """Django's own store; only the read carries one number more."""

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        version = calendar_store.version_beside()
        try:
            found = self.model.objects.annotate(calendar_version=version).get(
                session_key=self.session_key, expire_date__gt=timezone.now()
            )
        except self.model.DoesNotExist:
            self._session_key = None
            return None
        calendar_store.note_version(found.calendar_version)
        return found
