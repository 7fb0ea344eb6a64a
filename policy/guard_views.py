"""The page on which all staff read how well the guard of texts does, and what it does not do."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from policy import guard_panels
from policy.guard.accuracy import first_measured, recorded
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


# What the sets of labelled texts are called on the page, which shows those that nobody had looked at first.
SET_NAMES = {
    "dev4": "Fourth worked set",
    "dev3": "Third worked set",
    "dev2": "Second worked set",
    "dev": "First worked set",
}
FIGURES = {
    "precision": "findings, so many were right",
    "evasion_recall": "texts written to slip past it, so many were found",
    "false_alarms": "ordinary texts full of traps, so many were stopped wrongly",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: its name, and a figure for each set."""

    name: str
    figures: tuple[float, ...]


@require_safe
def accuracy(request: HttpRequest) -> HttpResponse:
    """The published figures, with what they mean."""
    unread = first_measured()
    found = {**recorded(), **unread}
    names = {name: f"Unread batch {name.lstrip('b')}" for name in reversed(unread)} | SET_NAMES
    sets = [name for name in names if name in found]
    context = {
        "sets": [(names[name], found[name]["texts"]) for name in sets],
        "has_unread": bool(unread),
        "lines": [
            Line(NAMES[attribute], tuple(found[name]["recall"][attribute] for name in sets))
            for attribute in ATTRIBUTES
        ],
        "figures": [Line(words, tuple(found[name][key] for name in sets)) for key, words in FIGURES.items()],
        "digest": found["lexicon_digest"],
        "panels": guard_panels.rendered(request),
    }
    return render(request, "policy/guard.html", context)
