"""The pages of questions: read, save, save as you type, two texts side by side. No rule lives in a view."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.http import signed_in
from accounts.models import User
from assessment import blocks, pages, selectors, services, workflow
from assessment.answers import form_errors, read_posted
from assessment.criteria import criteria_of_step
from assessment.errors import Conflict
from assessment.fields import DECISION_STEP, FACT_STEPS
from assessment.models import Assessment, Decision, ReturnAnswers, StepAnswers
from assessment.returning import RETURN_STEP, PointAnswered
from assessment.screening import take_words
from assessment.views.common import assessment_or_404, chosen_decision, title_of
from cases.services import take_descriptors_out
from ledger.clock import now

# The pages of one decision, and the states in which they are written.
WRITTEN_IN = {DECISION_STEP: workflow.EDITABLE, RETURN_STEP: frozenset({workflow.RETURNED})}


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, assessment_id: uuid.UUID, step: str) -> HttpResponse:
    user = signed_in(request)
    assessment = assessment_or_404(request, assessment_id)
    if step not in (*FACT_STEPS, DECISION_STEP, RETURN_STEP):
        raise Http404
    decision = chosen_decision(request, assessment)
    if step in WRITTEN_IN and decision is None:
        raise Http404
    if not selectors.may_write(user, assessment) or (
        step in WRITTEN_IN and decision and decision.state not in WRITTEN_IN[step]
    ):
        if request.method == "POST":
            raise PermissionDenied(
                "This page cannot be changed now: the decision is signed or the assessment is another officer's or "
                "closed. Nothing was saved; go back to copy your text."
            )
        messages.info(request, "This page cannot be changed now, so here is the overview.")
        return redirect("assessment:tasks", assessment.pk)
    if request.method == "POST":
        return _save(request, user, assessment, decision, step)
    work = selectors.working(assessment, decision)
    if step in FACT_STEPS and step not in work.draft.steps:
        messages.info(
            request, "On this day no department priorities are in force, so this page is not asked."
        )
        return redirect("assessment:tasks", assessment.pk)
    answers, version = _kept(work, step)
    services.note_opened(actor=user.actor(), assessment=assessment, page=step, decision=decision)
    return _render_step(request, work, step, answers, {}, version)


def _save(
    request: HttpRequest, user: User, assessment: Assessment, decision: Decision | None, step: str
) -> HttpResponse:
    work = selectors.working(assessment, decision)
    fields = pages.all_fields_of(work, step)
    answers = read_posted(request.POST, fields)
    live = bool(request.headers.get("HX-Request"))
    taken = request.POST.get("take_words", "")
    if taken:
        case = assessment.case
        answers = take_words(
            answers,
            taken,
            lambda text: take_descriptors_out(actor=user.actor(), user=user, case=case, text=text),
        )
    block = request.POST.get("block", "")
    filled = blocks.apply(
        block,
        step,
        answers,
        request.POST,
        edition=work.draft.edition,
        held=work.held_records,
        facts=frozenset(fact.kind for fact in work.facts),
        day=work.draft.day,
    )
    answers = filled.answers
    version = int(request.POST["version"]) if request.POST.get("version", "").isdecimal() else 0
    errors = {**filled.errors, **form_errors(answers, fields)}
    too_long = {name for name, text in errors.items() if "characters" in text}
    if too_long or (live and errors):
        # What does not fit stays in the page; the rest of the page waits with it, so that nothing is half saved.
        if live:
            return HttpResponse(
                "Not saved yet: an answer on this page needs a correction. Press Save and stay to see which.",
                status=200,
            )
        return _render_step(request, work, step, answers, errors, version, status=422)
    try:
        new_version = _store(user, assessment, decision, step, answers, version, request, by_button=not live)
    except Conflict as conflict:
        if live:
            return HttpResponse(
                "Somebody else saved this page meanwhile. Press Save to see both.", status=409
            )
        return _render_conflict(request, work, step, conflict)
    if live:
        return render(request, "assessment/saved.html", {"version": new_version, "saved_at": now()})
    # A block that answers all that is left leads on.
    if errors or taken or not filled.leads_on or request.POST.get("stay"):
        fresh = selectors.working(assessment, _reread(decision))
        kept, version = _kept(fresh, step)
        status = 422 if errors else 200
        return _render_step(request, fresh, step, kept, errors, version, status=status, saved=True)
    fresh = selectors.working(assessment, _reread(decision))
    return redirect(pages.next_step(fresh, step))


def _store(
    user: User,
    assessment: Assessment,
    decision: Decision | None,
    step: str,
    answers: Any,
    version: int,
    request: HttpRequest,
    *,
    by_button: bool,
) -> int:
    shared: dict[str, Any] = {
        "actor": user.actor(),
        "user": user,
        "answers": answers,
        "version": version,
        "page": request.POST.get("page", ""),
        "by_button": by_button,
    }
    if step == DECISION_STEP and decision is not None:
        return services.save_decision(decision=decision, **shared)
    if step == RETURN_STEP and decision is not None:
        return services.save_return_answers(decision=decision, **shared)
    return services.save_step(assessment=assessment, step=step, **shared)


def _kept(work: selectors.Working, step: str) -> tuple[dict[str, Any], int]:
    """The answers of a page as they are kept, and their version: the decision's own for its own pages."""
    row: Decision | StepAnswers | ReturnAnswers | None = work.steps.get(step)
    if step == DECISION_STEP:
        row = work.decision
    elif step == RETURN_STEP:
        row = work.return_row
    return (row.answers, row.version) if row is not None else ({}, 1)


def _reread(decision: Decision | None) -> Decision | None:
    return Decision.objects.get(pk=decision.pk) if decision else None


def _render_step(
    request: HttpRequest,
    work: selectors.Working,
    step: str,
    answers: Any,
    errors: dict[str, str],
    version: int,
    *,
    status: int = 200,
    saved: bool = False,
) -> HttpResponse:
    edition = work.draft.edition
    words = pages.step_words(work, step)
    by_name = pages.all_fields_of(work, step)
    fields = pages.field_views(work, step, answers, errors)
    unmet = [one for one in pages.unmet_now(work) if one.step == step]
    context = {
        "work": work,
        "assessment": work.assessment,
        "case": work.assessment.case,
        "person": work.assessment.case.person,
        "decision": work.decision,
        "title": title_of(work, work.decision) if work.decision else "",
        "step": words,
        "place": pages.place_of(work, step),
        "step_clauses": pages.clause_words(edition, words.clauses),
        "fields": fields,
        "by_name": {one.name: one for one in fields},
        "errors": [
            (f"id_{name}", by_name[name].label, text)
            if name in by_name
            else ("block-read-on", "The day of reading", text)
            for name, text in errors.items()
        ],
        "version": version,
        "page": request.POST.get("page") or services.new_page_token(),
        "saved": saved,
        "saved_at": now(),
        "unmet": pages.unmet_lines(work, unmet) if answers else [],
        "facts": work.facts,
        "halts": work.draft.stop_signs,
        "record_choices": [
            kind for kind in edition.record_kinds if kind.key in work.draft.reviewed_records()
        ],
        "factor_sides": _factor_sides(work, fields) if step == "factors" else [],
        "points": _points(work, fields) if step == RETURN_STEP else [],
        "records": pages.record_lines(work, fields, answers, errors) if step == "records" else [],
        "read_on": request.POST.get("block_read_on", ""),
        "read_on_error": errors.get("block_read_on", ""),
        "post_url": pages.step_url(work, step),
        "last_step": step == DECISION_STEP,
        "criteria": criteria_of_step(work.draft, step),
        "overriding_question": edition.priority("public_safety").overriding_question,
    }
    template = {
        "factors": "assessment/step_factors.html",
        "public-safety": "assessment/step_public_safety.html",
        "records": "assessment/step_records.html",
        RETURN_STEP: "assessment/step_returned.html",
    }.get(step, "assessment/step.html")
    return render(request, template, context, status=status)


def _points(
    work: selectors.Working, fields: list[pages.FieldView]
) -> list[tuple[PointAnswered, pages.FieldView, pages.FieldView]]:
    """Each point with its two fields."""
    return list(zip(work.draft.return_points, fields[::2], fields[1::2], strict=True))


def _factor_sides(work: selectors.Working, fields: list[pages.FieldView]) -> list[dict[str, Any]]:
    edition = work.draft.edition
    pairs = list(zip(edition.factors, fields, strict=True))
    return [
        {
            "title": {"aggravating": "Aggravating factors", "mitigating": "Mitigating factors"}[side],
            "clause": edition.clause({"aggravating": "II.B#8", "mitigating": "II.B#9"}[side]),
            "factors": [(factor, view) for factor, view in pairs if factor.side == side],
        }
        for side in ("aggravating", "mitigating")
    ]


def _render_conflict(
    request: HttpRequest, work: selectors.Working, step: str, conflict: Conflict
) -> HttpResponse:
    fields = pages.all_fields_of(work, step)
    differing = []
    for name, one in fields.items():
        mine, saved = conflict.mine.get(name, ""), conflict.saved.get(name, "")
        if mine != saved:
            differing.append({"field": one, "mine": mine, "saved": saved, "id": f"id_{name}"})
    shown = {row["field"].name for row in differing if row["field"].kind == "text"}
    hidden = [
        (name, value)
        for name, values in conflict.mine.items()
        if name not in shown
        for value in (values if isinstance(values, list) else [values])
    ]
    context = {
        "assessment": work.assessment,
        "decision": work.decision,
        "case": work.assessment.case,
        "step": pages.step_words(work, step),
        "conflict": conflict,
        "differing": differing,
        "hidden": hidden,
        "step_url": pages.step_url(work, step),
        "page": services.new_page_token(),
    }
    return render(request, "assessment/conflict.html", context, status=409)
