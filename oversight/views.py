"""The auditor's reports. Each appends its own entry before it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from ledger import clock
from ledger.actors import ActorRequest
from oversight import coverage as counting
from oversight import outside as other_answers
from oversight import services, tables, variation
from oversight.actions import LABELS as action_labels
from oversight.coverage import Listing
from oversight.filters import ReportFilter
from oversight.forms import ReportFilterForm, last_year
from oversight.words import step_labels, type_labels

Read = Callable[[ReportFilter], tuple[dict[str, Any], Iterable[UUID]]]


def _form(request: HttpRequest) -> ReportFilterForm:
    return ReportFilterForm(request.GET or last_year())


def _report(request: ActorRequest, report: str, template: str, read: Read) -> HttpResponse:
    """One page: its filter, what was read under it, and the entry of the reading."""
    form = _form(request)
    common = {"form": form, "report": report, "title": tables.TITLES[report]}
    if not form.is_valid():
        # A filter that cannot be read shows nothing, so nothing is read and nothing is logged.
        return render(request, template, {**common, "shown": False}, status=400)
    filter = form.report_filter()
    found, cases = read(filter)
    services.note_shown(actor=request.actor, report=report, filter=filter, cases=cases)
    matching = report not in (tables.VARIATION, tables.OUTSIDE)
    context = {
        **common,
        "shown": True,
        "words": filter.in_words(matching=matching),
        "query": urlencode({"from": "", **filter.as_query()}),
        **found,
    }
    return render(request, template, context)


@require_GET
def coverage(request: ActorRequest) -> HttpResponse:
    """How actions and decisions are found together, counted by office, with the way to the three lists."""

    def read(filter: ReportFilter) -> tuple[dict[str, Any], Iterable[UUID]]:
        counts = counting.counts(filter, list(type_labels()))
        lists = [(listing.value, counting.TITLES[listing], counting.MEANINGS[listing]) for listing in Listing]
        return {"counts": counts, "lists": lists, "counted": counting.COUNTED}, ()

    return _report(request, tables.COVERAGE, "oversight/coverage.html", read)


@require_GET
def listed(request: ActorRequest, listing: str) -> HttpResponse:
    """One of the three lists of coverage, a page at a time. `after` in the address is where it goes on."""
    try:
        chosen = Listing(listing)
    except ValueError:
        raise Http404(f"There is no list {listing}.") from None

    def read(filter: ReportFilter) -> tuple[dict[str, Any], Iterable[UUID]]:
        try:
            page = counting.page(chosen, filter, list(type_labels()), request.GET.get("after", ""))
        except ValueError:
            raise Http404("The link to more lines is damaged; start from the first page.") from None
        more = urlencode({"from": "", **filter.as_query(), "after": page.next}) if page.next else ""
        steps = step_labels()
        lines = [
            (one, action_labels.get(one.action, ""), steps.get((one.type, one.direction), one.type))
            for one in page.lines
        ]
        found = {"page": page, "lines": lines, "more": more, "meaning": counting.MEANINGS[chosen]}
        return found, [line.case_id for line in page.lines]

    return _report(request, chosen.value, "oversight/list.html", read)


@require_GET
def no_variation(request: ActorRequest) -> HttpResponse:
    """Groups of decisions of one office that all have one outcome."""

    def read(filter: ReportFilter) -> tuple[dict[str, Any], Iterable[UUID]]:
        return {"groups": variation.groups(filter), "counted": variation.COUNTED}, ()

    return _report(request, tables.VARIATION, "oversight/no_variation.html", read)


@require_GET
def outside(request: ActorRequest) -> HttpResponse:
    """How often decisions rest on what the guidance names only as "other"."""

    def read(filter: ReportFilter) -> tuple[dict[str, Any], Iterable[UUID]]:
        return {"shares": other_answers.shares(filter), "counted": other_answers.COUNTED}, ()

    return _report(request, tables.OUTSIDE, "oversight/outside.html", read)


@require_GET
def download(request: ActorRequest, report: str) -> HttpResponseBase:
    """A report as a CSV file that carries its filter in words."""
    form = _form(request)
    if report not in tables.TITLES or not form.is_valid():
        raise Http404("There is no such report; open one under Oversight and download it there.")
    filter = form.report_filter()
    services.note_downloaded(actor=request.actor, report=report, filter=filter)
    response = StreamingHttpResponse(tables.chunks(report, filter), content_type="text/csv; charset=utf-8")
    name = f"{report}-{clock.now():%Y%m%dT%H%M%SZ}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
