"""Status and removability: filled in before any assessment, read as coded statements ever after."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cases import selectors, services
from cases.errors import Conflict, Refused
from cases.forms import StatusForm, add_refusal, take_version
from cases.forms.status import initial
from cases.selectors.statements import answer_lines
from cases.status_answers import StatusAnswers, answers_of
from cases.views.common import case_or_404, say_saved, to_evidence, user_of
from ledger.actors import ActorRequest
from ledger.clock import policy_date


@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, case_id: uuid.UUID) -> HttpResponse:
    user = user_of(request)
    case = case_or_404(request, case_id)
    row = selectors.status_of(case)
    answers = answers_of(row) if row else StatusAnswers()
    may_change = selectors.may_change(user, case)
    choices = [(str(view.id), view.title) for view in selectors.evidence_of(case)]
    form = StatusForm(
        request.POST if request.method == "POST" else None,
        initial=initial(answers, row.version if row else 0),
        evidence_choices=choices,
    )
    status = 200
    conflict = None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                saved = services.save_status(
                    actor=request.actor,
                    user=user,
                    case=case,
                    version=form.cleaned_data["version"] or 0,
                    answers=form.answers(),
                    protected=form.protected(),
                )
            except Refused as refused:
                add_refusal(form, refused)
            except Conflict as found:
                conflict, status = found, 409
                take_version(form, found.version)
                services.note_case_opened(actor=request.actor, case=case, page="status")
            else:
                if saved.complete:
                    say_saved(request, "Status and removability is complete")
                    return to_evidence(request, case) or redirect("cases:detail", case.id)
                say_saved(request, "Status and removability is kept, and not complete yet")
                return to_evidence(request, case) or redirect("cases:status", case.id)
    else:
        services.note_case_opened(actor=request.actor, case=case, page="status")
    context = {
        "case": case,
        "status": row,
        "form": form,
        "conflict": conflict,
        "may_change": may_change,
        "lines": answer_lines(answers),
        "missing": [(form[name].label, _anchor(form, name)) for name in answers.missing()] if row else [],
        "has_evidence": bool(choices),
        "age": selectors.age_in_words(case.person, policy_date()),
    }
    return render(request, "cases/status.html", context, status=status)


def _anchor(form: StatusForm, name: str) -> str:
    field = form[name]
    return f"{field.auto_id}_0" if field.use_fieldset else str(field.auto_id)
