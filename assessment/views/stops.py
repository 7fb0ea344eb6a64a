"""Stops and tasks. No rule lives in a view."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import signed_in
from assessment.errors import NotAllowed
from assessment.models import Stop
from assessment.stops import selectors as stop_selectors
from assessment.stops import services as stop_services
from assessment.stops.ways_out import WAYS_OUT
from cases.services import note_case_opened


@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, stop_id: uuid.UUID) -> HttpResponse:
    """One stop: what it rests on, its clock, its way out, and for a supervisor the form to settle it."""
    user = signed_in(request)
    try:
        found = stop_selectors.stop_for(user, stop_id)
    except Stop.DoesNotExist as missing:
        raise Http404 from missing
    error = ""
    if request.method == "POST":
        try:
            stop_services.settle_stop(
                actor=user.actor(),
                user=user,
                stop=found,
                evidence_id=_uuid(request.POST.get("evidence", "")),
                confirm_citizen=request.POST.get("settle") == "confirm",
            )
            messages.success(request, "Settled. The officer can go on.")
            return redirect("cases:detail", found.case_id)
        except NotAllowed as refused:
            error = str(refused)
    note_case_opened(actor=user.actor(), case=found.case, page="stop")
    context = {
        "stop": found,
        "case": found.case,
        "person": found.case.person,
        "way_out": WAYS_OUT[found.kind],
        "choices": stop_selectors.evidence_that_lifts(found),
        "may_settle": user.role == "supervisor" and found.state == "open",
        "chosen": request.POST.get("evidence", ""),
        "error": error,
    }
    return render(request, "assessment/stop.html", context, status=422 if error else 200)


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


@require_POST
def task_done(request: HttpRequest, task_id: uuid.UUID) -> HttpResponse:
    user = signed_in(request)
    task = next((one for one in stop_selectors.open_tasks(user) if one.pk == task_id), None)
    if task is None:
        raise Http404
    stop_services.close_task(actor=user.actor(), user=user, task=task)
    messages.success(request, "The task is closed.")
    return redirect("home")
