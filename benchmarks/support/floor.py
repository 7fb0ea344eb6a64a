"""The floor: the cheapest page that the product could serve to a signed-in person.

Session and user as on every page, one query, one log entry with its commit, a nearly empty template in the shell.
"""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from accounts.http import signed_in
from accounts.models import Role
from assessment.events import AssessmentOpened
from cases.models import Case
from config.routes import ROUTES
from config.urls import urlpatterns as product_patterns
from ledger.services import NewEntry, append

URL = "/floor/"


def floor(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    case = Case.objects.order_by("id").first()
    with transaction.atomic():
        append(NewEntry(payload=AssessmentOpened(page="floor"), actor=user.actor()))
    return render(request, "base.html", {"case": case})


def open_route() -> None:
    """Let officers and supervisors reach the floor page: the product's own table denies what it does not list."""
    ROUTES["floor"] = frozenset({Role.OFFICER, Role.SUPERVISOR})


urlpatterns = [*product_patterns, path("floor/", floor, name="floor")]
