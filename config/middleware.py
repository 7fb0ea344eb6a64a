"""Request id and route rights. Default is deny: a route that is not in `config.routes.ROUTES` is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from accounts.forms import SignInForm
from accounts.resume import pack_posted_fields
from config.routes import PUBLIC, ROUTES
from ledger.context import request_id
from ledger.ids import new_id

GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestIdMiddleware:
    """Give each request an id that its log entries carry; the answer names it, so that a person can quote it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_id.set(str(new_id()))
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request_id.get()
            # A page about a person must not come back from a shared machine's cache after sign-out.
            if not request.path.startswith(settings.STATIC_URL):
                response.setdefault("Cache-Control", "no-store")
            return response
        finally:
            request_id.reset(token)


class RouteAccessMiddleware:
    """Hold every resolved request against the route table before its view runs."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        allowed = ROUTES.get(match.view_name) if match else None
        if allowed == PUBLIC:
            return None
        user = request.user
        if not user.is_authenticated:
            return ask_to_sign_in(request)
        if allowed is None or user.role not in allowed:
            return render(
                request,
                "errors/403.html",
                {"roles": sorted(allowed or ())},
                status=403,
            )
        return None


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send to sign-in. What was posted goes along in the page, so that an expired session loses no text."""
    if request.headers.get("HX-Request"):
        return HttpResponse("Signed out. Your text is still in this page.", status=401)
    # The whole address: some forms are told apart by their query alone.
    target = request.get_full_path()
    sign_in = reverse("accounts:login")
    if request.path == reverse("accounts:logout"):
        return HttpResponseRedirect(sign_in)
    if request.method == "POST":
        context = {
            "form": SignInForm(),
            "next": target,
            "resume": pack_posted_fields(request),
            "expired": True,
        }
        return render(request, "accounts/login.html", context, status=401)
    return HttpResponseRedirect(f"{sign_in}?{urlencode({'next': target})}")
