"""The page on which all staff read how well the guard of texts does, and what it does not do."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from policy.guard.accuracy import recorded
from policy.guard.findings import ATTRIBUTES

NAMES = {
    "race": "Race",
    "religion": "Religion",
    "gender": "Gender",
    "sexual_orientation": "Sexual orientation",
    "gender_identity": "Gender identity",
    "national_origin": "National origin",
    "political_association": "Political association",
    "first_amendment": "First Amendment activity",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One attribute: how many of its mentions were found, in both sets."""

    name: str
    seen: float
    unseen: float
    mentions: int


@require_safe
def accuracy(request: HttpRequest) -> HttpResponse:
    """The published figures, with what they mean."""
    found = recorded()
    seen, unseen = found["seen"], found["unseen"]
    lines = [
        Line(NAMES[name], seen["recall"][name], unseen["recall"][name], unseen["labels"][name])
        for name in ATTRIBUTES
    ]
    context = {"lines": lines, "seen": seen, "unseen": unseen, "digest": found["lexicon_digest"]}
    return render(request, "policy/guard.html", context)
