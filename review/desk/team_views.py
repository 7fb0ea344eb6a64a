"""Who has what: the team's page, giving decisions, spreading them, absences. No rule lives here."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.http import signed_in
from accounts.models import UNASSIGNED, Office, Role, User
from review.desk import figures, filters, giving, team
from review.desk.people import absences, supervisors
from review.errors import Refused
from review.models import Absence

LABELS = {
    "decision": ("main-content", "Decisions"),
    "give_to": ("give-to", "Give to"),
    "give_reason": ("give-reason", "Reason"),
    "absent": ("absent", "Who is away"),
    "cover": ("cover", "Who covers"),
    "absent_from": ("absent-from", "First day"),
    "absent_until": ("absent-until", "Last day"),
}
QUEUE = "queue"


@require_POST
def give(request: HttpRequest) -> HttpResponse:
    """Give the marked decisions to a supervisor or back to the queue, with a result for each."""
    user = signed_in(request)
    back = filters.read(QueryDict(request.POST.get("filter", ""))).address()
    chosen = {name: request.POST.get(name, "") for name in ("give_to", "give_reason")}
    marked = _ids(request.POST.getlist("decision"))
    here = supervisors(user.office_id)
    # Whoever is not of the office stands for nobody at all, which giving refuses with all else that is wrong.
    to = (
        None
        if chosen["give_to"] == QUEUE
        else next((one for one in here if str(one.pk) == chosen["give_to"]), User())
    )
    try:
        results = giving.give(
            actor=user.actor(), user=user, decisions=marked, to=to, reason=chosen["give_reason"]
        )
    except Refused as refused:
        # Nothing that was marked or chosen is lost.
        context = {
            "errors": error_lines(refused),
            "back": back,
            "results": [],
            "marked": marked,
            "given": chosen,
            "receivers": filters.people_options(
                chosen["give_to"], [(str(one.pk), one.full_name) for one in here]
            ),
            "reasons": giving.REASONS.items(),
        }
        return render(request, "review/given.html", context, status=422)
    return render(request, "review/given.html", {"results": results, "back": back})


def _ids(texts: Iterable[str]) -> list[uuid.UUID]:
    found = []
    for text in texts:
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    return _team(request)


def _team(request: HttpRequest, refused: Refused | None = None) -> HttpResponse:
    user = signed_in(request)
    giving.note_team(actor=user.actor(), office=user.office_id)
    held = team.loads(user)
    shares, plan = team.preview(user, held)
    posted = request.POST
    context: dict[str, Any] = {
        "loads": held,
        "ageing": team.ageing(user),
        "shares": shares,
        "plan": [(key, person.pk) for key, person in plan],
        "absences": absences(user.office_id),
        "people": [one.person for one in held],
        "given": {name: posted.get(name, "") for name in ("absent", "cover", "absent_from", "absent_until")},
        "errors": error_lines(refused) if refused else [],
        "error_by_field": refused.errors if refused else {},
    }
    return render(request, "review/team.html", context, status=422 if refused else 200)


@require_POST
def spread(request: HttpRequest) -> HttpResponse:
    """Give the decisions as the preview showed them."""
    user = signed_in(request)
    by_id = {str(one.pk): one for one in supervisors(user.office_id)}
    shares = []
    for text in request.POST.getlist("share")[: team.SPREAD_AT_ONCE]:
        decision, _, person = text.partition(" ")
        for key in _ids([decision]):
            if person in by_id:
                shares.append((key, by_id[person]))
    results = giving.spread(actor=user.actor(), user=user, shares=shares)
    return render(request, "review/given.html", {"results": results, "back": ""})


@require_POST
def absence(request: HttpRequest) -> HttpResponse:
    """Record an absence, or end one early."""
    user = signed_in(request)
    for key in _ids([request.POST.get("end", "")]):
        try:
            row = giving.end_absence(actor=user.actor(), user=user, absence=key)
        except Absence.DoesNotExist:
            messages.info(request, "That absence is over already.")
        else:
            messages.success(request, f"The absence of {row.person.full_name} is over.")
        return redirect("review:team")
    by_id = {str(one.pk): one for one in supervisors(user.office_id)}
    person = by_id.get(request.POST.get("absent", ""))
    try:
        if person is None:
            raise Refused({"absent": "Choose who is away."})
        row = giving.record_absence(
            actor=user.actor(),
            user=user,
            person=person,
            cover=by_id.get(request.POST.get("cover", "")),
            starts=_day(request.POST.get("absent_from", "")),
            ends=_day(request.POST.get("absent_until", "")),
        )
    except Refused as refused:
        return _team(request, refused)
    messages.success(request, f"{row.person.full_name} is away from {row.starts} to {row.ends}.")
    return redirect("review:team")


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text.strip())
    except ValueError:
        return None


def error_lines(refused: Refused) -> list[tuple[str, str, str]]:
    """Anchor, label and text of each error, for the summary."""
    return [(*LABELS.get(name, ("main-content", "This page")), text) for name, text in refused.errors.items()]


@require_GET
def own_figures(request: HttpRequest) -> HttpResponse:
    """A supervisor's own figures, for themselves; an auditor sees offices, and nobody by name."""
    user = signed_in(request)
    own = user.role == Role.SUPERVISOR
    giving.note_figures(actor=user.actor(), whose="own" if own else "offices")
    if own:
        context: dict[str, Any] = {
            "heading": "Your reviews",
            "intro": "Only you see this page with your figures.",
            "parts": [("You", figures.own_figures(user))],
        }
    else:
        offices = Office.objects.exclude(pk=UNASSIGNED).order_by("name")
        context = {
            "heading": "Reviews by office",
            "intro": "In the order of names; small numbers are not told, and nobody is named.",
            "parts": [(office.name, figures.office_figures(office)) for office in offices],
        }
    return render(request, "review/figures.html", context | {"days": figures.DAYS})
