"""The training page: a supervisor's office, or an officer's own."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.events import TrainingListed
from accounts.http import signed_in
from accounts.models import Role, User
from accounts.training import selectors, services
from accounts.training.forms import TrainingForm
from ledger.clock import policy_date
from ledger.services import NewEntry, append


@require_http_methods(["GET", "POST"])
def training(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    supervises = user.role == Role.SUPERVISOR
    context: dict[str, Any] = {"preview": None, "error": "", "csv_text": ""}
    form = TrainingForm(by=user)
    if request.method == "POST" and supervises:
        try:
            if request.POST.get("what") == "one":
                form = TrainingForm(request.POST, by=user)
                if form.is_valid():
                    _record(user, form.cleaned_data)
                    messages.success(request, "Recorded.")
                    return redirect("accounts:training")
            else:
                done = _csv(request, user, context)
                if done is not None:
                    messages.success(request, f"Recorded {done}; lines that say the same again were left.")
                    return redirect("accounts:training")
        except services.TrainingRefused as refused:
            context["error"] = str(refused)
    with transaction.atomic():
        append(NewEntry(payload=TrainingListed(), actor=user.actor()))
    context |= {
        "form": form,
        "supervises": supervises,
        "edition_key": settings.TRAINING_EDITION,
        "rows": selectors.training_of_office(user, settings.TRAINING_EDITION, policy_date()),
        "columns": ", ".join(services.COLUMNS),
    }
    failed = bool(context["error"] or form.errors)
    return render(request, "accounts/training.html", context, status=422 if failed else 200)


def _record(by: User, data: dict[str, Any]) -> None:
    user = User.objects.get(username=data["username"])
    services.record_training(
        actor=by.actor(),
        by=by,
        user=user,
        course=data["course"],
        edition_key=settings.TRAINING_EDITION,
        completed_on=data["completed_on"],
        expires_on=data["expires_on"],
    )


def _csv(request: HttpRequest, user: User, context: dict[str, Any]) -> int | None:
    """First a preview of the uploaded or pasted lines, then, once confirmed, the recording."""
    uploaded = request.FILES.get("file")
    text = uploaded.read().decode("utf-8-sig", "replace") if uploaded else request.POST.get("csv_text", "")
    rows = services.read_csv(by=user, data=text.encode())
    if request.POST.get("what") == "confirm":
        return services.import_training(actor=user.actor(), by=user, rows=rows)
    context["preview"] = rows
    context["csv_text"] = text
    return None
