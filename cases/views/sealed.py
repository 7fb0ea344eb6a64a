"""Sealed notes of a case: what may be told of them, write one, open one with a purpose, move words behind the seal."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cases import selectors, services
from cases.errors import Conflict, Refused
from cases.forms import add_refusal
from cases.forms.sealed import MoveWordsForm, OpenNoteForm, SealedNoteForm
from cases.models import Case, NoteGround, SealedNote
from cases.protected.gate import Note
from cases.views.common import can_edit, case_or_404, not_yours, say_saved, user_of
from ledger.actors import ActorRequest

CHANGED = "Somebody changed the text at this moment, so nothing was moved. Look at it and try once more."


@never_cache
@require_http_methods(["GET", "POST"])
def sealed(request: ActorRequest, case_id: uuid.UUID) -> HttpResponse:
    """`do` says which step: `seal`, `move_words`, `move_filing` or `open`. What a note says is in no other answer."""
    case = case_or_404(request, case_id)
    user = user_of(request)
    if case.office_id != user.office_id:
        return not_yours(request, case)
    posted = request.POST
    do = posted.get("do", "") if request.method == "POST" else ""
    editable = can_edit(user, case)
    sent = {"seal": SealedNoteForm, "move_words": MoveWordsForm, "open": OpenNoteForm}.get(do)
    form = sent(posted) if sent else None
    opened: Note | None = None
    refused_text, status = "", 200
    if do:
        status = 422
        try:
            if do == "open":
                opened = services.open_note(
                    actor=request.actor,
                    user=user,
                    case=case,
                    note=_uuid(posted.get("note", "")),
                    purpose=posted.get("purpose", ""),
                )
                status = 200
            elif do == "seal":
                services.seal_note(
                    actor=request.actor,
                    user=user,
                    case=case,
                    ground=posted.get("ground", ""),
                    text=posted.get("note_text", "").replace("\x00", ""),
                    statute=posted.get("statute", "").replace("\x00", ""),
                )
                say_saved(request, "The note is sealed; a supervisor rules on it in the next review")
                return redirect("cases:sealed", case.id)
            elif do == "move_words":
                services.move_words(
                    actor=request.actor,
                    user=user,
                    case=case,
                    screened=_uuid(posted.get("screened", "")),
                    key=posted.get("key", ""),
                    ground=posted.get("ground", ""),
                    statute=posted.get("statute", "").replace("\x00", ""),
                )
                say_saved(request, "The words are in a sealed note, and out of the text")
                return redirect("cases:sealed", case.id)
            elif do == "move_filing":
                kind, _, rest = posted.get("target", "").partition("|")
                row, _, name = rest.partition("|")
                flag = services.move_filing(
                    actor=request.actor, user=user, case=case, kind=kind, row_id=_uuid(row), field=name
                )
                if flag:
                    say_saved(
                        request,
                        "Moved to restricted detail. No flag protects the case for it yet: set it here",
                    )
                    return redirect(f"{reverse('cases:flags', args=[case.id])}?kind={flag}#set-a-flag")
                say_saved(request, "Moved to restricted detail")
                return redirect("cases:sealed", case.id)
        except Refused as refused:
            refused.field = "note_text" if refused.field == "text" else refused.field
            if form is not None and form.is_valid():
                add_refusal(form, refused)
            refused_text = "" if form is not None else refused.text
        except Conflict:
            refused_text, form = CHANGED, None
    services.note_case_opened(actor=request.actor, case=case, page="sealed")
    context = _context(
        request, case, editable=editable, do=do, form=form, opened=opened, refused=refused_text
    )
    return render(request, "cases/sealed.html", context, status=status)


def _context(
    request: ActorRequest,
    case: Case,
    *,
    editable: bool,
    do: str,
    form: forms.Form | None,
    opened: Note | None,
    refused: str,
) -> dict[str, Any]:
    chosen = request.POST if request.method == "POST" else request.GET
    note, key, screened = chosen.get("note", ""), chosen.get("key", ""), chosen.get("screened", "")
    line = None
    if editable and key and do in ("", "move_words"):
        lines = selectors.words_of_case(case)
        line = next((one for one in lines if (one.word.key, str(one.screened)) == (key, screened)), None)
    moving = form if do == "move_words" and form is not None else MoveWordsForm(auto_id="id_move_%s")
    return {
        "case": case,
        "notes": [(row, _open_form(row, form, note)) for row in selectors.sealed_notes(case)],
        "opened": opened,
        "opened_note": note if opened else "",
        "detail": NoteGround.DETAIL,
        "line": line,
        "note_form": form if do == "seal" else SealedNoteForm(),
        "move_form": moving,
        "filings": selectors.texts_with_filings(case) if editable else [],
        "form": form if form is not None and form.errors else None,
        "refused": refused,
        "editable": editable,
    }


def _open_form(row: SealedNote, sent: forms.Form | None, note: str) -> forms.Form:
    """The form as sent at its own note, so that its error stands there; an empty one at every other."""
    if isinstance(sent, OpenNoteForm) and note == str(row.pk):
        return sent
    return OpenNoteForm(auto_id=f"id_{row.pk}_%s")


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)
