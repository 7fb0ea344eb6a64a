"""Pages of policy managers: what is in force of each edition, what the files say, the difference, and the two steps."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ledger.actors import ActorRequest
from policy import activation, content_selectors, contents
from policy.errors import NotPossible


@require_safe
def listing(request: ActorRequest) -> HttpResponse:
    """Every edition: the content in force, and whether another one waits."""
    return render(request, "policy/contents.html", {"lines": content_selectors.lines()})


@require_http_methods(["GET", "POST"])
def content(request: ActorRequest, key: str) -> HttpResponse:
    """The difference between what is in force and what waits, and the step that is open to this person."""
    if key not in contents.known_keys():
        raise Http404(f"There is no edition “{key}” here.")
    error, reason = "", request.POST.get("reason", "")
    if request.method == "POST":
        try:
            messages.success(request, _step(request, key, reason))
            return redirect("policy:content", key)
        except NotPossible as refused:
            error = str(refused)
    context = {
        "line": content_selectors.line(key),
        "waiting": content_selectors.waiting(key),
        "history": content_selectors.history(key),
        "me": request.actor.id,
        "error": error,
        "reason": reason,
    }
    return render(request, "policy/content.html", context, status=422 if error else 200)


def _step(request: ActorRequest, key: str, reason: str) -> str:
    chosen = request.POST.get("step", "")
    if chosen == "put_forward":
        activation.put_forward(
            actor=request.actor,
            edition_key=key,
            content_digest=request.POST.get("content_digest", ""),
            reason=reason,
        )
        return "Put forward. It comes into force when a second policy manager activates it."
    proposal = _proposal(request.POST.get("proposal", ""))
    if chosen == "activate":
        activation.activate(actor=request.actor, proposal_id=proposal)
        return "Activated. The content is in force from now on."
    if chosen == "set_aside":
        activation.set_aside(actor=request.actor, proposal_id=proposal)
        return "Set aside. What was in force stays in force."
    raise NotPossible("Choose one of the steps on this page.")


def _proposal(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise NotPossible("There is no such proposal. Open this page again.") from None
