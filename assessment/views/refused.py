"""Refused words for privacy and auditor: the list without a word, asking, and opening as the second of two."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.http import signed_in
from assessment import openings
from assessment.errors import NotAllowed


@require_http_methods(["GET", "POST"])
def refused(request: HttpRequest) -> HttpResponse:
    """`do` is `ask` (with `refusal` and `purpose`) or `open` (with `asked`); what is opened is shown once."""
    user = signed_in(request)
    opened, error, status = None, "", 200
    purpose, which = request.POST.get("purpose", ""), request.POST.get("refusal", "")
    if request.method == "POST":
        try:
            if request.POST.get("do") == "open":
                opened = openings.open_words(actor=user.actor(), user=user, asked=_id(request, "asked"))
            else:
                openings.ask_to_open(
                    actor=user.actor(), user=user, refusal=_id(request, "refusal"), purpose=purpose
                )
                messages.success(request, "Asked. Somebody of the other role opens the words.")
                return redirect("assessment:refused")
        except NotAllowed as refusal:
            error, status = str(refusal), 422
    listed = openings.refusals(user)
    openings.note_listed(actor=user.actor(), shown=listed)
    context = {
        "refusals": [(one, purpose if str(one.entry) == which else "") for one in listed],
        "opened": opened,
        "error": error,
    }
    return render(request, "assessment/refused.html", context, status=status)


def _id(request: HttpRequest, name: str) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get(name, ""))
    except ValueError:
        return uuid.UUID(int=0)
