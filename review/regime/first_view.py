"""The pages of deciding first: the facts with a form for one's own view, and the comparison on the review page."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.http import signed_in
from accounts.models import User
from assessment import workflow
from assessment.models import Decision
from assessment.selectors import title_of
from policy.services import current
from review import selectors, services
from review.clauses import with_clauses
from review.clocks import pauses
from review.desk.beside import document_of, there_is, version_of
from review.desk.way import kept, way
from review.errors import Refused, Taken
from review.record import fact_lines
from review.regime import masked_read
from review.regime.decide_first import facts_only, is_withheld, view_of, view_options
from review.regime.viewing import record_view

FIELD_LABELS = {
    "view_outcome": ("id_view_outcome_0", "Your view"),
    "view_reason": ("id_view_reason", "Why"),
    "": ("main-content", "This decision"),
}


def clean(text: str) -> str:
    """A posted text as it is kept."""
    return text.replace("\x00", "").replace("\r\n", "\n")


@require_POST
def record(request: HttpRequest, decision_id: uuid.UUID) -> HttpResponse:
    """Record the view; the officer's outcome and reasons are shown from then on."""
    user = signed_in(request)
    try:
        decision = selectors.decision_for_review(user, decision_id)
    except Decision.DoesNotExist as error:
        raise Http404 from error
    posted = request.POST
    try:
        record_view(
            actor=user.actor(),
            user=user,
            decision=decision,
            number=int(posted["number"]) if posted.get("number", "").isdecimal() else 0,
            view=posted.get("view_outcome", ""),
            reason=clean(posted.get("view_reason", "")),
        )
    except Refused as refused:
        errors = refused.errors
    except (Taken, workflow.NotPossible) as refused:
        errors = {"": str(refused)}
    else:
        messages.success(request, "Your view is kept. Here is the whole, with the officer's outcome.")
        return redirect(reverse("review:detail", args=[decision_id]) + kept(request))
    decision = selectors.decision_for_review(user, decision_id, to_read=True)
    if not is_withheld(user, decision):
        messages.info(request, " ".join(errors.values()))
        return redirect(reverse("review:detail", args=[decision_id]) + kept(request))
    services.note_opened(actor=user.actor(), decision=decision)
    return facts_page(request, user, decision, errors)


def facts_page(
    request: HttpRequest, user: User, decision: Decision, errors: Mapping[str, str]
) -> HttpResponse:
    """The decision without the officer's outcome and reasons, and the form for the supervisor's own view."""
    version = version_of(decision)
    document = facts_only(document_of(decision, version))
    record = selectors.record_now(decision)
    facts = fact_lines(document, record)
    masked = masked_read.reads_masked(decision)
    if masked:
        known = masked_read.known_of(decision, document, record)
        document = masked_read.masked_document(document, known)
        facts = masked_read.masked_facts(facts, known)
    document = with_clauses(document, version)
    posted = request.POST
    own = user.pk in (decision.signed_by_id, decision.created_by_id)
    mine = decision.state == workflow.CLAIMED and decision.claimed_by_id == user.pk
    context = {
        "decision": decision,
        "case": decision.case,
        "who": masked_read.SUBJECT if masked else decision.case.person.name,
        "masked": masked,
        "title": title_of(decision),
        "beside_lines": pauses.lines(user, decision) if there_is(decision, "pauses") else [],
        "version": version,
        "document": document,
        "facts": facts,
        "own": own,
        "mine": mine,
        "open_to_decide": not own and (mine or decision.state in workflow.WAITING or "" in errors),
        "options": view_options(decision, outcome_words(decision), posted.get("view_outcome", "")),
        "reason": posted.get("view_reason", ""),
        "errors": [(*FIELD_LABELS[name], text) for name, text in errors.items() if name in FIELD_LABELS],
        "error_by_field": dict(errors),
        "post_url": reverse("review:view", args=[decision.pk]) + kept(request),
        **way(request, user, decision),
    }
    return render(request, "review/facts_first.html", context, status=422 if errors else 200)


def outcome_words(decision: Decision) -> dict[str, str]:
    """Words of the outcomes, as the decision type has them."""
    kind = current()[0].decision_type(decision.type)
    words = {one: kind.outcome_label(decision.direction, one) for one in ("act", "decline")}
    return words | {"cannot_tell": "I cannot tell from these facts"}


def comparison(user: User, decision: Decision, posted: Mapping[str, str]) -> dict[str, Any] | None:
    """What the supervisor said before, and the fields of the second look; None where none is asked for."""
    asked = getattr(decision, "viewed", True) and getattr(decision, "asks_first", True)
    first = view_of(user, decision) if asked else None
    if first is None:
        return None
    words = outcome_words(decision)
    return {
        "words": words[first.view],
        "reason": first.reason,
        "at": first.at,
        "options": view_options(decision, words, posted.get("view_now", "")),
        "why": posted.get("view_changed_reason", ""),
    }
