"""Who comes in to the API: a session with its CSRF token, or a token; then the same table of routes as for pages.

Two middlewares, because what goes wrong before or around a view must read as a problem too. The page of operations is a
page like others and left to them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.models import User
from accounts.tokens import user_of_token
from config.api.persons import ROLES
from config.api.problems import MEDIA_TYPE, problem, problem_of_status
from config.routes import ROUTES

PREFIX = "/api/v1/"
PAGE = "/api/v1/docs/"
NOT_KNOWN = (
    "The token is not known or no longer valid, so nothing was done. Ask an administrator for a new one."
)

GetResponse = Callable[[HttpRequest], HttpResponse]


def concerns_api(request: HttpRequest) -> bool:
    return request.path_info.startswith(PREFIX) and request.path_info != PAGE


class ProblemMiddleware:
    """Turns what stands outside the views (unknown addresses, failures, the lock-out) into problems."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code < 400 or not concerns_api(request):
            return response
        if response.get("Content-Type", "") == MEDIA_TYPE:
            return response
        return problem_of_status(response.status_code)


class ApiAccessMiddleware:
    """Sets the person of a token, and holds each operation against the table of routes before its view runs."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if request.path_info.startswith(PREFIX) and scheme.lower() == "bearer":
            user = user_of_token(token.strip())
            if user is None:
                return problem("not-signed-in", NOT_KNOWN)
            request.user = user
            request.by_api_token = True  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or not concerns_api(request):
            return None
        user = request.user
        if not isinstance(user, User):
            return problem("not-signed-in")
        allowed = ROUTES.get(match.view_name, frozenset())
        if user.role not in allowed:
            return problem("not-allowed", ROLES.format(roles=", ".join(sorted(allowed))))
        return None
