"""The page of cover after hours: what waits for whoever covers, and who covers one's own office. No rule lives here."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import signed_in
from accounts.models import User
from assessment import workflow
from assessment.carried_codes import URGENCIES
from assessment.selectors import title_of
from review.cover.forms import CoverForm
from review.cover.models import Cover
from review.cover.selectors import active_for, covers_of, hours, waiting_for
from review.cover.services import end_cover, note_listed, record_cover, take_as_cover
from review.errors import Refused, Taken


@require_http_methods(["GET", "POST"])
def cover(request: HttpRequest) -> HttpResponse:
    """Look at the cover of one's office and at what one covers; POST sets a cover, or ends one with `end`."""
    user = signed_in(request)
    if request.method != "POST":
        return _page(request, user, CoverForm(user=user))
    if "end" in request.POST:
        return _end(request, user)
    form = CoverForm(request.POST, user=user)
    if form.is_valid():
        try:
            row = record_cover(actor=user.actor(), user=user, **form.given())
        except Refused as refused:
            for name, text in refused.errors.items():
                form.add_error(name or None, text)
        else:
            messages.success(request, f"{row.person.full_name} covers {hours(row)}.")
            return redirect("review:cover")
    return _page(request, user, form)


def _end(request: HttpRequest, user: User) -> HttpResponse:
    try:
        row = end_cover(actor=user.actor(), user=user, cover=_id(request.POST["end"]))
    except Cover.DoesNotExist:
        messages.info(request, "That cover is over already.")
    else:
        messages.success(request, f"{row.person.full_name} no longer covers.")
    return redirect("review:cover")


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Take one urgent decision as cover."""
    user = signed_in(request)
    try:
        decision = take_as_cover(
            actor=user.actor(), user=user, decision=_id(request.POST.get("decision", ""))
        )
    except (Refused, Taken, workflow.NotPossible) as refused:
        messages.error(request, str(refused))
        return redirect("review:cover")
    return redirect("review:detail", decision.pk)


def _id(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)


def _page(request: HttpRequest, user: User, form: CoverForm) -> HttpResponse:
    active = active_for(user)
    waiting = waiting_for(user, active)
    note_listed(actor=user.actor(), shown=[one.pk for one in waiting])
    context = {
        "active": [(one.office.name, hours(one)) for one in active],
        "waiting": [
            {"decision": one, "title": title_of(one), "urgency": URGENCIES.get(one.urgency, one.urgency)}
            for one in waiting
        ],
        "covers": [(one, hours(one)) for one in covers_of(user.office_id)],
        "form": form,
        "errors": [
            (f"id_{name}", form.fields[name].label, text)
            if name in form.fields
            else ("main-content", "", text)
            for name, texts in form.errors.items()
            for text in texts
        ],
    }
    return render(request, "review/cover.html", context, status=422 if form.errors else 200)
