"""Evidence: a new piece, and a change of one."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from cases import services
from cases.forms import EvidenceForm
from cases.forms.evidence import initial
from cases.models import Evidence
from cases.services.evidence import in_words
from cases.views.common import can_edit, case_or_404, edit_page, not_yours, user_of
from ledger.actors import ActorRequest

HINT = (
    "What a fact rests on. The document itself stays with its source; here is what it is, whose "
    "it is, and who read it when."
)


@require_http_methods(["GET", "POST"])
def new(request: ActorRequest, case_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request, case_id)
    user = user_of(request)
    if not can_edit(user, case):
        return not_yours(request, case)
    form = EvidenceForm(request.POST if request.method == "POST" else None)

    def save() -> str:
        services.record_evidence(actor=request.actor, user=user, case=case, **form.content())
        return "Evidence recorded"

    context = {"title": "Record evidence", "hint": HINT}
    return edit_page(
        request, case=case, page="evidence", form=form, save=save, anchor="evidence", context=context
    )


@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, case_id: uuid.UUID, evidence_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request, case_id)
    user = user_of(request)
    row = Evidence.objects.filter(pk=evidence_id, case=case).first()
    if row is None:
        raise Http404
    if not can_edit(user, case):
        return not_yours(request, case)
    row.case = case
    form = EvidenceForm(request.POST if request.method == "POST" else None, initial=initial(row))

    def save() -> str:
        version = form.cleaned_data["version"] or 0
        services.change_evidence(
            actor=request.actor, user=user, evidence=row, version=version, **form.content()
        )
        return "Evidence changed"

    context = {"title": "Change evidence", "hint": HINT, "now_says": in_words(row)}
    return edit_page(
        request, case=case, page="evidence", form=form, save=save, anchor="evidence", context=context
    )
