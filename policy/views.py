"""Pages on which all staff read the guidance: the day's standing, and every clause of an edition."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ledger import clock
from policy import contents, selectors
from policy.day_selectors import day_of
from policy.standing import Standing
from policy.trace import traced

NO_DAY = "“{asked}” is not a day. Write it as year, month and day, for example 2022-03-22."


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def _asked(request: HttpRequest, *names: str) -> tuple[dict[str, str], dict[str, str]]:
    """Days that an address names, as written, and what is wrong with them."""
    asked = {name: request.GET.get(name, "").strip() for name in names}
    errors = {name: NO_DAY.format(asked=text) for name, text in asked.items() if text and _day(text) is None}
    return asked, errors


def _standing(found: Standing) -> dict[str, object]:
    """What the head of a day's page needs."""
    return {
        "standing": found,
        "status": selectors.STATUS_WORDS[found.status],
        "name": selectors.name_of(found.named.edition) if found.named else "",
    }


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The guidance of the day, the timeline and the editions. `?on=` and `?known_at=` lead to that day."""
    asked, errors = _asked(request, "on", "known_at")
    if asked["known_at"] and not asked["on"]:
        errors["on"] = "Write the day that is asked about; what was known alone leads to no day."
    if asked["on"] and not errors:
        known = f"?{urlencode({'known_at': asked['known_at']})}" if asked["known_at"] else ""
        return redirect(reverse("policy:on", args=[asked["on"]]) + known)
    today = clock.policy_date()
    found = selectors.standing(today)
    lines = selectors.calendar_lines(today)
    context = {
        "day": today,
        **_standing(found),
        "rows": lines,
        "editions": selectors.editions(),
        "asked": asked,
        "errors": errors,
        **selectors.timeline(lines, today),
    }
    return render(request, "policy/index.html", context, status=400 if errors else 200)


@require_safe
def on(request: HttpRequest, day: str) -> HttpResponse:
    """What applied on one day, by all that is known or, with `?known_at=`, by what was known on another.

    A day that is not written as YYYY-MM-DD is not found.
    """
    found_day = _day(day)
    if found_day is None:
        raise Http404(NO_DAY.format(asked=day))
    asked, errors = _asked(request, "known_at")
    known_at = None if errors or not asked["known_at"] else _day(asked["known_at"])
    found = day_of(found_day, known_at)
    lines = selectors.calendar_lines(found_day, known_at)
    context = {
        "day": found_day,
        "found": found,
        **_standing(found.standing),
        "rows": lines,
        "asked": {"on": day, **asked},
        "errors": errors,
        **selectors.timeline(lines, found_day),
    }
    return render(request, "policy/on.html", context, status=400 if errors else 200)


@require_safe
def edition(request: HttpRequest, key: str) -> HttpResponse:
    """One edition, readable in full, with an anchor for every clause."""
    if key not in contents.known_keys():
        raise Http404(f"There is no edition “{key}” here.")
    shown = contents.shown(key)
    # A decision links to the words that it was signed under, which another content may have replaced since.
    found = contents.kept(key, request.GET.get("content", "")) or shown
    today = clock.policy_date()
    context = {
        "edition": found,
        "replaced": found.content_digest != shown.content_digest,
        "sections": selectors.sections(found),
        "aggravating": found.factors_of("aggravating"),
        "mitigating": found.factors_of("mitigating"),
        "standing": selectors.standing(today),
        "traced": {one.clause.id: one for one in traced(found)},
    }
    return render(request, "policy/edition.html", context)
