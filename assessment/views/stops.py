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
from assessment.stops import corrections
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
    if request.method == "POST" and request.POST.get("settle") == "correct":
        try:
            ended = corrections.correct_answer(
                actor=user.actor(),
                user=user,
                stop=found,
                reason=request.POST.get("reason", "").replace("\x00", ""),
            )
            messages.success(
                request,
                "The stop has ended: the answer was corrected. The supervisors see it."
                if ended.state == "corrected"
                else "It was asked that the flag be cleared. A supervisor confirms it, and then the stop ends.",
            )
            return redirect("cases:detail", found.case_id)
        except NotAllowed as refused:
            error = str(refused)
    elif request.method == "POST":
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
        "may_correct": found.state == "open" and user.office_id == found.case.office_id,
        "sign_stands": found.state == "open" and corrections.sign_stands(found),
        "needs_supervisor": user.role == "officer" and not corrections.officer_may_correct(found),
        "flag": corrections.flag_of(found),
        "reason": request.POST.get("reason", ""),
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
    try:
        stop_services.close_task(actor=user.actor(), user=user, task=task)
        messages.success(request, "The task is closed.")
    except NotAllowed as refused:
        messages.error(request, str(refused))
    return redirect("home")
