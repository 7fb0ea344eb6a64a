"""Before signing, signing, the page as signed, and what was done afterwards. No rule lives in a view."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import signed_in
from assessment import pages, panels, selectors, services, workflow
from assessment.answers import read_day
from assessment.carried import urgency_of
from assessment.differences import marked
from assessment.errors import NotAllowed, RulesUnmet
from assessment.models import Assessment, Decision, DecisionVersion
from assessment.views.common import assessment_or_404, chosen_decision, refuse_withheld, title_of


@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, assessment_id: uuid.UUID) -> HttpResponse:
    user = signed_in(request)
    assessment = assessment_or_404(request, assessment_id)
    decision = chosen_decision(request, assessment)
    if decision is None:
        raise Http404
    if decision.state not in workflow.EDITABLE or not selectors.may_write(user, assessment):
        messages.info(request, f"This decision is {workflow.LABELS[decision.state].lower()}.")
        return redirect(f"{reverse('assessment:tasks', args=[assessment.pk])}?decision={decision.pk}")
    error = ""
    if request.method == "POST":
        # Signing asks for the password again; failures count towards the lock-out.
        password = request.POST.get("password", "")
        # To the password's hash a zero byte at the end is the same as none.
        if "\x00" in password or authenticate(request, username=user.username, password=password) != user:
            services.note_wrong_password(actor=user.actor(), decision=decision)
            said = "The password is not right, so nothing was signed. Type it again; the draft is kept."
            error = said if password else "Type your password to sign. Nothing was signed; the draft is kept."
        else:
            try:
                version = services.sign_decision(actor=user.actor(), user=user, decision=decision)
                return _after_signing(request, assessment, version)
            except RulesUnmet:
                error = "Not signed yet: the points below are not met. The draft is kept."
            except (NotAllowed, workflow.NotPossible) as refused:
                error = str(refused)
    work = selectors.working(assessment, decision)
    unmet = pages.unmet_now(work)
    services.note_opened(actor=user.actor(), assessment=assessment, page="before signing", decision=decision)
    document = selectors.plain_document(
        selectors.document_of(work, training_lapsed=services.training_lapsed(user))
    )
    if decision.state == workflow.RETURNED:
        document = marked(selectors.returned_document(decision), document)
    context = {
        "work": work,
        "assessment": assessment,
        "case": assessment.case,
        "person": assessment.case.person,
        "decision": decision,
        "title": title_of(work, decision),
        "document": document,
        "halts": work.draft.stop_signs,
        "unmet": pages.unmet_lines(work, unmet),
        "error": error,
        "due_on": services.due_if_signed_now(urgency_of(work)),
        "tasks_url": f"{reverse('assessment:tasks', args=[assessment.pk])}?decision={decision.pk}",
        "submit_url": pages.submit_url(work),
    }
    return render(request, "assessment/submit.html", context, status=422 if error else 200)


def _after_signing(request: HttpRequest, assessment: Assessment, version: DecisionVersion) -> HttpResponse:
    decision = version.decision
    if decision.state == workflow.SIGNED_NOT_SELECTED:
        told = "Signed. The draw did not select it for review, so it stands as you signed it."
    else:
        told = (
            f"Signed. It is with the supervisors of {assessment.office.name}; the review is due on "
            f"{decision.due_on}."
        )
    messages.success(request, told)
    return redirect(f"{reverse('assessment:tasks', args=[assessment.pk])}?decision={version.decision_id}")


@require_GET
def signed(request: HttpRequest, decision_id: uuid.UUID, number: int) -> HttpResponse:
    return _signed(request, decision_id=decision_id, number=number)


@require_GET
def signed_entry(request: HttpRequest, entry_id: uuid.UUID) -> HttpResponse:
    return _signed(request, entry_id=entry_id)


def _signed(request: HttpRequest, **which: Any) -> HttpResponse:
    user = signed_in(request)
    try:
        version = selectors.visible_versions(user).get(**which)
    except DecisionVersion.DoesNotExist as error:
        by_entry = {"versions__entry_id": which.get("entry_id")}
        refuse_withheld(user, **({"pk": which["decision_id"]} if "decision_id" in which else by_entry))
        raise Http404 from error
    page = selectors.signed_page(version)
    services.note_decision_opened(actor=user.actor(), version=version)
    context = {
        "version": version,
        "decision": version.decision,
        "document": page.document,
        "entry": page.entry,
        "later": selectors.later_than(version),
        "may_see_log": user.role == "auditor",
        "beside": [one for one in panels.lines_of(user, version.decision) if not one.url],
    }
    return render(request, "assessment/signed.html", context)


@require_POST
def executed(request: HttpRequest, decision_id: uuid.UUID) -> HttpResponse:
    """Record what was really done after an approved decision to act."""
    user = signed_in(request)
    try:
        decision = selectors.decision_for(user, decision_id)
    except Decision.DoesNotExist as missing:
        raise Http404 from missing
    try:
        text = request.POST.get("on", "").strip()
        services.record_execution(
            actor=user.actor(),
            user=user,
            decision=decision,
            carried_out=request.POST.get("carried_out") == "yes",
            on=read_day(text) if text else None,
            note=request.POST.get("note", "").replace("\x00", ""),
        )
        messages.success(request, "Recorded.")
    except (NotAllowed, ValidationError) as refused:
        messages.error(
            request,
            f"Not recorded: {refused.messages[0] if isinstance(refused, ValidationError) else refused}",
        )
    return redirect(f"{reverse('assessment:tasks', args=[decision.assessment_id])}?decision={decision.pk}")
