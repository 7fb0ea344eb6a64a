"""The pages on which people see that the guidance changed under drafts, and an author re-affirms. No rule is here."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import signed_in
from assessment import pages, reach, selectors, services, workflow
from assessment.errors import NotAllowed
from assessment.models import Decision
from assessment.views.common import assessment_or_404, chosen_decision, title_of
from policy import contents
from policy.editions.diff import compare
from policy.selectors import STATUS_WORDS, name_of


@require_http_methods(["GET", "POST"])
def reaffirm(request: HttpRequest, assessment_id: uuid.UUID) -> HttpResponse:
    """What changed under the draft, clause by clause, and what it means for its answers."""
    user = signed_in(request)
    assessment = assessment_or_404(request, assessment_id)
    decision = chosen_decision(request, assessment)
    if decision is None:
        raise Http404
    tasks_url = f"{reverse('assessment:tasks', args=[assessment.pk])}?decision={decision.pk}"
    if decision.state not in workflow.EDITABLE or not selectors.may_write(user, assessment):
        messages.info(request, f"This decision is {workflow.LABELS[decision.state].lower()}.")
        return redirect(tasks_url)
    error = ""
    if request.method == "POST":
        try:
            services.reaffirm(
                actor=user.actor(), user=user, decision=decision, mark=request.POST.get("mark", "")
            )
            messages.success(request, "Re-affirmed: the draft stands on the guidance of today.")
            return redirect(tasks_url)
        except (NotAllowed, workflow.NotPossible) as refused:
            error = str(refused)
    work = selectors.working(assessment, decision)
    change = selectors.change_of(work)
    services.note_opened(actor=user.actor(), assessment=assessment, page="guidance", decision=decision)
    context = {
        "work": work,
        "assessment": assessment,
        "case": assessment.case,
        "person": assessment.case.person,
        "decision": decision,
        "title": title_of(work, decision),
        "change": change,
        "affected": [(one, pages.step_url(work, one.step)) for one in change.affected] if change else [],
        "status_before": STATUS_WORDS[change.before.status] if change else "",
        "status_after": STATUS_WORDS[work.footing.status],
        "before_name": name_of(change.before.edition) if change else "",
        "after_name": name_of(work.footing.edition),
        "found": compare(contents.by_digest(change.before.content_digest), work.draft.edition)
        if change and change.before.content_digest != work.footing.content_digest
        else None,
        "error": error,
        "post_url": f"{reverse('assessment:reaffirm', args=[assessment.pk])}?decision={decision.pk}",
        "tasks_url": tasks_url,
    }
    return render(request, "assessment/reaffirm.html", context, status=409 if error else 200)


@require_safe
def moved(request: HttpRequest) -> HttpResponse:
    """Open drafts under which the guidance changed: an officer's own and those of the office, as the cases are seen."""
    user = signed_in(request)
    found = reach.moved_drafts(user)
    services.note_moved_shown(actor=user.actor(), drafts=found.drafts)
    rows = [
        {
            "decision": one,
            "title": _title(one),
            "mine": one.created_by_id == user.pk,
            "was": one.footing.get("words", ""),
            "state": workflow.LABELS[one.state],
        }
        for one in found.drafts
    ]
    return render(request, "assessment/moved.html", {"rows": rows, "total": found.total})


def _title(decision: Decision) -> str:
    edition = contents.in_force(decision.assessment.edition_key)
    return edition.decision_type(decision.type).label(decision.direction)
