"""Facts: a new one, and a change of one."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from cases import selectors, services
from cases.errors import Conflict, Refused
from cases.facts import KINDS
from cases.forms import EncounterForm
from cases.models import Case, Fact
from cases.views.common import back_to, can_edit, case_or_404, edit_page, not_yours, say_saved, user_of
from ledger.actors import ActorRequest


def _choices(case: Case) -> list[tuple[str, str]]:
    return [(str(view.id), view.title) for view in selectors.evidence_of(case)]


@require_http_methods(["GET", "POST"])
def new(request: ActorRequest, case_id: uuid.UUID, kind: str) -> HttpResponse:
    case = case_or_404(request, case_id)
    if kind == "encounter":
        return _new_encounter(request, case)
    if kind not in KINDS:
        raise Http404
    user, of_kind = user_of(request), KINDS[kind]
    if not can_edit(user, case):
        return not_yours(request, case)
    form = of_kind.form(request.POST if request.method == "POST" else None, evidence_choices=_choices(case))

    def save() -> str:
        services.record_fact(
            actor=request.actor,
            user=user,
            case=case,
            kind=kind,
            details=form.details(),
            on=form.cleaned_data["on"],
            evidence=[uuid.UUID(one) for one in form.cleaned_data["evidence"]],
        )
        return f"{of_kind.label} recorded"

    return edit_page(
        request,
        case=case,
        page="fact",
        form=form,
        save=save,
        anchor=of_kind.group.value,
        context={
            "title": f"Record: {of_kind.label}",
            "hint": of_kind.hint,
            "no_evidence": not form.has_evidence,
        },
    )


@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, case_id: uuid.UUID, fact_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request, case_id)
    user = user_of(request)
    fact = Fact.objects.filter(pk=fact_id, case=case, withdrawn=False).first()
    if fact is None:
        raise Http404
    if not can_edit(user, case):
        return not_yours(request, case)
    fact.case = case
    kind = KINDS[fact.kind]
    if request.method == "POST" and "withdraw" in request.POST:
        return _withdraw(request, fact)
    initial = {
        **fact.details,
        "on": fact.on,
        "evidence": [str(one) for one in fact.support.values_list("evidence_id", flat=True)],
        "version": fact.version,
    }
    form = kind.form(
        request.POST if request.method == "POST" else None, initial=initial, evidence_choices=_choices(case)
    )

    def save() -> str:
        services.change_fact(
            actor=request.actor,
            user=user,
            fact=fact,
            version=form.cleaned_data["version"] or 0,
            details=form.details(),
            on=form.cleaned_data["on"],
            evidence=[uuid.UUID(one) for one in form.cleaned_data["evidence"]],
        )
        return f"{kind.label} changed"

    return edit_page(
        request,
        case=case,
        page="fact",
        form=form,
        save=save,
        anchor=kind.group.value,
        context={
            "title": f"Change: {kind.label}",
            "hint": kind.hint,
            "no_evidence": not form.has_evidence,
            "withdraw_version": fact.version,
            "now_says": kind.summary(fact.details, fact.on),
        },
    )


def _new_encounter(request: ActorRequest, case: Case) -> HttpResponse:
    """An encounter stands among the facts: it can be pinned, its source's labels cannot."""
    user = user_of(request)
    if not can_edit(user, case):
        return not_yours(request, case)
    form = EncounterForm(request.POST if request.method == "POST" else None)

    def save() -> str:
        encounter = form.encounter()
        if encounter is None:
            raise Refused(
                "Nothing is filled in. Write at least when or where the person was met.", field="met_on"
            )
        services.record_encounter(actor=request.actor, user=user, case=case, **encounter)
        return "Encounter recorded"

    context = {
        "title": "Record: Encounter",
        "hint": "An arrest or another meeting with the person. The place is kept for the encounter only.",
    }
    return edit_page(
        request, case=case, page="fact", form=form, save=save, anchor="encounters", context=context
    )


def _withdraw(request: ActorRequest, fact: Fact) -> HttpResponse:
    version = request.POST.get("withdraw", "")
    try:
        services.withdraw_fact(
            actor=request.actor,
            user=user_of(request),
            fact=fact,
            version=int(version) if version.isdigit() else 0,
        )
    except Conflict:
        say_saved(
            request, "The fact was changed by somebody else meanwhile, so it was not withdrawn. Read it first"
        )
    else:
        say_saved(request, f"{KINDS[fact.kind].label} withdrawn")
    return back_to(fact.case, KINDS[fact.kind].group.value)
