"""Sessions in the database, read together with the versions of the policy calendar and of the editions' contents.

A calendar or an edition that two people changed must count on the very next page of everybody, in every process, and
a page view must not pay a query for it: the session is read anyway, once a request.
"""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils import timezone

from policy import calendar_store, contents


class SessionStore(DatabaseSessionStore):
    """Django's own store; only the read carries two numbers more."""

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        calendar, editions = calendar_store.version_beside(), contents.version_beside()
        try:
            found = self.model.objects.annotate(calendar_version=calendar, contents_version=editions).get(
                session_key=self.session_key, expire_date__gt=timezone.now()
            )
        except self.model.DoesNotExist:
            self._session_key = None
            return None
        calendar_store.note_version(found.calendar_version)
        contents.note_version(found.contents_version)
        return found
