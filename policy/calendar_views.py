"""Pages of the calendar as a table: its rows for all staff; the form and the two steps for policy managers.

A change that waits, or that was declined, is the policy managers' own; once it is activated, everybody reads it.
"""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ledger.actors import ActorRequest
from policy import calendar_store
from policy.activation import MANAGER
from policy.calendar import Calendar, Row
from policy.calendar_changes import selectors, services
from policy.calendar_changes.forms import CalendarRowForm
from policy.errors import NotPossible
from policy.models import CalendarChange, ChangeState


@require_safe
def listing(request: ActorRequest) -> HttpResponse:
    """Every row that stands; with `?rows=all` those too that were corrected or taken back."""
    everything = request.GET.get("rows") == "all"
    manages = request.actor.role == MANAGER
    context = {
        "lines": selectors.lines(standing_only=not everything),
        "everything": everything,
        "manages": manages,
        "waiting": selectors.waiting() if manages else [],
        "settled": selectors.settled() if manages else [],
    }
    return render(request, "policy/calendar.html", context)


@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Fill in a row, look at what it would change, put it forward. `?row=` names the row to be corrected."""
    calendar = calendar_store.read_now()
    wrong = _named(request, calendar)
    if request.method != "POST":
        form = CalendarRowForm(calendar=calendar, replaces=wrong)
        return render(request, "policy/calendar_new.html", {"form": form, "wrong": wrong})
    form = CalendarRowForm(request.POST, calendar=calendar, replaces=wrong)
    shown = None
    if form.is_valid():
        try:
            if request.POST.get("step") == "put_forward":
                made = services.put_forward(
                    actor=request.actor, rows=form.rows(), reason=form.cleaned_data["reason"]
                )
                messages.success(request, "Put forward. It counts when a second policy manager activates it.")
                return redirect("policy:calendar-change", made.pk)
            services.check(calendar, form.rows())
            shown = selectors.effect(form.rows(), calendar)
        except services.RowRefused as refused:
            form.refuse(refused)
        except NotPossible as refused:
            form.add_error(None, str(refused))
    context = {"form": form, "wrong": wrong, "effect": shown}
    return render(request, "policy/calendar_new.html", context, status=422 if form.errors else 200)


def _named(request: ActorRequest, calendar: Calendar) -> Row | None:
    key = request.GET.get("row", "")
    if not key:
        return None
    # What was typed is not lost when somebody else corrected the row meanwhile: the check says so then.
    rows = calendar.rows if request.method == "POST" else calendar.known_at(None)
    found = next((row for row in rows if row.key == key), None)
    if found is None:
        raise Http404(f"There is no row “{key}” that stands. It may have been corrected; see the calendar.")
    return found


@require_http_methods(["GET", "POST"])
def change(request: ActorRequest, change_id: uuid.UUID) -> HttpResponse:
    """One change: rows beside those they correct, the answers that move, open drafts, and the step that is open."""
    found = selectors.change(change_id)
    manages = request.actor.role == MANAGER
    if found is None:
        raise Http404("There is no such change of the calendar.")
    if not manages and found.state != ChangeState.ACTIVATED:
        raise PermissionDenied(
            "Policy managers work on this change. Once it is activated, everybody reads it."
        )
    error, field = "", ""
    if request.method == "POST":
        try:
            messages.success(request, _step(request, found))
            return redirect("policy:calendar-change", change_id)
        except NotPossible as refused:
            error, field = str(refused), getattr(refused, "field", "")
            found.refresh_from_db()
    context = {
        "change": found,
        "effect": selectors.effect_of(found),
        "manages": manages,
        "open": found.state == ChangeState.PROPOSED,
        "mine": found.proposed_by == request.actor.id,
        "error": error,
        "error_field": field,
        "declined": request.POST.get("declined", ""),
    }
    return render(request, "policy/calendar_change.html", context, status=422 if error else 200)


def _step(request: ActorRequest, found: CalendarChange) -> str:
    chosen = request.POST.get("step", "")
    if chosen == "activate":
        seen = request.POST.get("seen", "")
        services.activate(actor=request.actor, change_id=found.pk, seen=int(seen) if seen.isdecimal() else -1)
        return "Activated. The calendar says it from now on, and open drafts that it reaches are asked to re-affirm."
    if chosen == "decline":
        services.decline(actor=request.actor, change_id=found.pk, reason=request.POST.get("declined", ""))
        return "Closed. The calendar stays as it was."
    raise NotPossible("Choose one of the steps on this page.")
