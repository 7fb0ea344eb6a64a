"""The supervisor's pages: queue, and one decision on one page with the panel to decide."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import signed_in
from accounts.models import User
from assessment import workflow
from assessment.models import Decision
from assessment.stops.corrections import corrected_stops
from cases.selectors import notes_to_rule_on, open_contests
from policy.services import current
from review import selectors, services
from review.asking import selectors as asking
from review.clauses import clauses_of, with_clauses
from review.clocks import pauses
from review.cover import selectors as cover
from review.desk.beside import document_of, there_is, version_of
from review.desk.way import kept, way
from review.errors import Refused, Taken
from review.oral import selectors as oral
from review.record import fact_lines
from review.regime.decide_first import SecondLook, is_withheld
from review.regime.first_view import clean, comparison, facts_page
from review.sections import SECTIONS, point
from review.selectors import record_now

POINTS = 5


def _decision(request: HttpRequest, decision_id: uuid.UUID, *, to_read: bool = False) -> Decision:
    try:
        return selectors.decision_for_review(signed_in(request), decision_id, to_read=to_read)
    except Decision.DoesNotExist as error:
        raise Http404 from error


@require_POST
def next_decision(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    decision = services.claim_next(actor=user.actor(), user=user)
    if decision is None:
        messages.info(request, "Nothing is waiting that you could take.")
        return redirect("review:queue")
    return redirect("review:detail", decision.pk)


@require_POST
def claim(request: HttpRequest, decision_id: uuid.UUID) -> HttpResponse:
    user = signed_in(request)
    decision = _decision(request, decision_id)
    try:
        services.claim(actor=user.actor(), user=user, decision=decision)
    except (Taken, Refused, workflow.NotPossible) as refused:
        messages.error(request, str(refused))
    return redirect(reverse("review:detail", args=[decision_id]) + kept(request))


@require_POST
def release(request: HttpRequest, decision_id: uuid.UUID) -> HttpResponse:
    user = signed_in(request)
    decision = _decision(request, decision_id)
    try:
        services.release(actor=user.actor(), user=user, decision=decision)
        messages.success(request, "It is back in the queue.")
    except (Taken, workflow.NotPossible) as refused:
        messages.error(request, str(refused))
    return redirect(reverse("review:queue") + kept(request))


@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, decision_id: uuid.UUID) -> HttpResponse:
    user = signed_in(request)
    decision = _decision(request, decision_id, to_read=request.method == "GET")
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            _decide(request, user, decision)
        except Refused as refused:
            errors = refused.errors
        except Taken as taken:
            errors = {"": str(taken)}
        except workflow.NotPossible as refused:
            errors = {"": str(refused)}
        else:
            done = Decision.objects.get(pk=decision.pk)
            messages.success(request, f"{workflow.LABELS[done.state]}. The officer sees your reason.")
            return redirect(reverse("review:queue") + kept(request))
        decision = _decision(request, decision_id, to_read=True)
    services.note_opened(actor=user.actor(), decision=decision)
    if is_withheld(user, decision):
        return facts_page(request, user, decision, errors)
    return render(
        request,
        "review/detail.html",
        _context(request, user, decision, errors),
        status=422 if errors else 200,
    )


def _decide(request: HttpRequest, user: User, decision: Decision) -> None:
    posted = request.POST
    shared: dict[str, Any] = {
        "actor": user.actor(),
        "user": user,
        "decision": decision,
        "number": int(posted["number"]) if posted.get("number", "").isdecimal() else 0,
        "answer": posted.get("review_overriding_answer", ""),
        "reason": clean(posted.get("review_reason", "")),
        "acknowledged": posted.get("dispute_acknowledged") == "yes",
        "cosigned": posted.get("training_cosigned") == "yes",
        "rulings": _rulings(request),
        "notes": _rulings(request, "note_", "confirm", "not_confirm"),
        "look": _look(request),
    }
    verdict = posted.get("verdict", "")
    points = _points(request)
    if verdict == "approve":
        if points:
            raise Refused(
                {"point_1": "You wrote a point. Return the decision with it, or remove it to approve."}
            )
        services.approve(**shared)
    elif verdict == "return":
        services.return_decision(**shared, points=points)
    else:
        raise Refused({"": "Choose to approve or to return."})


def _look(request: HttpRequest) -> SecondLook | None:
    posted = request.POST
    if "view_now" not in posted and "view_changed_reason" not in posted:
        return None
    return SecondLook(posted.get("view_now", ""), clean(posted.get("view_changed_reason", "")))


def _rulings(
    request: HttpRequest, prefix: str = "ruling_", yes: str = "uphold", no: str = "refuse"
) -> dict[uuid.UUID, bool]:
    """What was ruled on each contest: `ruling_<id>` is `uphold` or `refuse`; on sealed notes alike."""
    rulings = {}
    for name, value in request.POST.items():
        if name.startswith(prefix) and value in (yes, no):
            try:
                rulings[uuid.UUID(name.removeprefix(prefix))] = value == yes
            except ValueError:
                continue
    return rulings


def _points(request: HttpRequest) -> list[services.Point]:
    points = []
    for index in range(1, POINTS + 1):
        text = request.POST.get(f"point_{index}", "").replace("\x00", "").strip()
        if text:
            points.append(services.Point(_section(request.POST, index), text))
    return points


def _section(posted: QueryDict, index: int) -> str:
    """What a point is about; empty for the whole."""
    about = posted.get(f"point_about_{index}", "")
    return about if about in SECTIONS else ""


def _context(request: HttpRequest, user: User, decision: Decision, errors: dict[str, str]) -> dict[str, Any]:
    edition, _ = current()
    version = version_of(decision)
    signed = document_of(decision, version)
    changed = selectors.changed_since_return(version, signed)
    own = user.pk in (decision.signed_by_id, decision.created_by_id, decision.escalated_by_id)
    mine = decision.state == workflow.CLAIMED and decision.claimed_by_id == user.pk
    posted = request.POST
    answer = edition.question("review_overriding_answer")
    reason = edition.question("review_reason")
    return {
        "decision": decision,
        "case": decision.case,
        "person": decision.case.person,
        "version": version,
        "document": with_clauses(changed.document if changed else signed, version),
        "changed": changed,
        "facts": fact_lines(signed, record_now(decision)),
        "earlier": selectors.earlier_reviews(decision),
        "own": own,
        "mine": mine,
        # When somebody else was faster, the form stays, because the typed text is in it.
        "open_to_decide": not own and (mine or decision.state in workflow.WAITING or "" in errors),
        "errors": _error_lines(errors),
        "error_by_field": errors,
        "answer_question": answer,
        "answers": [
            (term.key, term.label, posted.get("review_overriding_answer") == term.key)
            for term in edition.options("review_overriding_answer")
        ],
        "reason_question": reason,
        "reason": posted.get("review_reason", ""),
        "disputed": signed["dispute"]["answer"] == "yes",
        "acknowledged": posted.get("dispute_acknowledged") == "yes",
        "lapsed": bool(signed.get("training_lapsed")),
        "cosigned": posted.get("training_cosigned") == "yes",
        "contests": [
            (one, posted.get(f"ruling_{one.contest.pk}", ""))
            for one in open_contests([uuid.UUID(one["contest"]) for one in signed.get("contested") or ()])
        ],
        "sealed": [
            (note, posted.get(f"note_{note.pk}", ""))
            for note in (notes_to_rule_on(decision.case_id) if there_is(decision, "notes") else ())
        ],
        "corrected": corrected_stops(decision.case) if there_is(decision, "corrected") else [],
        "pattern": selectors.source_pattern(decision.case) if there_is(decision, "sources") else [],
        "training_clause": edition.clause("V.A#22"),
        "dispute_clause": edition.clause("IV#20"),
        "clauses": clauses_of(edition.content_digest, stands=True)["review"],
        "points": [
            point(index, _section(posted, index), posted.get(f"point_{index}", ""))
            for index in range(1, POINTS + 1)
        ],
        "post_url": reverse("review:detail", args=[decision.pk]) + kept(request),
        **way(request, user, decision),
        "beside_lines": [
            *oral.lines(user, decision),
            *cover.lines(user, decision),
            *(pauses.lines(user, decision) if there_is(decision, "pauses") else []),
            *(asking.lines(user, decision) if there_is(decision, "questions") else []),
        ],
        "compared": comparison(user, decision, posted),
    }


FIELD_LABELS = {
    "review_overriding_answer": ("id_review_overriding_answer_0", "Your answer"),
    "review_reason": ("id_review_reason", "Your reason"),
    "dispute_acknowledged": ("id_dispute_acknowledged", "Dispute"),
    "training_cosigned": ("id_training_cosigned", "Training"),
    "view_now": ("id_view_now_0", "Your view now"),
    "view_changed_reason": ("id_view_changed_reason", "What changed your view"),
    "point_1": ("id_point_1", "Points"),
    "notes": ("sealed-notes-to-rule", "Sealed notes"),
    "contests": ("contests-to-rule", "Contested words"),
    "": ("main-content", "This decision"),
}


def _error_lines(errors: dict[str, str]) -> list[tuple[str, str, str]]:
    return [(*FIELD_LABELS[name], text) for name, text in errors.items()]
