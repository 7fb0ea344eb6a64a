"""Evidence: a new piece, and a change of one."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from cases import services
from cases.attachments.store import Unreadable
from cases.forms import EvidenceForm
from cases.forms.evidence import initial
from cases.models import Attachment, Evidence
from cases.services.evidence import in_words
from cases.views.common import can_edit, case_or_404, edit_page, not_yours, user_of
from ledger.actors import ActorRequest

HINT = "What a fact rests on: what it is, whose it is, and who read it when. The document itself can be attached."


@require_http_methods(["GET", "POST"])
def new(request: ActorRequest, case_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request, case_id)
    user = user_of(request)
    if not can_edit(user, case):
        return not_yours(request, case)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = EvidenceForm(*posted)

    def save() -> str:
        uploads = form.uploads()
        with transaction.atomic():
            row = services.record_evidence(actor=request.actor, user=user, case=case, **form.content())
            services.attach_files(actor=request.actor, user=user, evidence=row, uploads=uploads)
        return "Evidence recorded" + _and_files(len(uploads))

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
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = EvidenceForm(*posted, initial=initial(row))

    def save() -> str:
        version = form.cleaned_data["version"] or 0
        uploads = form.uploads()
        with transaction.atomic():
            if not form.only_files():
                services.change_evidence(
                    actor=request.actor, user=user, evidence=row, version=version, **form.content()
                )
            services.attach_files(actor=request.actor, user=user, evidence=row, uploads=uploads)
        return "Files attached" if form.only_files() else "Evidence changed" + _and_files(len(uploads))

    context = {"title": "Change evidence", "hint": HINT, "now_says": in_words(row)}
    return edit_page(
        request, case=case, page="evidence", form=form, save=save, anchor="evidence", context=context
    )


@require_safe
def file(request: ActorRequest, case_id: uuid.UUID, attachment_id: uuid.UUID) -> HttpResponse:
    """A file to be kept by the reader, never to be shown by the browser within the product."""
    case = case_or_404(request, case_id)
    row = Attachment.objects.filter(pk=attachment_id, evidence__case=case).first()
    if row is None:
        raise Http404
    try:
        data = services.take_file(actor=request.actor, case=case, attachment=row)
    except Unreadable:
        return render(request, "cases/file_unreadable.html", {"case": case, "file": row}, status=500)
    return HttpResponse(
        data,
        headers={
            "Content-Type": row.media_type + ("; charset=utf-8" if row.media_type == "text/plain" else ""),
            "Content-Disposition": content_disposition_header(True, row.file_name) or "attachment",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store, private",
        },
    )


def _and_files(count: int) -> str:
    return f", {count} file{'' if count == 1 else 's'} attached" if count else ""
