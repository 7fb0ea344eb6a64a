"""The person of a request to the API, and what they may do. Apart from the views: the framework loads it first."""

from __future__ import annotations

from typing import Any

from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts.models import User
from config.routes import ROUTES

ROLES = (
    "It is for these roles: {roles}. Nothing was changed. If you need it for your work, ask your supervisor."
)
NO_CSRF = (
    "The request came with a session and without its CSRF token, so nothing was done. Send the token as 'X-CSRFToken', "
    "or use an API token."
)


class SessionOrToken(SessionAuthentication):
    """The person whom the middlewares found. A session needs its CSRF token; no browser sends a token by itself."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        user = request._request.user
        if not isinstance(user, User) or not user.is_active:
            return None
        if not getattr(request._request, "by_api_token", False):
            try:
                self.enforce_csrf(request)
            except PermissionDenied as error:
                raise PermissionDenied(NO_CSRF) from error
        return user, None

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


class AsThePage(BasePermission):
    """An operation has the roles of the page that does the same."""

    def has_permission(self, request: Request, view: Any) -> bool:
        operations = getattr(view, "operations", {})
        operation = operations.get("GET" if request.method == "HEAD" else request.method or "")
        if operation is None:
            return True
        allowed = ROUTES.get(operation.page, frozenset())
        if not isinstance(request.user, User) or request.user.role not in allowed:
            raise PermissionDenied(ROLES.format(roles=", ".join(sorted(allowed))))
        return True
