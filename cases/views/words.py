"""The words of a case that wait to be resolved: each in its sentence, why, what to write instead, and a contest."""

from __future__ import annotations

import re
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from cases import selectors, services
from cases.errors import Refused
from cases.forms import add_refusal
from cases.forms.contest import ContestForm
from cases.screening.words import find
from cases.services.contests import CHARGING
from cases.views.common import can_edit, case_or_404, not_yours, say_saved, user_of
from ledger.actors import ActorRequest
from policy.guard.restricted import restricted

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,79}")
# As much as a field of the longest kind holds; more is screened when it is saved.
LONGEST = 20_000


@require_http_methods(["GET", "POST"])
def words(request: ActorRequest, case_id: uuid.UUID) -> HttpResponse:
    """Every found word of the case. A POST contests one of them."""
    case = case_or_404(request, case_id)
    user = user_of(request)
    if case.office_id != user.office_id:
        return not_yours(request, case)
    may_contest = can_edit(user, case)
    choices = [(str(view.id), view.title) for view in selectors.evidence_of(case) if view.kind in CHARGING]
    sent, status = None, 200
    if request.method == "POST":
        if not may_contest:
            return not_yours(request, case)
        sent, status = ContestForm(request.POST, evidence_choices=choices), 422
        if sent.is_valid():
            try:
                services.raise_contest(
                    actor=request.actor,
                    user=user,
                    case=case,
                    screened=sent.cleaned_data["screened"],
                    key=sent.cleaned_data["key"],
                    category=sent.cleaned_data["category"],
                    statute=sent.cleaned_data["statute"],
                    evidence=sent.chosen_evidence(),
                )
            except Refused as refused:
                add_refusal(sent, refused)
            else:
                say_saved(request, "Contested; the words stand until the supervisor rules on it")
                return redirect("cases:words", case.id)
    services.note_case_opened(actor=request.actor, case=case, page="words")
    lines = []
    for number, line in enumerate(selectors.words_of_case(case)):
        form = None
        if may_contest and not line.word.contest:
            mine = sent is not None and sent.data.get("key") == line.word.key
            initial = {"screened": line.screened, "key": line.word.key}
            form = (
                sent
                if mine
                else ContestForm(initial=initial, evidence_choices=choices, auto_id=f"id_{number}_%s")
            )
        lines.append((line, form))
    context = {"case": case, "lines": lines, "form": sent, "may_contest": may_contest}
    return render(request, "cases/words.html", context, status=status)


@require_POST
def screen(request: HttpRequest) -> HttpResponse:
    """What the screen finds in one field as it is typed. Writes nothing, keeps nothing, leaves no entry."""
    field = request.POST.get("screened_field", "")[:80]
    text = request.POST.get(field, "").replace("\x00", "").replace("\r\n", "\n").strip()
    if not NAME.fullmatch(field):
        field, text = "field", ""
    context = {
        "words": find(text[:LONGEST]),
        "filing": bool(restricted(text[:LONGEST])),
        "name": field,
        "take": request.POST.get("take") == "yes",
    }
    return render(request, "components/words_live.html", context)
