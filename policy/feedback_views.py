"""Feedback on a clause: the form for everyone, the inbox of the policy manager."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ledger.actors import ActorRequest
from policy import contents, feedback
from policy.editions.clauses import Clause
from policy.errors import NotPossible


@require_http_methods(["GET", "POST"])
def say(request: ActorRequest) -> HttpResponse:
    """`?edition=` and `?clause=` name the clause; without them the page lists what this person said, with answers."""
    asked = request.POST if request.method == "POST" else request.GET
    key, clause_id = asked.get("edition", ""), asked.get("clause", "")
    clause = _clause(key, clause_id) if key or clause_id else None
    text, error = request.POST.get("text", ""), ""
    if request.method == "POST" and clause is not None:
        try:
            feedback.give(actor=request.actor, edition_key=key, clause_id=clause_id, text=text)
        except NotPossible as refused:
            error = str(refused)
        else:
            messages.success(request, "Said. The policy manager reads it, and the answer will stand here.")
            return redirect("policy:feedback")
    context = {
        "key": key,
        "clause": clause,
        "text": text,
        "error": error,
        "mine": feedback.of_person(request.actor.id),
        "back": reverse("policy:edition", args=[key]) + f"#{clause.anchor}" if clause else "",
    }
    return render(request, "policy/feedback.html", context, status=422 if error else 200)


def _clause(key: str, clause_id: str) -> Clause:
    if key in contents.known_keys():
        for clause in contents.shown(key).clauses:
            if clause.id == clause_id:
                return clause
    raise Http404(f"There is no clause “{clause_id}” in an edition “{key}”.")


@require_http_methods(["GET", "POST"])
def inbox(request: ActorRequest) -> HttpResponse:
    """What people said about clauses: what waits first, then what was answered."""
    error, about, text = "", request.POST.get("feedback", ""), request.POST.get("text", "")
    if request.method == "POST":
        try:
            feedback.answer(actor=request.actor, feedback_id=_uuid(about), text=text)
        except NotPossible as refused:
            error = str(refused)
        else:
            messages.success(request, "Answered.")
            return redirect("policy:inbox")
    context = {
        "waiting": feedback.waiting(),
        "answered": feedback.answered(),
        "error": error,
        "about": about,
        "text": text,
    }
    return render(request, "policy/inbox.html", context, status=422 if error else 200)


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise NotPossible("There is no such remark. Open the inbox again.") from None
