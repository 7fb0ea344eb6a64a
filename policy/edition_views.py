"""Pages about editions as data: two of them side by side. Every page here is open to all staff and writes nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from policy import contents
from policy.editions.diff import compare


@require_safe
def compared(request: HttpRequest) -> HttpResponse:
    """Two editions side by side: `?before=` and `?after=` name them by the day on which they were signed."""
    asked = {side: request.GET.get(side, "").strip() for side in ("before", "after")}
    # Nothing asked yet is no mistake; half of a question is.
    errors = {side: _problem(key) for side, key in asked.items()} if any(asked.values()) else {}
    wrong = any(errors.values())
    context = {
        "editions": [contents.shown(key) for key in contents.known_keys()],
        "asked": asked,
        "errors": errors,
        "found": compare(contents.shown(asked["before"]), contents.shown(asked["after"]))
        if errors and not wrong
        else None,
    }
    return render(request, "policy/compare.html", context, status=400 if wrong else 200)


def _problem(key: str) -> str:
    if key in contents.known_keys():
        return ""
    if not key:
        return "Choose an edition."
    return f"There is no edition “{key}” here. Choose one of the list."
