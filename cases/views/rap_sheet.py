"""Paste a rap sheet, look at the rows that were read, correct them, record them. Nothing is written before that."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from cases import selectors, services
from cases.errors import Refused
from cases.forms import add_refusal
from cases.forms.rap_sheet import PasteForm, RowForm, fresh_rows, new_token, posted_rows
from cases.models import Case
from cases.rap_sheet.reader import read
from cases.views.common import back_to, can_edit, case_or_404, not_yours, say_saved, user_of
from ledger.actors import ActorRequest

DONE = "rap_sheets_recorded"
# Where a service names a field of the fact that the row calls otherwise.
FIELDS = {"court": "place", "agency": "place"}


@require_http_methods(["GET", "POST"])
def paste(request: ActorRequest, case_id: uuid.UUID) -> HttpResponse:
    """`do` is `read` (the text becomes a preview) or `record` (the preview becomes facts)."""
    case = case_or_404(request, case_id)
    if not can_edit(user_of(request), case):
        return not_yours(request, case)
    choices = [(str(view.id), view.title) for view in selectors.evidence_of(case)]
    if request.method != "POST":
        services.note_case_opened(actor=request.actor, case=case, page="rap_sheet")
        return _page(request, case, PasteForm(evidence_choices=choices))
    form = PasteForm(request.POST, evidence_choices=choices)
    rows = posted_rows(request.POST)
    if not form.is_valid():
        return _page(request, case, form, rows, status=422)
    if request.POST.get("do") == "record":
        return _record(request, case, form, rows)
    sheet = read(form.cleaned_data["text"])
    if not sheet.rows and not sheet.unread:
        form.add_error("text", "Nothing was pasted. Paste the text of the sheet, then read it.")
        return _page(request, case, form, status=422)
    # What could not be read stays in the text, to be corrected and read once more.
    left = _with_text(form, "\n".join(sheet.unread))
    return _page(request, case, left, [*_unsent(rows), *fresh_rows(sheet.rows)], sheet.unread, read_now=True)


def _record(request: ActorRequest, case: Case, form: PasteForm, rows: Sequence[RowForm]) -> HttpResponse:
    token = request.POST.get("token", "")
    done = request.session.get(DONE, [])
    if token in done:
        say_saved(request, "These rows were recorded before, and not once more")
        return back_to(case, "criminal-record")
    valid = [row.is_valid() for row in rows]
    wanted = [row for row in rows if row.is_valid() and row.cleaned_data["kind"] != "skip"]
    if not all(valid):
        return _page(request, case, form, rows, status=422)
    if not wanted:
        form.add_error(None, "No row is left to be recorded. Read a text first, or leave fewer rows out.")
        return _page(request, case, form, rows, status=422)
    evidence = [one] if (one := form.chosen_evidence()) else []
    try:
        with transaction.atomic():
            for row in wanted:
                _record_row(request, case, row, evidence)
    except Refused:
        return _page(request, case, form, rows, status=422)
    request.session[DONE] = [*done, token][-20:]
    say_saved(request, f"{len(wanted)} row{'' if len(wanted) == 1 else 's'} recorded")
    if form.cleaned_data["text"].strip():
        services.note_case_opened(actor=request.actor, case=case, page="rap_sheet")
        unread = form.cleaned_data["text"].strip().splitlines()
        return _page(request, case, _with_text(form, form.cleaned_data["text"]), [], unread)
    return back_to(case, "criminal-record")


def _record_row(request: ActorRequest, case: Case, row: RowForm, evidence: list[uuid.UUID]) -> None:
    try:
        services.record_fact(
            actor=request.actor,
            user=user_of(request),
            case=case,
            kind=row.cleaned_data["kind"],
            details=row.details(),
            on=row.cleaned_data["on"],
            evidence=evidence,
        )
    except Refused as refused:
        refused.field = FIELDS.get(refused.field, refused.field)
        add_refusal(row, refused)
        raise


def _unsent(rows: Sequence[RowForm]) -> list[RowForm]:
    """Rows of a preview that was corrected by reading the rest of the text: they stay as they were typed."""
    return [row for row in rows if row.data]


def _with_text(form: PasteForm, text: str) -> PasteForm:
    data = dict(form.data.items())
    data["text"] = text
    choices = form.fields["evidence"].choices  # type: ignore[attr-defined]
    return PasteForm(data, evidence_choices=list(choices)[1:])


def _page(
    request: ActorRequest,
    case: Case,
    form: PasteForm,
    rows: Sequence[RowForm] = (),
    unread: Sequence[str] = (),
    *,
    read_now: bool = False,
    status: int = 200,
) -> HttpResponse:
    numbered = [_numbered(row, number) for number, row in enumerate(rows)]
    context: dict[str, Any] = {
        "case": case,
        "form": form,
        "rows": numbered,
        "unread": unread,
        "read_now": read_now,
        "faulty": [number for number, row in enumerate(numbered, 1) if row.is_bound and not row.is_valid()],
        "token": request.POST.get("token") if status == 422 and rows else new_token(),
    }
    return render(request, "cases/rap_sheet.html", context, status=status)


def _numbered(row: RowForm, number: int) -> RowForm:
    """The row at its place on the page; its values go with it."""
    prefix = f"row-{number}"
    if row.prefix == prefix:
        return row
    values = {name: row[name].value() for name in row.fields}
    return RowForm(initial=values, prefix=prefix)
