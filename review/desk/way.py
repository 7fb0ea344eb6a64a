"""The way through the queue: the filter that a supervisor came with goes along to the next decision and back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts.models import User
from assessment.models import Decision
from review.desk import filters
from review.desk.queue import neighbours


def kept(request: HttpRequest) -> str:
    """The filter of the queue that the person came with, as the end of an address; empty without one."""
    return "?" + filters.read(request.GET).address(queue="1") if request.GET.get("queue") == "1" else ""


def way(request: HttpRequest, user: User, decision: Decision) -> dict[str, Any]:
    """What a page of one decision needs to keep the filter: the way back, its neighbours, where its buttons lead."""
    end = kept(request)
    return {
        "back_url": reverse("review:queue") + end,
        "claim_url": reverse("review:claim", args=[decision.pk]) + end,
        "release_url": reverse("review:release", args=[decision.pk]) + end,
        "beside": _beside(request, user, decision, end),
    }


def _beside(request: HttpRequest, user: User, decision: Decision, end: str) -> dict[str, str]:
    """Addresses of the decisions before and after this one in that queue; empty at an end or without a queue."""
    if not end:
        return {}
    found = neighbours(user, filters.read(request.GET), decision)
    return {
        name: reverse("review:detail", args=[key]) + end
        for name, key in (("before", found.before), ("after", found.after))
        if key is not None
    }
