"""Record requests: a new one, and a change of one."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from cases import services
from cases.forms import RecordRequestForm
from cases.forms.request import initial
from cases.models import RecordRequest
from cases.services.requests import in_words
from cases.views.common import can_edit, case_or_404, edit_page, not_yours, user_of
from ledger.actors import ActorRequest

HINT = (
    "What was asked for, of whom, and what became of it. A record that could not be had is told "
    "apart from one that nobody looked for."
)


@require_http_methods(["GET", "POST"])
def new(request: ActorRequest, case_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request, case_id)
    user = user_of(request)
    if not can_edit(user, case):
        return not_yours(request, case)
    chosen = {"record_kind": request.GET.get("record_kind", "")}
    form = RecordRequestForm(request.POST if request.method == "POST" else None, initial=chosen)

    def save() -> str:
        services.open_record_request(actor=request.actor, user=user, case=case, **form.content())
        return "Record request saved"

    context = {"title": "New record request", "hint": HINT}
    return edit_page(
        request, case=case, page="record_request", form=form, save=save, anchor="records", context=context
    )


@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, case_id: uuid.UUID, request_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request, case_id)
    user = user_of(request)
    row = RecordRequest.objects.filter(pk=request_id, case=case).first()
    if row is None:
        raise Http404
    if not can_edit(user, case):
        return not_yours(request, case)
    row.case = case
    form = RecordRequestForm(request.POST if request.method == "POST" else None, initial=initial(row))

    def save() -> str:
        version = form.cleaned_data["version"] or 0
        services.change_record_request(
            actor=request.actor, user=user, request=row, version=version, **form.content()
        )
        return "Record request changed"

    context = {"title": "Change record request", "hint": HINT, "now_says": in_words(row)}
    return edit_page(
        request, case=case, page="record_request", form=form, save=save, anchor="records", context=context
    )
