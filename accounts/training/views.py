"""The training page: a supervisor's office, or an officer's own."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
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
    if request.method == "POST" and not supervises:
        raise PermissionDenied("Only a supervisor records training. Nothing was recorded.")
    context: dict[str, Any] = {"preview": None, "error": "", "csv_text": ""}
    form = TrainingForm(by=user)
    if request.method == "POST" and request.POST.get("what") == "one":
        form = TrainingForm(request.POST, by=user)
        if _record(user, form):
            messages.success(request, "Recorded.")
            return redirect("accounts:training")
    elif request.method == "POST":
        try:
            done = _csv(request, user, context)
        except services.TrainingRefused as refused:
            context["error"] = str(refused)
        else:
            if done is not None:
                messages.success(
                    request,
                    f"{done.recorded} recorded, {done.known} recorded before and left, {done.refused} not usable.",
                )
                return redirect("accounts:training")
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


def _record(by: User, form: TrainingForm) -> bool:
    """Whether it is recorded; a refusal stands at its field."""
    if not form.is_valid():
        return False
    data = form.cleaned_data
    try:
        services.record_training(
            actor=by.actor(),
            by=by,
            user=User.objects.get(username=data["username"]),
            course=data["course"],
            edition_key=settings.TRAINING_EDITION,
            completed_on=data["completed_on"],
            expires_on=data["expires_on"],
        )
    except services.TrainingRefused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return False
    return True


def _csv(request: HttpRequest, user: User, context: dict[str, Any]) -> services.Imported | None:
    """First a preview of the uploaded lines, then, once confirmed, the recording."""
    uploaded = request.FILES.get("file")
    if uploaded:
        data = uploaded.read(services.LARGEST_FILE + 1)
    else:
        data = request.POST.get("csv_text", "").encode()
    if request.POST.get("what") == "confirm":
        return services.import_training_csv(actor=user.actor(), by=user, file=data)
    rows = services.read_csv(by=user, data=data)
    context["preview"] = rows
    context["usable"] = sum(not row.error and not row.known for row in rows)
    context["csv_text"] = data.decode("utf-8-sig")
    return None
