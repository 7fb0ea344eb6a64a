"""Pages of exports: the list, a new one, one with its progress, and its file."""

from __future__ import annotations

import os
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ledger import clock
from ledger.actors import ActorRequest
from ledger.exports import frozen_words, jobs, ranges, registry, selectors, storage, texts
from ledger.exports.files import Values
from ledger.exports.forms import ExportForm
from ledger.exports.jobs import ExportRefused
from ledger.exports.models import Export, ExportState, SavedScope

NO_RANGE = 416
UNREADABLE = 422
NO_FILE = "This export has no file that you may download; its page says why."


@require_GET
def exports(request: ActorRequest) -> HttpResponse:
    """All exports, newest first, with who, why and what filter."""
    try:
        before = uuid.UUID(request.GET["before"]) if request.GET.get("before") else None
    except ValueError:
        raise Http404("The link to older exports is damaged; start from the first page.") from None
    page = selectors.page_of_exports(before)
    jobs.note_listing(actor=request.actor, shown=page.exports)
    frozen = frozen_words.newest_frozen(selectors.PAGE_SIZE)
    return render(request, "ledger/exports/list.html", {"page": page, "frozen": frozen})


@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Filter, values, formats and purpose; said in words and counted before it is asked for."""
    given: dict[str, Any] = {"unmasking": jobs.may_unmask(request.actor), "offices": registry.offices()}
    if request.method != "POST":
        form = ExportForm(initial=_initial(request), **given)
        return _form(request, form)
    form = ExportForm(request.POST, **given)
    if "preview" in request.POST:
        # Only the filter is looked at; the rest may still be empty.
        for name in ("purpose", "values"):
            form.fields[name].required = False
        return _form(request, form, **(_said(form) if form.is_valid() else {}))
    if not form.is_valid():
        return _form(request, form)
    data = form.cleaned_data
    try:
        export = jobs.request(
            actor=request.actor,
            scope=form.scope,
            purpose=data["purpose"],
            values=Values(data["values"]),
            formats=data["formats"],
        )
        if data["save_as"]:
            jobs.save_scope(actor=request.actor, name=data["save_as"], scope=form.scope)
    except ExportRefused as refused:
        form.add_error(refused.field or None, refused.reason)
        return _form(request, form)
    return redirect("exports:detail", export.pk)


def _said(form: ExportForm) -> dict[str, Any]:
    """The filter in words, how many entries it lets through, and what freezing means for it."""
    values = Values(form.cleaned_data["values"] or Values.OPEN)
    outlook = frozen_words.of_filter(form.scope, values, form.cleaned_data["formats"], clock.now())
    return {"scope": form.scope, "estimate": selectors.estimate(form.scope), "outlook": outlook}


def _initial(request: HttpRequest) -> dict[str, Any]:
    """What the address says already, such as a kept filter."""
    return dict(request.GET.items())


def _form(request: ActorRequest, form: ExportForm, **shown: Any) -> HttpResponse:
    context = {"form": form, "saved": selectors.saved(request.actor), "laws": texts.laws(), **shown}
    return render(request, "ledger/exports/new.html", context, status=UNREADABLE if form.errors else 200)


@require_GET
def detail(request: ActorRequest, export: uuid.UUID) -> HttpResponse:
    """One export: what it is, how far it is, and its file."""
    found = get_object_or_404(Export, pk=export)
    jobs.note_opening(actor=request.actor, export=found)
    return render(request, "ledger/exports/detail.html", _context(request, found))


@require_GET
def progress(request: ActorRequest, export: uuid.UUID) -> HttpResponse:
    """The part of the page that moves while the export runs."""
    found = get_object_or_404(Export, pk=export)
    response = render(request, "ledger/exports/_progress.html", _context(request, found))
    if not found.is_under_way:
        # The rest of the page has changed with it.
        response["HX-Refresh"] = "true"
    return response


def _context(request: ActorRequest, export: Export) -> dict[str, Any]:
    values = Values(export.values)
    return {
        "export": export,
        "words": export.words,
        "masking": texts.masking(values),
        "may_download": selectors.may_download(request.actor, export),
        "outlook": frozen_words.of_export(export, clock.now()),
        "silent": jobs.is_silent(export),
        "overdue": jobs.is_overdue(export),
        "most_attempts": jobs.MOST_ATTEMPTS,
        "there": export.state == ExportState.DONE and storage.path_of(export).is_file(),
    }


@require_POST
def cancel(request: ActorRequest, export: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(Export, pk=export)
    if not jobs.cancel(actor=request.actor, export=found):
        messages.info(request, "The export had ended already; there was nothing to cancel.")
    return redirect("exports:detail", found.pk)


@require_POST
def repeat(request: ActorRequest, export: uuid.UUID) -> HttpResponse:
    """Ask again for the same, in one's own name."""
    found = get_object_or_404(Export, pk=export)
    try:
        again = jobs.repeat(actor=request.actor, export=found)
    except ExportRefused as refused:
        messages.info(request, refused.reason)
        return redirect("exports:detail", found.pk)
    return redirect("exports:detail", again.pk)


@require_GET
def download(request: ActorRequest, export: uuid.UUID) -> HttpResponseBase:
    """The file, from the beginning or from where a download broke off."""
    found = get_object_or_404(Export, pk=export)
    if not selectors.may_download(request.actor, found):
        raise Http404(NO_FILE)
    # Opened before the entry is written: what expires at this moment is then sent whole, or not told of at all.
    try:
        stream = storage.path_of(found).open("rb")
    except FileNotFoundError:
        raise Http404(NO_FILE) from None
    size, etag = os.fstat(stream.fileno()).st_size, f'"{found.sha256}"'
    span = ranges.span_of(request.headers.get("Range", ""), request.headers.get("If-Range", ""), etag, size)
    if span is None:
        stream.close()
        return HttpResponse(status=NO_RANGE, headers={"Content-Range": f"bytes */{size}"})
    part = ranges.Part(stream, span)
    try:
        jobs.note_download(actor=request.actor, export=found, begin=span.begin)
    except BaseException:
        part.close()
        raise
    response = StreamingHttpResponse(part, content_type="application/zip")
    response.status_code = 206 if span.partial else 200
    response["Content-Length"] = str(span.end - span.begin)
    response["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    response["Accept-Ranges"], response["ETag"] = "bytes", etag
    if span.partial:
        response["Content-Range"] = span.header(size)
    return response


@require_POST
def forget(request: ActorRequest, saved: uuid.UUID) -> HttpResponse:
    """Remove a kept filter of one's own; one that is gone already needs nothing."""
    found = SavedScope.objects.filter(pk=saved, owner_id=request.actor.id).first()
    if found:
        jobs.remove_scope(actor=request.actor, saved=found)
    return redirect("exports:new")
