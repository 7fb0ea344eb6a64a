"""The page on which a reviewing supervisor pauses the clock of a decision, or resumes it. No rule lives here."""

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
from review.clocks.models import PauseReason
from review.clocks.pauses import HELD, could_review, lines, open_pause
from review.clocks.pausing import pause_clock, resume_clock
from review.errors import Refused, Taken
from review.oral.selectors import approval_of
from review.regime.first_view import clean
from review.regime.masked_read import SUBJECT, shown_masked

FIELD_LABELS = {
    "pause_reason": ("id_pause_reason", "Why"),
    "pause_note": ("id_pause_note", "What is waited for"),
    "": ("main-content", "This decision"),
}


@require_http_methods(["GET", "POST"])
def pause(request: HttpRequest, decision_id: uuid.UUID) -> HttpResponse:
    """Pause the clock of a decision under review, or let it run again."""
    user = signed_in(request)
    try:
        decision = selectors.decision_for_review(user, decision_id)
    except Decision.DoesNotExist as missing:
        raise Http404 from missing
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
    paused = open_pause(decision)
    could = could_review(user, decision)
    note = request.POST.get("pause_note", "")
    context = {
        "decision": decision,
        "who": SUBJECT if shown_masked(user, decision) else decision.case.person.name,
        "title": title_of(decision),
        "beside": [Line(one.title, one.text) for one in lines(user, decision)],
        "confirm": approval_of(decision),
        "held": HELD.get(decision.urgency, ""),
        "to_resume": could and paused is not None,
        # When somebody else was faster, the form stays, because the typed text is in it.
        "to_pause": paused is None and (could or bool(note)),
        "reasons": PauseReason.choices,
        "chosen": request.POST.get("pause_reason", ""),
        "note": note,
        "wrong": errors.get("pause_note", ""),
        "errors": [(*FIELD_LABELS[name], text) for name, text in errors.items()],
        "error_by_field": errors,
    }
    return render(request, "review/pause.html", context, status=422 if errors else 200)


def _write(request: HttpRequest, user: User, decision: Decision) -> str:
    posted = request.POST
    number = int(posted["number"]) if posted.get("number", "").isdecimal() else 0
    if "resume" in posted:
        row = resume_clock(actor=user.actor(), user=user, decision=decision, number=number)
        due = Decision.objects.values_list("due_on", flat=True).get(pk=decision.pk)
        days = f"{row.working_days} working day{'' if row.working_days == 1 else 's'}"
        return f"The clock runs again. It stood still for {days}; the review is due on {due}."
    pause_clock(
        actor=user.actor(),
        user=user,
        decision=decision,
        number=number,
        reason=posted.get("pause_reason", ""),
        note=clean(posted.get("pause_note", "")),
    )
    return "The clock is paused. The review stays with you, and can be decided at any time."
