"""Numbers and other names of a person: what is recorded, and a form for one more of each."""

from __future__ import annotations

import uuid

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cases import selectors, services
from cases.errors import Refused
from cases.forms import add_refusal
from cases.forms.names import AliasForm, IdentifierForm
from cases.views.common import can_edit, case_or_404, not_yours, say_saved, user_of
from ledger.actors import ActorRequest


@require_http_methods(["GET", "POST"])
def names(request: ActorRequest, case_id: uuid.UUID) -> HttpResponse:
    """`do` says which of the forms was sent: `identifier`, `alias` or `withdraw`."""
    case = case_or_404(request, case_id)
    user = user_of(request)
    if not can_edit(user, case):
        return not_yours(request, case)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    choices = [(str(view.id), view.title) for view in selectors.evidence_of(case)]
    identifier = IdentifierForm(request.POST if do == "identifier" else None)
    alias = AliasForm(request.POST if do == "alias" else None, evidence_choices=choices)
    sent: forms.Form | None = {"identifier": identifier, "alias": alias}.get(do)
    failed = ""
    try:
        if do == "identifier" and identifier.is_valid():
            services.add_identifier(
                actor=request.actor,
                user=user,
                case=case,
                kind=identifier.cleaned_data["identifier_kind"],
                value=identifier.cleaned_data["identifier_value"],
            )
        elif do == "alias" and alias.is_valid():
            services.record_alias(
                actor=request.actor,
                user=user,
                case=case,
                family_name=alias.cleaned_data["alias_family_name"],
                given_name=alias.cleaned_data["alias_given_name"],
                evidence=alias.chosen_evidence(),
            )
        elif do == "withdraw":
            services.withdraw_alias(
                actor=request.actor, user=user, case=case, alias=_uuid(request.POST.get("alias", ""))
            )
        elif do:
            failed = "form"
    except Refused as refused:
        failed = refused.text
        if sent is not None:
            refused.field = "identifier_value" if refused.field == "a_number" else refused.field
            add_refusal(sent, refused)
    if do and not failed:
        say_saved(request, "Withdrawn" if do == "withdraw" else "Recorded")
        return redirect("cases:names", case.id)
    services.note_case_opened(actor=request.actor, case=case, page="names")
    context = {
        "case": case,
        "identifiers": selectors.identifiers_of(case),
        "aliases": selectors.aliases_of(case),
        "identifier_form": identifier,
        "alias_form": alias,
        "form": sent,
        "refused": failed if do == "withdraw" else "",
    }
    return render(request, "cases/names.html", context, status=422 if failed else 200)


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)
