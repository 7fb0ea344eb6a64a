"""The auditor's pages of the log. Each appends its own entry before it answers (`ledger.reading`)."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from ledger import clock, proofs, reading, selectors
from ledger.actors import ActorRequest
from ledger.download import csv_chunks
from ledger.forms import LogFilterForm


@require_GET
def log(request: ActorRequest) -> HttpResponse:
    """The filtered log, one line an entry, newest first."""
    form = LogFilterForm(request.GET)
    if not form.is_valid():
        return _refused(request, form)
    filter = form.log_filter()
    page = selectors.log_page(filter, form.cleaned_data["before"])
    reading.record_listing(actor=request.actor, filter=filter, shown=page.entries)
    query = filter.as_query()
    older = urlencode({**query, "before": str(page.older)}) if page.older else ""
    context = {"form": form, "filter": filter, "page": page, "query": urlencode(query), "older": older}
    return render(request, "ledger/log.html", context)


@require_GET
def entry(request: ActorRequest, entry: uuid.UUID) -> HttpResponse:
    """One entry with its bytes, and everything about it recomputed."""
    checked = selectors.entry_with_checks(entry)
    if checked is None:
        raise Http404(f"The log has no entry {entry}.")
    reading.record_opening(actor=request.actor, opened=checked)
    context = {"checked": checked, "entry": checked.entry, "place": proofs.inclusion(entry)}
    return render(request, "ledger/entry.html", context)


@require_GET
def download(request: ActorRequest) -> HttpResponseBase:
    """The filtered log as CSV, streamed."""
    form = LogFilterForm(request.GET)
    if not form.is_valid():
        return _refused(request, form)
    filter = form.log_filter()
    upto = reading.record_download(actor=request.actor, filter=filter)
    response = StreamingHttpResponse(csv_chunks(filter, upto), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="log-{clock.now():%Y%m%dT%H%M%SZ}.csv"'
    return response


def _refused(request: HttpRequest, form: LogFilterForm) -> HttpResponse:
    """A filter that cannot be read shows no entry, so nothing is read and nothing is logged."""
    return render(request, "ledger/log.html", {"form": form, "page": None}, status=400)
