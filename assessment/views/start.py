"""Where an assessment begins, its task list, and what is added to or taken from it. No rule lives in a view."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import signed_in
from assessment import pages, panels, selectors, services, workflow
from assessment.errors import NotAllowed
from assessment.models import Assessment, Decision
from assessment.returning import RETURN_STEP
from assessment.stops.selectors import halts
from assessment.views.common import assessment_or_404, chosen_decision, decision_kinds, title_of
from cases import selectors as case_selectors
from cases.models import Case
from cases.services import note_case_opened
from ledger.clock import policy_date
from policy.services import current


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    user = signed_in(request)
    try:
        case = case_selectors.case_for(user, case_id)
    except Case.DoesNotExist as missing:
        raise Http404 from missing
    error, at_kinds = "", False
    chosen = request.POST.get("decision_type", "")
    if request.method == "POST":
        decision_type, _, direction = chosen.partition(":")
        try:
            assessment, decision = services.start_assessment(
                actor=user.actor(),
                user=user,
                case=case,
                decision_type=decision_type,
                direction=direction or request.POST.get("direction", "") or "do",
                copy_answers=request.POST.get("copy") == "yes",
            )
            return redirect(f"{reverse('assessment:tasks', args=[assessment.pk])}?decision={decision.pk}")
        except NotAllowed as refused:
            error, at_kinds = str(refused), refused.field == "decision_type"
    edition, _ = current()
    status = case_selectors.status_of(case)
    note_case_opened(actor=user.actor(), case=case, page="start of an assessment")
    context = {
        "case": case,
        "person": case.person,
        "kinds": decision_kinds(chosen),
        "error": error,
        "at_kinds": at_kinds,
        "may_copy": Assessment.objects.filter(case=case).exists(),
        "status_complete": bool(status and status.complete),
        "halts": halts(case, policy_date(), status),
        "clause": edition.clause("I#1"),
        "earlier": Decision.objects.filter(case=case)
        .select_related("assessment", "created_by")
        .order_by("-id")[:20],
    }
    return render(request, "assessment/start.html", context, status=422 if error else 200)


@require_GET
def tasks(request: HttpRequest, assessment_id: uuid.UUID) -> HttpResponse:
    user = signed_in(request)
    assessment = assessment_or_404(request, assessment_id)
    decision = chosen_decision(request, assessment)
    work = selectors.working(assessment, decision)
    unmet = pages.unmet_now(work)
    sections = pages.sections(work, unmet)
    services.note_opened(actor=user.actor(), assessment=assessment, page="tasks", decision=decision)
    context = {
        "work": work,
        "assessment": assessment,
        "case": assessment.case,
        "person": assessment.case.person,
        "decision": decision,
        "decisions": [(one, title_of(work, one)) for one in selectors.drafts_of(assessment)],
        "title": title_of(work, decision) if decision else "",
        "sections": sections,
        "next": next((one for one in sections if one.state != pages.STATES["complete"]), None),
        "halts": work.draft.stop_signs,
        "complete": sum(section.state == pages.STATES["complete"] for section in sections),
        "elsewhere": pages.unmet_lines(work, [one for one in unmet if one.step == "status"]),
        "editable": bool(decision and decision.state in workflow.EDITABLE),
        "may_write": selectors.may_write(user, assessment),
        "submit_url": pages.submit_url(work),
        "kinds": decision_kinds(),
        "execution": selectors.execution_of(decision) if decision else None,
        "may_record": bool(decision) and selectors.may_record_execution(user, decision),
        "returned_url": pages.step_url(work, RETURN_STEP),
        "returns": panels.returns_of(decision) if decision else [],
        "beside": panels.lines_of(user, decision) if decision else [],
    }
    return render(request, "assessment/tasks.html", context)


@require_POST
def decide(request: HttpRequest, assessment_id: uuid.UUID) -> HttpResponse:
    user = signed_in(request)
    assessment = assessment_or_404(request, assessment_id)
    decision_type, _, direction = request.POST.get("decision_type", "").partition(":")
    try:
        decision = services.add_decision(
            actor=user.actor(),
            user=user,
            assessment=assessment,
            decision_type=decision_type,
            direction=direction or "do",
        )
    except NotAllowed as refused:
        messages.error(request, str(refused))
        return redirect("assessment:tasks", assessment.pk)
    return redirect(f"{reverse('assessment:tasks', args=[assessment.pk])}?decision={decision.pk}")


@require_POST
def abandon(request: HttpRequest, assessment_id: uuid.UUID) -> HttpResponse:
    user = signed_in(request)
    assessment = assessment_or_404(request, assessment_id)
    decision = chosen_decision(request, assessment)
    if decision is None:
        raise Http404
    try:
        services.withdraw_decision(actor=user.actor(), user=user, decision=decision)
        messages.success(request, "The draft is withdrawn. It stays listed on the case.")
    except (NotAllowed, workflow.NotPossible) as refused:
        messages.error(request, str(refused))
    return redirect("assessment:tasks", assessment.pk)
