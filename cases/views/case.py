"""The case page: one scrolling page with everything of the record that a decision may rest on."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect
from django.shortcuts import render as render_page
from django.views.decorators.http import require_GET, require_POST

from cases import panels, selectors, services
from cases.errors import Refused
from cases.facts import GROUP_TITLES, KINDS
from cases.models import RequestState
from cases.protected.gate import coded_statements
from cases.selectors.record import recorded_facts
from cases.services.requests import in_words
from cases.views.common import can_edit, case_or_404, not_yours, say_saved, user_of
from ledger.actors import ActorRequest
from ledger.clock import policy_date


@require_GET
def detail(request: ActorRequest, case_id: uuid.UUID) -> HttpResponse:
    user = user_of(request)
    case = case_or_404(request, case_id)
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
        "stops": selectors.stop_signs(case, day, status=status, statements=statements) if status else [],
        "encounters": encounters,
        "outcomes": [(view.fact.on, outcome) for view in encounters for outcome in view.outcomes],
        "groups": groups,
        "evidence": evidence,
        "requests": [(row, in_words(row), RequestState(row.state).label) for row in requests],
        "gaps": selectors.gap_map(case, requests),
        "panels": panels.rendered(case, user, request),
        "editable": editable,
        "may_change": selectors.may_change(user, case),
        "may_take": selectors.may_take(user, case),
    }
    return render_page(request, "cases/detail.html", context)


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
