"""Pages on which all staff read the guidance: the day's standing, and every clause of an edition."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ledger import clock
from policy import contents, selectors
from policy.services import edition_for
from policy.trace import traced


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The guidance of the day, the calendar and the editions. `?on=YYYY-MM-DD` leads to that day."""
    asked = request.GET.get("on", "").strip()
    day = _day(asked) if asked else None
    if day is not None:
        return redirect("policy:on", day=day.isoformat())
    today = clock.policy_date()
    context = {
        "day": today,
        "standing": (found := selectors.standing(today)),
        "status": selectors.STATUS_WORDS[found.status],
        "rows": selectors.calendar_lines(today),
        "editions": selectors.editions(),
        "asked": asked,
        "error": f"“{asked}” is not a day. Write it as year, month and day, for example 2022-03-22."
        if asked
        else "",
    }
    return render(request, "policy/index.html", context, status=400 if asked else 200)


@require_safe
def on(request: HttpRequest, day: str) -> HttpResponse:
    """What applied on one day. A day that is not written as YYYY-MM-DD is not found."""
    found_day = _day(day)
    if found_day is None:
        raise Http404(f"“{day}” is not a day. Write it as year, month and day, for example 2022-03-22.")
    found = selectors.standing(found_day)
    edition = edition_for(found)
    context = {
        "day": found_day,
        "standing": found,
        "status": selectors.STATUS_WORDS[found.status],
        "rows": selectors.calendar_lines(found_day),
        "edition": edition,
        "sections": selectors.sections(edition),
    }
    return render(request, "policy/on.html", context)


@require_safe
def edition(request: HttpRequest, key: str) -> HttpResponse:
    """One edition, readable in full, with an anchor for every clause."""
    if key not in contents.known_keys():
        raise Http404(f"There is no edition “{key}” here.")
    found = contents.shown(key)
    today = clock.policy_date()
    context = {
        "edition": found,
        "sections": selectors.sections(found),
        "aggravating": found.factors_of("aggravating"),
        "mitigating": found.factors_of("mitigating"),
        "standing": selectors.standing(today),
        "traced": {one.clause.id: one for one in traced(found)},
    }
    return render(request, "policy/edition.html", context)
