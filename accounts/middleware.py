"""Idle lock and the acting person of a request."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts import services
from accounts.models import User
from ledger.clock import now

GetResponse = Callable[[HttpRequest], HttpResponse]
WRITE_EVERY_SECONDS = 60


class IdleSessionMiddleware:
    """Close a session that was idle for `IDLE_MINUTES`; note last-seen at most once a minute."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, User):
            seen = request.session.get(services.SEEN_KEY, 0)
            moment = int(now().timestamp())
            if moment - seen > settings.IDLE_MINUTES * 60:
                services.sign_out(request=request, user=user, reason="idle")
            elif moment - seen >= WRITE_EVERY_SECONDS:
                request.session[services.SEEN_KEY] = moment
        return self.get_response(request)


class ActorMiddleware:
    """Set `request.actor`, which every service asks for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, User):
            request.actor = user.actor()  # type: ignore[attr-defined]
        return self.get_response(request)
