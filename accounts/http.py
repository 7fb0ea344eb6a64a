"""The signed-in person of a request, typed. Route rights were checked before any view runs."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import User


def signed_in(request: HttpRequest) -> User:
    """The account of the request. Raises `PermissionDenied` for a visitor, who never gets this far."""
    if isinstance(request.user, User):
        return request.user
    raise PermissionDenied("Sign in first.")
