"""Flags that protect a person: who set them, set one more, ask to clear, and confirm or decline."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import Role
from cases import selectors, services
from cases.errors import Refused
from cases.forms import add_refusal
from cases.forms.names import ClearForm, FlagForm
from cases.views.common import case_or_404, not_yours, say_saved, user_of
from ledger.actors import ActorRequest


@require_http_methods(["GET", "POST"])
def flags(request: ActorRequest, case_id: uuid.UUID) -> HttpResponse:
    """`do` says which step: `set`, `ask`, `confirm` or `keep`; the last three name a `flag`."""
    case = case_or_404(request, case_id)
    user = user_of(request)
    if case.office_id != user.office_id:
        return not_yours(request, case)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    choices = [(str(view.id), view.title) for view in selectors.evidence_of(case)]
    form = FlagForm(
        request.POST if do == "set" else None,
        initial={"kind": request.GET.get("kind", "")},
        evidence_choices=choices,
    )
    clear = ClearForm(request.POST if do == "ask" else None)
    flag = _uuid(request.POST.get("flag", ""))
    said = {
        "set": "The flag is set",
        "ask": "Asked; a supervisor of the office confirms it",
        "confirm": "The flag is cleared",
        "keep": "The flag stays",
    }
    steps: dict[str, Callable[[], object]] = {
        "set": lambda: services.set_flag(
            actor=request.actor,
            user=user,
            case=case,
            kind=form.cleaned_data["kind"],
            reason=form.cleaned_data["reason"],
            evidence=form.chosen_evidence(),
        ),
        "ask": lambda: services.ask_to_clear(
            actor=request.actor,
            user=user,
            case=case,
            flag=flag,
            reason=clear.cleaned_data["clear_reason"],
        ),
        "confirm": lambda: services.confirm_clearing(actor=request.actor, user=user, case=case, flag=flag),
        "keep": lambda: services.keep_flag(actor=request.actor, user=user, case=case, flag=flag),
    }
    sent = {"set": form, "ask": clear}.get(do)
    refused_text, status = "", 200
    if do in steps:
        status = 422
        if sent is None or sent.is_valid():
            try:
                steps[do]()
            except Refused as refused:
                if sent is form:
                    add_refusal(form, refused)
                else:
                    refused_text = refused.text
            else:
                say_saved(request, said[do])
                return redirect("cases:flags", case.id)
    services.note_case_opened(actor=request.actor, case=case, page="flags")
    context = {
        "case": case,
        "flags": selectors.flags_of(case),
        "flag_form": form,
        "clear_form": clear,
        "clear_flag": flag,
        "form": form if sent is form else None,
        "refused": refused_text
        or ("Say why it should be cleared." if sent is clear and clear.errors else ""),
        "may_confirm": user.role == Role.SUPERVISOR,
        "me": user,
    }
    return render(request, "cases/flags.html", context, status=status)


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)
