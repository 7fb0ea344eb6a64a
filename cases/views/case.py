"""The case page: one scrolling page with everything of the record that a decision may rest on."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.shortcuts import render as render_page
from django.views.decorators.http import require_http_methods, require_POST

from cases import panels, selectors, services
from cases.errors import Refused
from cases.facts import GROUP_TITLES, KINDS
from cases.forms import ChangePersonForm
from cases.models import Case, RecordRequest, RequestState
from cases.protected.gate import coded_statements
from cases.selectors import timeline
from cases.selectors.record import recorded_facts
from cases.views.common import can_edit, case_or_404, edit_page, not_yours, say_saved, user_of
from ledger.actors import ActorRequest
from ledger.clock import policy_date
from policy.services import current


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: ActorRequest, case_id: uuid.UUID) -> HttpResponse:
    """The page; with `?edit=person` the form for name, birth and identifiers instead."""
    user = user_of(request)
    case = case_or_404(request, case_id)
    if request.GET.get("edit") == "person":
        return person(request, case)
    if request.method == "POST":
        return redirect("cases:detail", case.id)
    services.note_case_opened(actor=request.actor, case=case, page="case")
    day = policy_date()
    status = getattr(case, "status", None)
    statements = coded_statements(case_id=case.id)
    encounters = selectors.encounters_of(case, day)
    evidence = selectors.evidence_of(case)
    facts = recorded_facts(case, day, {view.id: view for view in evidence})
    requests = selectors.requests_of(case)
    editable = can_edit(user, case)
    groups = [
        {
            "key": group.value,
            "title": title,
            "facts": [fact for fact in facts if KINDS[fact.kind].group == group],
            "kinds": [kind for kind in KINDS.values() if kind.group == group],
        }
        for group, title in GROUP_TITLES.items()
    ]
    context = {
        "case": case,
        "identifiers": selectors.identifiers_of(case),
        "age": selectors.age_in_words(case.person, day),
        "day": day,
        "status": status,
        "statements": statements,
        "stops": selectors.stop_signs(case, day, status=status, statements=statements),
        "encounters": encounters,
        "outcomes": [(view.fact.on, outcome) for view in encounters for outcome in view.outcomes],
        "groups": groups,
        "evidence": evidence,
        "requests": [(row, _request(row)) for row in requests],
        "timeline": timeline.marks(encounters, facts),
        "edition": current()[0],
        "gaps": selectors.gap_map(case, requests),
        "panels": panels.rendered(case, user, request),
        "editable": editable,
        "may_change": selectors.may_change(user, case),
        "may_take": selectors.may_take(user, case),
    }
    return render_page(request, "cases/detail.html", context)


def person(request: ActorRequest, case: Case) -> HttpResponse:
    """Name and birth, and one more identifier."""
    user = user_of(request)
    if not can_edit(user, case):
        return not_yours(request, case)
    known = case.person
    initial = {
        "family_name": known.family_name,
        "given_name": known.given_name,
        "birth": known.birth,
        "version": known.version,
    }
    form = ChangePersonForm(request.POST if request.method == "POST" else None, initial=initial)

    def save() -> str:
        data = form.cleaned_data
        with transaction.atomic():
            for kind, value in form.identifiers():
                services.add_identifier(actor=request.actor, user=user, case=case, kind=kind, value=value)
            if form.changed_data != ["version"] and {"family_name", "given_name", "birth"} & set(
                form.changed_data
            ):
                services.change_person(
                    actor=request.actor,
                    user=user,
                    case=case,
                    version=data["version"] or 0,
                    family_name=data["family_name"],
                    given_name=data["given_name"],
                    birth=data["birth"],
                )
        return "What is known of the person is kept"

    context = {
        "title": "Name, birth and identifiers",
        "hint": "What is known of the person by now. Identifiers are added, never taken away.",
        "now_says": f"{known.name}; {', '.join(selectors.identifiers_of(case)) or 'no identifier'}",
    }
    return edit_page(
        request, case=case, page="person", form=form, save=save, anchor="status", context=context
    )


@require_POST
def take(request: ActorRequest, case_id: uuid.UUID) -> HttpResponse:
    """Move a case without an office into the user's."""
    case = case_or_404(request, case_id)
    try:
        services.take_case(actor=request.actor, user=user_of(request), case=case)
    except Refused:
        return not_yours(request, case_or_404(request, case_id))
    say_saved(request, "The case is with your office now")
    return redirect("cases:detail", case_id)


def _request(row: RecordRequest) -> dict[str, str]:
    """A record request in the edition's words."""
    edition, _ = current()
    kinds = {kind.key: kind.label for kind in edition.record_kinds}
    reasons = {reason.key: reason.label for reason in edition.unavailable_reasons}
    return {
        "kind": kinds.get(row.record_kind, row.record_kind),
        "state": RequestState(row.state).label,
        "reason": reasons.get(row.unavailable_reason, row.unavailable_reason),
    }
