"""The page of a question between supervisors: asking, and answering. No rule lives here."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.http import signed_in
from accounts.models import User
from assessment import workflow
from assessment.models import Decision
from assessment.panels import Line
from assessment.selectors import title_of
from review import selectors, services
from review.asking.selectors import could_be_asked, lines, open_question
from review.asking.services import answer, ask
from review.errors import Refused, Taken
from review.regime.decide_first import is_withheld
from review.regime.first_view import clean

FIELD_LABELS = {
    "ask_to": ("id_ask_to", "Whom you ask"),
    "ask_reason": ("id_ask_reason", "What you ask"),
    "ask_answer": ("id_ask_answer", "Your answer"),
    "": ("main-content", "This decision"),
}

TEXTS = ("ask_reason", "ask_answer")


@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, decision_id: uuid.UUID) -> HttpResponse:
    """Ask another supervisor about a decision under review, or answer what one was asked."""
    user = signed_in(request)
    try:
        decision = selectors.decision_for_review(user, decision_id)
    except Decision.DoesNotExist as missing:
        raise Http404 from missing
    if is_withheld(user, decision):
        # Questions tell what the officer chose; the facts and the own view come first.
        return redirect("review:detail", decision_id)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            said = _write(request, user, decision)
        except Refused as refused:
            errors = refused.errors
        except (Taken, workflow.NotPossible) as refused:
            errors = {"": str(refused)}
        else:
            messages.success(request, said)
            return redirect("review:detail", decision_id)
    services.note_opened(actor=user.actor(), decision=decision)
    waits = open_question(decision)
    own = user.pk in (decision.signed_by_id, decision.created_by_id, decision.escalated_by_id)
    context = {
        "decision": decision,
        "person": decision.case.person,
        "title": title_of(decision),
        "beside": [Line(one.title, one.text) for one in lines(user, decision)],
        "waits": waits,
        "to_answer": waits is not None and waits.asked_id == user.pk,
        "may_ask": waits is None and not own and decision.state in workflow.IN_REVIEW,
        "people": could_be_asked(user, decision),
        "given": request.POST,
        "texts": {name: request.POST.get(name, "") for name in TEXTS},
        "wrong": {name: errors.get(name, "") for name in TEXTS},
        "errors": [(*FIELD_LABELS[name], text) for name, text in errors.items()],
        "error_by_field": errors,
    }
    return render(request, "review/ask.html", context, status=422 if errors else 200)


def _write(request: HttpRequest, user: User, decision: Decision) -> str:
    posted = request.POST
    if "ask_answer" in posted:
        try:
            key = uuid.UUID(posted.get("question", ""))
        except ValueError:
            key = uuid.UUID(int=0)
        answer(
            actor=user.actor(),
            user=user,
            decision=decision,
            question=key,
            text=clean(posted["ask_answer"]),
        )
        return "Your answer is kept. The review stays with who asked you."
    row = ask(
        actor=user.actor(),
        user=user,
        decision=decision,
        number=int(posted["number"]) if posted.get("number", "").isdecimal() else 0,
        asked=posted.get("ask_to", ""),
        reason=clean(posted.get("ask_reason", "")),
    )
    return f"{row.asked.full_name} is asked. The review stays with you."
