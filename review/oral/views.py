"""The page on which an officer records an oral approval. No rule lives here."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.http import signed_in
from assessment.models import Decision
from assessment.selectors import decision_for, title_of
from assessment.services import note_opened
from ledger.clock import policy_date
from policy.services import current
from review.errors import Refused
from review.oral.forms import OralApprovalForm
from review.oral.selectors import may_record
from review.oral.services import record_oral_approval


@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, decision_id: uuid.UUID) -> HttpResponse:
    user = signed_in(request)
    try:
        decision = decision_for(user, decision_id)
    except Decision.DoesNotExist as missing:
        raise Http404 from missing
    back = f"{reverse('assessment:tasks', args=[decision.assessment_id])}?decision={decision.pk}"
    form = OralApprovalForm(request.POST if request.method == "POST" else None, decision=decision)
    if request.method == "POST" and form.is_valid():
        try:
            row = record_oral_approval(actor=user.actor(), user=user, decision=decision, **form.given())
        except Refused as refused:
            for name, text in refused.errors.items():
                form.add_error(name or None, text)
        else:
            messages.success(
                request, f"Recorded. {row.approver.full_name} confirms or returns it by {row.confirm_by}."
            )
            return redirect(back)
    elif request.method == "GET" and not may_record(user, decision):
        messages.info(request, "Its author records an oral approval, once, while the decision waits.")
        return redirect(back)
    note_opened(actor=user.actor(), assessment=decision.assessment, page="oral", decision=decision)
    context = {
        "decision": decision,
        "person": decision.case.person,
        "title": title_of(decision),
        "form": form,
        "day": policy_date(),
        "within": current()[0].review_regime.confirm_oral_within,
        "back_url": back,
        "errors": [
            (f"id_{name}", form.fields[name].label, text)
            if name in form.fields
            else ("main-content", "", text)
            for name, texts in form.errors.items()
            for text in texts
        ],
    }
    return render(request, "review/oral.html", context, status=422 if form.errors else 200)
